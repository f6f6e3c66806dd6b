"""Find by keyboard alone, and the map of routes without a request to another machine."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.serving import DONE, PATIENCE_MS, SHOTS, go, scroll_width

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"


def box(page: Page) -> None:
    """Wait for the box of the dialog to have the focus."""
    page.wait_for_function(
        f"{FOCUSED}.matches('[role=dialog] input[type=text]')", timeout=PATIENCE_MS
    )


def test_the_keyboard_alone_finds_a_figure_and_opens_it(page: Page, address: str) -> None:
    go(page, f"{address}/status?as_of=2026-01-31&lang=ru")
    page.keyboard.press("Alt+q")
    box(page)
    page.keyboard.type("сила сибири 2")
    page.keyboard.press("Enter")
    first = page.locator(".amur-found a").first
    expect(first).to_be_visible(timeout=PATIENCE_MS)
    assert "find=" in page.url
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches('.amur-found a')"):
            break
    target = page.evaluate(f"{FOCUSED}.getAttribute('href')")
    assert target == "/?as_of=2026-01-31&lang=ru&figure=pos2_timeline"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("figure=pos2_timeline"), timeout=PATIENCE_MS)
    expect(page.locator("#pos2_timeline")).to_be_visible(timeout=PATIENCE_MS)
    assert "as_of=2026-01-31" in page.url
    assert "lang=ru" in page.url
    assert page.locator("[role=dialog]").count() == 0


def test_a_shared_search_opens_with_its_results_and_escape_ends_it(
    page: Page, address: str
) -> None:
    go(page, f"{address}/technology?find=原油")
    for _ in range(2):
        link = page.locator(".amur-found a[href*='figure=crude_volume']")
        expect(link.first).to_be_visible(timeout=PATIENCE_MS)
        page.reload()
        page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    box(page)
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(500)
    assert scroll_width(page) <= 390
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / "find_390.png")
    page.keyboard.press("Escape")
    expect(page.locator("[role=dialog]")).to_have_count(0, timeout=PATIENCE_MS)
    page.wait_for_function("!location.search.includes('find')", timeout=PATIENCE_MS)


def test_a_term_has_an_address_that_leads_to_its_card(page: Page, address: str) -> None:
    go(page, f"{address}/status?lang=zh#term-mirror")
    card = page.locator("#term-mirror")
    expect(card).to_be_visible(timeout=PATIENCE_MS)
    expect(card).to_be_in_viewport(timeout=PATIENCE_MS)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_map_asks_no_other_machine(page: Page, address: str, width: int) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    page.set_viewport_size({"width": width, "height": 1200})
    go(page, f"{address}/map")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    for words in ("Power of Siberia 1", "38.8 bcm (2025)", "Arctic LNG 2"):
        expect(page.locator(".js-plotly-plot").get_by_text(words).first).to_be_visible()
    assert page.locator(".js-plotly-plot .scatterlayer .js-line").count() > 5
    page.wait_for_timeout(1000)
    assert asked == []
    assert scroll_width(page) <= width


def test_a_figure_that_is_embedded_has_no_button(page: Page, address: str) -> None:
    page.goto(f"{address}/?figure=pos1_deliveries&embed=true")
    expect(page.locator("#pos1_deliveries")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    assert page.get_by_role("button", name="Find").count() == 0
