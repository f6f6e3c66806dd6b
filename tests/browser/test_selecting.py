"""A chart explored in a real browser: a click opens a point's origin, another way leads back."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.serving import PATIENCE_MS, SHOTS, go, scroll_width, settle

pytestmark = pytest.mark.browser

# where the marks of a trace stand in the window, with what each is
MARKS = """(plot) => {
  const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
  return plot._fullData.flatMap(trace => (trace.customdata || []).map((word, i) => [
    String(word), box.left + xaxis._offset + xaxis.d2p(trace.x[i]),
    box.top + yaxis._offset + yaxis.d2p(trace.y[i])]));
}"""


def plot_of(page: Page, figure: str) -> Locator:
    page.wait_for_selector(f".st-key-chart_{figure} .main-svg", timeout=PATIENCE_MS)
    return page.locator(f".st-key-chart_{figure} .js-plotly-plot")


def place(page: Page, figure: str, word: str) -> tuple[float, float]:
    """Return where the mark of a word stands."""
    marks: list[list[Any]] = plot_of(page, figure).evaluate(MARKS)
    return next((float(x), float(y)) for each, x, y in marks if each == word)


YEAR, BEFORE = (f"trade_total:{year}-01-01:{year}-12-31" for year in (2019, 2018))


def test_a_click_on_a_point_opens_its_origin_and_a_double_click_leads_back(
    page: Page, address: str
) -> None:
    go(page, f"{address}/trade?lang=en")
    beside = page.get_by_role("tab", name="Articles").first
    whole = beside.inner_text()
    page.mouse.click(*place(page, "trade_totals", YEAR))
    expect(page.get_by_text("Trade total, 2019: every figure")).to_be_visible(timeout=PATIENCE_MS)
    settle(page)
    assert YEAR.replace(":", "%3A") in page.url
    assert beside.inner_text() != whole
    page.screenshot(path=SHOTS / "selected_1400.png", full_page=False)
    x, y = place(page, "trade_totals", YEAR)
    page.mouse.dblclick(x, y - 60)
    expect(page.get_by_text("Trade total, 2019: every figure")).to_have_count(
        0, timeout=PATIENCE_MS
    )
    settle(page)
    assert "at_trade_totals" not in page.url
    expect(beside).to_have_text(whole)


def test_a_frame_selects_several_points_and_calculates(page: Page, address: str) -> None:
    go(page, f"{address}/trade?lang=en")
    (x, y), (x0, y0) = (place(page, "trade_totals", word) for word in (YEAR, BEFORE))
    plot_of(page, "trade_totals").hover()
    page.locator('.st-key-chart_trade_totals [data-title="Box Select"]').click()
    page.mouse.move(x0 - 8, min(y, y0) - 12)
    page.mouse.down()
    page.mouse.move(x + 8, max(y, y0) + 12, steps=8)
    page.mouse.up()
    expect(page.get_by_role("columnheader", name="First to last")).to_be_visible(
        timeout=PATIENCE_MS
    )
    settle(page)
    assert YEAR.replace(":", "%3A") in page.url
    assert BEFORE.replace(":", "%3A") in page.url


def test_a_reload_rings_what_the_address_selects(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    go(page, f"{address}/trade?lang=en&at_trade_totals={YEAR}")
    expect(page.get_by_text("Trade total, 2019: every figure")).to_be_visible(timeout=PATIENCE_MS)
    traces = plot_of(page, "trade_totals").evaluate(
        "plot => plot.data.filter(t => t.marker && t.marker.size === 30).map(t => t.y.length)"
    )
    assert traces == [1]
    assert scroll_width(page) <= 391
    page.screenshot(path=SHOTS / "selected_390.png", full_page=True)


@pytest.mark.parametrize(
    ("figure", "asked"), [("trade_totals", ""), ("compare", "&view=growth&kind=month")]
)
def test_an_embedded_figure_stands_alone_with_its_source(
    page: Page, address: str, figure: str, asked: str
) -> None:
    page.goto(f"{address}/?figure={figure}{asked}&embed=true&lang=ru&as_of=2025-01-15")
    plot_of(page, figure)
    expect(page.get_by_text("15 янв.").first).to_be_visible()
    expect(page.get_by_text("Источник").first).to_be_visible()
    expect(page.locator('[data-testid="stDateInput"], [role=tab], nav')).to_have_count(0)
    page.screenshot(path=SHOTS / f"embedded_{figure}_1400.png")


def test_the_slider_is_moved_by_the_keyboard_and_stays_in_the_address(
    page: Page, address: str
) -> None:
    go(page, f"{address}/?lang=en&as_of=2024-06-30")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**as_of=2024-06-29**", timeout=PATIENCE_MS)
    settle(page)
    expect(page.get_by_text("What changed since 29 Jun 2024")).to_be_visible(timeout=PATIENCE_MS)
