"""Page Compare in a real browser: chosen by hand, kept by a reload, readable in a narrow window."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import PATIENCE_MS, SHOTS, go, scroll_width, settle

pytestmark = pytest.mark.browser
PANELS = "compare?series=crude_ru_cn_volume,crude_ru_cn_value,price_brent"
AREAS = "g.cartesianlayer > g.subplot"
UNITS = ("Mt", "USD bn", "USD/bbl")


@pytest.mark.parametrize("width", [1400, 390])
def test_a_comparison_is_chosen_kept_and_readable(width: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    go(page, f"{address}/compare")
    page.get_by_role("button", name="crude: volume, value").click()
    title = page.get_by_role("heading", name="Russian crude in China: volume and value, indexed")
    expect(title).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("index, 2015 = 100")).to_be_visible()
    for part in ("series=crude_ru_cn_volume%2Ccrude_ru_cn_value", "view=indexed"):
        assert part in page.url
    page.reload()
    settle(page)
    expect(title).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    go(page, f"{address}/{PANELS}")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    expect(page.locator(AREAS)).to_have_count(3)
    drawn = page.locator(".js-plotly-plot .infolayer")
    places = [drawn.get_by_text(unit, exact=True).bounding_box() for unit in UNITS]
    tops = [box["y"] for box in places if box]
    assert len(tops) == 3, "every unit is named"
    assert tops == sorted(set(tops)), "one area above the other"
    page.set_viewport_size({"width": width, "height": 3200})
    page.wait_for_timeout(800)
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"compare_panels_{width}.png")
    assert scroll_width(page) <= width
