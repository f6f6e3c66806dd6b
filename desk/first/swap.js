// Takes the first view away in one step once the live page shows the same, or has something to tell.
(function () {
  var first = document.getElementById("first");
  var since = 0;
  var PATIENCE = 20000, TOO_LONG = 3000, NEAR = 2;
  function all(selector) { return document.querySelectorAll("#root " + selector); }
  function settled() { return all('[data-testid=stApp][data-test-script-state="notRunning"]').length; }
  // whether the live thing stands where ours does: what is above it has come too
  function inPlace() {
    var live = all(first.dataset.place)[0], ours = first.querySelector("[data-ours]");
    if (!live || !ours) return false;
    var one = live.getBoundingClientRect(), other = ours.getBoundingClientRect();
    return Math.abs(one.top - other.top - first.scrollTop) <= NEAR && Math.abs(one.left - other.left) <= NEAR;
  }
  function shown() {
    if (all("[data-testid=stException], [data-testid=stAlert]").length) return true;
    if (document.querySelector("[role=dialog]")) return true;
    if (all(first.dataset.until).length < Number(first.dataset.count)) return false;
    since = since || performance.now();
    return inPlace() || (settled() && performance.now() - since > TOO_LONG);
  }
  function leave() {
    if (!first) return;
    watch.disconnect();
    clearInterval(beat);
    var main = document.querySelector("[data-testid=stMain]");
    var at = first.scrollTop;
    first.remove();
    first = null;
    if (main && at) main.scrollTop = at;
  }
  function look() {
    if (first && (shown() || performance.now() > PATIENCE)) leave();
  }
  var watch = new MutationObserver(look);
  watch.observe(document.getElementById("root"), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });
  // what moves without a change of the tree, and the end of patience
  var beat = setInterval(look, 250);
})();
