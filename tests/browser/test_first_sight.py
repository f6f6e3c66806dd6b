"""The first view in a real browser: there at once, replaced in its place, nothing left over."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from etl.warehouse import Build
from tests.browser.serving import PATIENCE_MS, SHOTS, served, settle, tab

pytestmark = pytest.mark.browser

PLACES = {
    "trade": "[data-testid=stPlotlyChart]",
    "": "[data-testid=stColumn]:has([data-testid=stMetric])",
}
# notes where the first view stands, where the live one does when it takes over, what jumped
WATCH = """
window.seen = {jumped: 0};
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.jumped += entry.value;
}).observe({type: "layout-shift", buffered: true});
new MutationObserver(() => {
  const ours = document.querySelector("#first [data-ours]");
  const place = one => {
    const box = one.getBoundingClientRect();
    return [box.left, box.top, box.width];
  };
  if (ours) seen.ours = place(ours);
  else if (seen.ours && !seen.live) seen.live = place(document.querySelector("#root " + PLACE));
}).observe(document, {childList: true, subtree: true});
"""
Drawn = tuple[str, Build]


@pytest.fixture(scope="module")
def drawn(build: Build, chromium: str) -> Iterator[Drawn]:
    """Serve the built warehouse, with its first views drawn."""
    with served({}) as address:
        day = datetime.now(UTC).date()
        last = build.path.with_suffix(".first") / f"technology.en.{day}.narrow.light.png"
        _wait(last)
        yield address, build


def _wait(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} was not drawn"
        time.sleep(0.1)
    # a view is handed out a moment after its last picture
    time.sleep(1)


@pytest.fixture
def visit(drawn: Drawn, browser: Browser) -> Iterator[Page]:
    """Return a tab, opened after its server."""
    with tab(browser) as opened:
        yield opened


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("path", PLACES)
def test_the_live_page_takes_over_in_the_same_place(
    visit: Page, drawn: Drawn, path: str, width: int
) -> None:
    address, build = drawn
    visit.set_viewport_size({"width": width, "height": 1000})
    visit.add_init_script(WATCH.replace("PLACE", repr(PLACES[path])))
    visit.goto(f"{address}/{path}", wait_until="commit")
    first = visit.locator("#first")
    expect(first).to_be_attached(timeout=PATIENCE_MS)
    expect(first).to_contain_text(build.id)
    SHOTS.mkdir(exist_ok=True)
    visit.screenshot(path=SHOTS / f"first_view_{path or 'overview'}_{width}.png")
    expect(first).not_to_be_attached(timeout=PATIENCE_MS)
    settle(visit)
    seen: dict[str, Any] = visit.evaluate("seen")
    for ours, live in zip(seen["ours"], seen["live"], strict=True):
        assert abs(ours - live) <= 2, seen
    assert seen["jumped"] < 0.05
    assert (
        visit.evaluate("getComputedStyle(document.getElementById('root')).visibility") == "visible"
    )
    assert visit.locator("style", has_text="#first").count() == 0


def test_the_picture_is_read_out_and_its_links_work_before_anything_is_live(
    visit: Page, drawn: Drawn
) -> None:
    # without Streamlit's scripts the page stays what it is at first
    visit.route(
        "**/static/js/index.*.js",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    visit.goto(f"{drawn[0]}/trade", wait_until="load")
    picture = visit.get_by_role("img")
    assert len(picture.get_attribute("alt") or "") > 40
    assert visit.evaluate("document.querySelector('#first img').naturalWidth") > 700
    expect(visit.get_by_role("heading", name="Trade", exact=True)).to_be_visible()
    visit.get_by_role("link", name="Energy").click()
    expect(visit).to_have_url(f"{drawn[0]}/energy")
    expect(visit.get_by_role("heading", name="Energy", exact=True)).to_be_visible()
