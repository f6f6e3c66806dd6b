"""Pages in a real Chromium: first sight, first chart, all; page switch, filter, selection.

The floor of each is a bare page with one chart of the same versions, served as Streamlit serves and
measured in the same run, visit by visit. `python -m bench.browser [visits]` runs this bench alone.
"""

import logging
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from bench.measure import amur, tell
from bench.serving import ACTING, BARE, bare, desk

VISITS, ACTIONS = 5, 9
PATIENCE_MS = 60_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LINK = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
# notes in the page when what a visitor waits for is there, in ms since he asked for the page
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const first = document.getElementById("first"), now = performance.now();
  const picture = first && first.querySelector("[data-ours]");
  if (!seen.sight && picture) {
    if (picture.complete === undefined || picture.complete) seen.sight = now;
    else if (!seen.asked) {
      seen.asked = now;
      picture.addEventListener("load", () => { seen.sight = seen.sight || performance.now(); });
    }
  }
  if (!seen.chart && !first && document.querySelector(".js-plotly-plot .main-svg .trace"))
    seen.chart = now;
}).observe(document, {childList: true, subtree: true});
"""
SETTLED = """() => {
  const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
  return !document.getElementById("first")
    && document.querySelector('[data-testid=stApp][data-test-script-state="notRunning"]')
    && charts.length && charts.every(one => one.querySelector(".main-svg .trace"))
    && document.querySelectorAll("[data-testid=stSkeleton]").length === 0
    && performance.now();
}"""
# clicks, and tells how long it takes until the first words of a place are there with a first
# chart, and until all is drawn and nothing runs
ACT = """async ([clicked, where, wanted]) => {
  const settled = SETTLED;
  const named = [...document.querySelectorAll(clicked[0])]
    .find(one => one.innerText.includes(clicked[1]));
  const start = performance.now();
  let chart = 0;
  named.click();
  for (;;) {
    await new Promise(done => setTimeout(done, 5));
    const there = document.querySelector(where)?.innerText.includes(wanted);
    const drawn = document.querySelector("[data-testid=stPlotlyChart] .main-svg .trace");
    if (there && drawn && !chart) chart = performance.now() - start;
    if (there && settled()) return [chart, performance.now() - start];
    if (performance.now() - start > 60000) throw new Error("it never settled: " + wanted);
  }
}""".replace("SETTLED", SETTLED)
LINKS = "[data-testid=stTopNavLink]"
BUTTONS = "[data-testid=stButtonGroup] button, [data-testid=stButtonGroup] [role=radio]"
HEAD = "[data-testid=stMain] h2"
# the first words under the title of the first figure, and those of the bare page
SUBTITLE = "[data-testid=stColumn] [data-testid=stCaptionContainer]"
CAPTION = "[data-testid=stMain] [data-testid=stCaptionContainer]"
Step = tuple[tuple[str, str], str]


@dataclass(frozen=True)
class Visit:
    """When something true, a live chart and the whole page were there; seconds."""

    sight: float
    chart: float
    settled: float


def bench_browser(folder: Path, visits: int = VISITS) -> None:
    """Measure all on the current build; without a Chromium say so and go on."""
    program = shutil.which("chromium")
    if program is None:
        logging.warning("no chromium on PATH: the browser is not measured")
        return
    with ExitStack() as stack:
        ours = stack.enter_context(desk()).address
        plain = stack.enter_context(bare(folder / "plain", BARE))
        packed = stack.enter_context(bare(folder / "packed", BARE, compressed=True))
        acting = stack.enter_context(bare(folder / "acting", ACTING))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        stack.callback(browser.close)
        _tell_visits(browser, ours, plain, packed, visits)
        _tell_actions(browser, f"{ours}/trade", acting, "the machine itself")


def _tell_visits(browser: Browser, ours: str, plain: str, packed: str, visits: int) -> None:
    addresses = {"trade": f"{ours}/trade", "overview": ours, "plain": plain, "gzip": packed}
    for slow, link in ((False, "the machine itself"), (True, "10 Mbit/s, 40 ms")):
        taken = _interleaved(browser, addresses, visits, slow)
        for number, warmth in enumerate(("cold", "warm")):
            floor = _median([pair[number] for pair in taken["plain"]])
            packed_floor = _median([pair[number] for pair in taken["gzip"]])
            for page in ("trade", "overview"):
                found = _median([pair[number] for pair in taken[page]])
                told = f"{link}; floor: first chart of a bare page"
                name = f"browser {page} {warmth}{', slow link' if slow else ''}"
                tell(f"{name}: first sight", found.sight, floor.chart, told)
                tell(f"{name}: first chart", found.chart, floor.chart, told)
                tell(
                    f"{name}: settled", found.settled, floor.settled, f"{link}; all evidence drawn"
                )
                if slow and warmth == "cold":
                    told = f"{link}; floor: a bare page behind gzip"
                    tell(f"{name}: first chart, gzip", found.chart, packed_floor.chart, told)


def _interleaved(
    browser: Browser, addresses: dict[str, str], visits: int, slow: bool
) -> dict[str, list[tuple[Visit, Visit]]]:
    """Return cold and warm visits by page, taken in turn: a busy minute meets all alike."""
    taken: dict[str, list[tuple[Visit, Visit]]] = {name: [] for name in addresses}
    # the first of each warms the server, as every visitor but the first finds it
    for number in range(visits + 1):
        for name, address in addresses.items():
            pair = _cold_and_warm(browser, address, slow)
            if number:
                taken[name].append(pair)
    return taken


def _cold_and_warm(browser: Browser, address: str, slow: bool) -> tuple[Visit, Visit]:
    with _context(browser) as context:
        return _visit(context, address, slow), _visit(context, address, slow)


@contextmanager
def _context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser that was never here: its cache is empty."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.add_init_script(WATCH)
    try:
        yield context
    finally:
        context.close()


def _visit(context: BrowserContext, address: str, slow: bool) -> Visit:
    page = context.new_page()
    if slow:
        link = context.new_cdp_session(page)
        link.send("Network.enable")
        link.send("Network.emulateNetworkConditions", LINK)
    page.goto(address, wait_until="commit")
    settled = float(page.wait_for_function(SETTLED, timeout=PATIENCE_MS).json_value())
    seen = page.evaluate("seen")
    page.close()
    chart = float(seen["chart"])
    return Visit(float(seen.get("sight", chart)) / 1e3, chart / 1e3, settled / 1e3)


def _median(visits: list[Visit]) -> Visit:
    return Visit(
        statistics.median(each.sight for each in visits),
        statistics.median(each.chart for each in visits),
        statistics.median(each.settled for each in visits),
    )


def _tell_actions(browser: Browser, ours: str, acting: str, link: str) -> None:
    switches = [((LINKS, "Energy"), "Energy"), ((LINKS, "Trade"), "Trade")]
    changes = [((BUTTONS, "months"), "months"), ((BUTTONS, "years"), "years")]
    places = {"page switch": (HEAD, HEAD), "filter": (SUBTITLE, CAPTION)}
    for name, steps in (("page switch", switches), ("filter", changes)):
        chart, settled = _actions(browser, ours, steps, places[name][0])
        floor, floor_settled = _actions(browser, acting, steps, places[name][1])
        detail = f"{link}; page Trade; floor: the same on a page of one chart"
        tell(f"browser {name}: first chart", chart, floor, detail)
        tell(f"browser {name}: settled", settled, floor_settled, f"{detail}; all evidence drawn")
    found, floor = (_selections(browser, address) for address in (ours, acting))
    tell("browser selection", found, floor, f"{link}; a point, until what depends on it is told")


def _actions(browser: Browser, address: str, steps: list[Step], where: str) -> tuple[float, float]:
    """Return the medians to a first chart and to all drawn, in seconds; a first round is free."""
    with _context(browser) as context:
        page = _opened(context, address)
        taken = [
            page.evaluate(ACT, [clicked, where, wanted])
            for _ in range(ACTIONS)
            for clicked, wanted in steps
        ][len(steps) :]
    charts, settled = zip(*taken, strict=True)
    return statistics.median(charts) / 1e3, statistics.median(settled) / 1e3


def _opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
    return page


def _selections(browser: Browser, address: str) -> float:
    """Return the median seconds from a click on a drawn marker until its dependants changed."""
    with _context(browser) as context:
        page = _opened(context, address)
        markers = page.locator(".js-plotly-plot").first.locator(".scatterlayer .point")
        taken = [select_point(page, markers.nth(number)) for number in (0, 1, 2, 1, 0)]
    return statistics.median(taken[1:])


def select_point(page: Page, marker: Locator) -> float:
    """Click the pixel of a marker; return the seconds until the script ran and words changed."""
    box = marker.bounding_box()
    if box is None:
        raise ValueError("the marker is not on the screen")
    before = page.locator("[data-testid=stMain]").inner_text()
    page.evaluate("window.clicked = performance.now()")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    found = page.wait_for_function(
        """before => document.querySelector("[data-testid=stMain]").innerText !== before
        && document.querySelector('[data-testid=stApp][data-test-script-state="notRunning"]')
        && performance.now() - window.clicked""",
        arg=before,
        polling=10,
        timeout=PATIENCE_MS,
    )
    return float(found.json_value()) / 1e3


def main() -> None:
    """Measure on a build of the shipped data."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else VISITS
    with tempfile.TemporaryDirectory() as name:
        os.environ["AMUR_DATA"] = name
        amur("refresh", "--offline")
        bench_browser(Path(name) / "floors", visits)


if __name__ == "__main__":
    main()
