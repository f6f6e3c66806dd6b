"""Nothing jumps while a page loads, and a phone shows all of it, in every language and theme."""

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import DONE, PATIENCE_MS, SHOTS, go, scroll_width
from tests.desk.framed import PAGES

pytestmark = pytest.mark.browser
# web.dev, Cumulative Layout Shift: good
MOST_SHIFT = 0.1
WATCH = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.shifted += entry.value;
  }
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("path", ["/", "/trade"])
def test_nothing_jumps_while_a_page_loads(
    path: str, width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address + path)
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    page.wait_for_timeout(1500)
    shifted = page.evaluate("window.shifted")
    context.close()
    assert shifted <= MOST_SHIFT


def test_a_phone_gives_the_shared_filters_one_line_and_reaches_each(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    go(page, f"{address}/trade")
    filters = page.locator(".st-key-filters")
    box = filters.bounding_box()
    assert box
    assert box["height"] <= 90
    last = page.locator(".st-key-filters .st-key-lang [role=combobox]")
    # a list that is opened while its line still moves shuts again
    last.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    last.click()
    page.get_by_role("option", name="Русский").click()
    page.get_by_role("heading", name="Торговля", exact=True).wait_for(timeout=PATIENCE_MS)
    assert scroll_width(page) == 390
    slider = page.locator(".st-key-as_of_slider input[type=range]")
    slider.focus()
    at = slider.bounding_box()
    assert at
    assert 0 <= at["x"] <= 390
    page.close()


@pytest.mark.parametrize(("language", "theme"), [("ru", "dark"), ("zh", "light"), ("en", "dark")])
def test_a_phone_scrolls_no_page_sideways(
    language: str, theme: str, browser: Browser, address: str
) -> None:
    SHOTS.mkdir(exist_ok=True)
    page = browser.new_page(
        viewport={"width": 390, "height": 844},
        color_scheme="dark" if theme == "dark" else "light",
    )
    wide = {}
    for name in PAGES:
        page.goto(f"{address}/{'' if name == 'overview' else name}?lang={language}")
        page.wait_for_selector(DONE, timeout=PATIENCE_MS)
        page.wait_for_selector("h1, h2", timeout=PATIENCE_MS)
        page.wait_for_timeout(300)
        wide[name] = scroll_width(page)
        page.screenshot(path=SHOTS / f"{name}_390_{language}_{theme}.png")
    page.close()
    assert {name: found for name, found in wide.items() if found > 390} == {}
