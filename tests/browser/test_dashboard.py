"""The dashboard in a real browser: deep links, figures, evidence, narrow windows, screenshots."""

from collections.abc import Iterator

import duckdb
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from desk.briefing import FIGURES
from tests.browser.serving import PATIENCE_MS, SHOTS, go, scroll_width, settle, tab

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "Russia–China trade and energy: every figure with its source",
    "trade": "Trade",
    "energy": "Energy",
    "pipelines": "Pipelines",
    "map": "Routes",
    "technology": "Technology and payments",
    "products": "Products",
    "partners": "Partners",
    "compare": "Compare",
    "articles": "Articles",
    "briefing": "Briefing",
    "status": "Status",
}
# a page, a figure on it, and the indicator whose newest year and article stand there
KNOWN = {
    "overview": ("trade_totals", "trade_total"),
    "trade": ("trade_totals", "trade_total"),
    "energy": ("crude_volume", "crude_ru_cn_volume"),
    "pipelines": ("pos1_deliveries", "pos1_volume"),
    "technology": ("machine_tools", "machine_tools_share"),
    "compare": ("compare", "exports_cn_to_ru"),
}
Shown = tuple[str, Page]


@pytest.fixture(scope="module", params=PAGES)
def shown(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Shown]:
    """Return each page in turn, opened once for all that is asked of it."""
    name = str(request.param)
    with tab(browser) as opened:
        go(opened, f"{address}/{name if name != 'overview' else ''}")
        if name in KNOWN:
            opened.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
        yield name, opened


def beside(page: Page, figure: str) -> Locator:
    """Return what stands under the heading of a figure: the chart and its evidence."""
    heading = page.locator(f"#{figure}")
    return heading.locator("xpath=following::div[@data-testid='stHorizontalBlock'][1]")


# This test stands first: the server has answered no page before.
def test_the_very_first_request_of_a_server_may_be_a_deep_link(page: Page, address: str) -> None:
    go(page, f"{address}/trade")
    expect(page.get_by_role("heading", name="Trade", exact=True)).to_be_visible()
    expect(page.get_by_role("group", name="As of", exact=True)).to_be_visible()
    expect(page.locator("[data-testid=stSelectbox]", has_text="Language")).to_be_visible()
    assert "Page not found" not in page.locator("body").inner_text()


def test_each_page_opens_without_a_fault(shown: Shown) -> None:
    name, page = shown
    expect(page.get_by_role("heading", name=PAGES[name], exact=True)).to_be_visible()
    expect(page.get_by_text("newest period").first).to_be_visible()
    words = page.locator("[data-testid=stMain]").inner_text()
    for word in ("Traceback", "Error:", "Exception", "Page not found", "cannot be shown"):
        assert word not in words


def test_each_page_tells_what_the_warehouse_holds(
    shown: Shown, con: duckdb.DuckDBPyConnection
) -> None:
    name, page = shown
    if name == "status":
        failed = con.execute("SELECT count(*) FROM finding WHERE NOT passed").fetchall()[0][0]
        expect(page.get_by_text(f"{failed} findings in")).to_be_visible()
        return
    if name in ("products", "partners"):
        expect(page.get_by_text("none are held here yet")).to_be_visible()
        return
    if name == "briefing":
        expect(page.locator(".js-plotly-plot")).to_have_count(len(FIGURES), timeout=30_000)
        expect(page.get_by_role("button", name="Slides")).to_be_visible()
        return
    if name == "map":
        expect(page.get_by_text("38.8 bcm (2025)").first).to_be_visible(timeout=30_000)
        return
    figure, indicator = KNOWN.get(name, ("", ""))
    title = " ".join(_newest_title(con, indicator).split())
    if name == "articles":
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        return
    block = beside(page, figure)
    expect(block.locator(".js-plotly-plot").first).to_be_visible()
    expect(block.get_by_role("link", name=title).first).to_be_visible()


def _newest_title(con: duckdb.DuckDBPyConnection, indicator: str) -> str:
    """Return the title of the newest article, or of the newest that speaks of an indicator."""
    rows = con.execute(
        "SELECT a.title FROM article a LEFT JOIN claim c ON c.article = a.id "
        "AND (c.period_end IS NULL OR c.period_end >= '2015-01-01') "
        "WHERE $indicator = '' OR c.indicator = $indicator ORDER BY a.published DESC, a.id LIMIT 1",
        {"indicator": indicator},
    ).fetchall()
    return str(rows[0][0])


@pytest.mark.parametrize("width", [1400, 390])
def test_no_page_is_wider_than_its_window(width: int, shown: Shown) -> None:
    name, page = shown
    page.set_viewport_size({"width": width, "height": 1000})
    page.wait_for_timeout(400)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(int(tall), 800), 9000)})
    page.wait_for_timeout(800)
    wide = scroll_width(page)
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}_{width}.png")
    page.set_viewport_size({"width": 1400, "height": 1000})
    assert wide <= width


def test_the_overview_shows_the_figure_of_the_warehouse(
    page: Page, address: str, con: duckdb.DuckDBPyConnection
) -> None:
    year, value = con.execute(
        "SELECT year(period_start), value FROM point WHERE indicator = 'trade_total' "
        "AND unit = 'USD bn' AND period_kind = 'year' AND known_to > current_date "
        "ORDER BY period_start DESC LIMIT 1"
    ).fetchall()[0]
    assert (year, value) == (2025, 228.105)
    go(page, f"{address}/")
    tile = page.locator("[data-testid=stMetric]").first
    expect(tile).to_contain_text(f"{value}")
    expect(tile).to_contain_text(f"{year}")


def test_the_address_says_day_years_and_language_and_a_reload_keeps_them(
    page: Page, address: str
) -> None:
    go(page, f"{address}/status?as_of=2024-06-30&from=2018&to=2023&lang=ru")
    for _ in range(2):
        expect(page.get_by_text("30 Jun 2024").or_(page.get_by_text("30 июн. 2024")).first
               ).to_be_visible(timeout=PATIENCE_MS)  # fmt: skip
        boxes = page.locator("[data-testid=stSelectbox] input")
        for number, chosen in enumerate(("2018", "2023", "Русский")):
            expect(boxes.nth(number)).to_have_value(chosen, timeout=PATIENCE_MS)
        for part in ("as_of=2024-06-30", "from=2018", "to=2023", "lang=ru"):
            assert part in page.url
        page.reload()
        settle(page)


def test_a_choice_goes_into_the_address_and_a_reload_keeps_it(page: Page, address: str) -> None:
    go(page, f"{address}/energy")
    page.get_by_role("button", name="LNG", exact=True).or_(
        page.get_by_role("radio", name="LNG", exact=True)
    ).first.click()
    expect(page.get_by_role("heading", name="LNG from Russia to China")).to_be_visible()
    assert "product=lng" in page.url
    page.reload()
    expect(page.get_by_role("heading", name="LNG from Russia to China")).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_another_page_is_reached_by_its_name_and_keeps_the_day(page: Page, address: str) -> None:
    go(page, f"{address}/?as_of=2024-06-30")
    page.get_by_role("banner").get_by_role("link", name="Energy").click()
    expect(page.get_by_role("heading", name="Energy", exact=True)).to_be_visible()
    settle(page)
    expect(page.get_by_text("As of 30 Jun 2024").first).to_be_visible()
    assert "as_of=2024-06-30" in page.url
