"""Accessible to all readers: axe on every page in both themes, text in charts, keys alone.

axe-core comes with a package of the test tools; nothing of it is kept here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.export.theme import LEAST_CONTRAST, THEMES
from desk.palette import contrast, parts
from tests.browser.serving import DONE, PATIENCE_MS

pytestmark = pytest.mark.browser
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
PAGES = {
    "overview": "/",
    "trade": "/trade",
    "energy": "/energy",
    "pipelines": "/pipelines",
    "technology": "/technology",
    "products": "/products",
    "partners": "/partners",
    "articles": "/articles",
    "read": "/articles?show=read",
    "claims": "/articles?show=claims",
    "publishers": "/articles?show=publishers",
    "briefing": "/briefing",
    "status": "/status",
    "one figure": "/?figure=trade_totals&embed=true",
}


REACHED = ("Trade", "Main menu", "As of", "Language", "About this desk", "Articles", "PNG")


@dataclass(frozen=True)
class ShellFault:
    """A fault of Streamlit's own shell: the rule, what its element has in it, why it is not ours.

    Each is looked for: one that Streamlit has mended must go from the list.
    """

    rule: str
    inside: str
    why: str


SHELL = (
    ShellFault(
        "target-size",
        'role="spinbutton"',
        "day and month inside Streamlit's date input stand closer than 24 pixels",
    ),
    ShellFault(
        "svg-img-alt",
        "metric_chart_",
        "the empty mark of the pointer in the line of st.metric; the figure stands beside it",
    ),
)


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, Page]]:
    """Return a tab of a reader whose system is light, then of one whose system is dark."""
    name = str(request.param)
    opened = browser.new_page(
        viewport={"width": 1400, "height": 1000},
        color_scheme="dark" if name == "dark" else "light",
    )
    yield name, opened
    opened.close()


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    page.wait_for_selector("h1, h2, h3", timeout=PATIENCE_MS)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stMain] [data-testid=stSkeleton]')",
        timeout=PATIENCE_MS,
    )


def _faults(page: Page) -> list[tuple[str, str]]:
    """Return rule and element of every serious or critical finding."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (fault["id"], node["html"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def _of_shell(rule: str, html: str) -> bool:
    return any(fault.rule == rule and fault.inside in html for fault in SHELL)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_of_ours(
    name: str, themed: tuple[str, Page], address: str
) -> None:
    theme, page = themed
    _open(page, address + PAGES[name])
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == (
        f"rgb{parts(THEMES[theme].paper)}"
    )
    found = _faults(page)
    assert [fault for fault in found if not _of_shell(*fault)] == []
    if name == "overview":
        told = [fault for fault in SHELL if not any(_of_shell(*each) for each in found)]
        assert told == [], "Streamlit mended these: take them from SHELL"


def test_axe_sees_a_fault_where_there_is_one(themed: tuple[str, Page], address: str) -> None:
    """Without this, an audit that looks at nothing would pass."""
    _, page = themed
    _open(page, f"{address}/status")
    page.evaluate("document.querySelector('[data-testid=stMain] h2').style.color = '#888a'")
    assert "color-contrast" in {rule for rule, _ in _faults(page)}


def test_every_text_of_a_chart_can_be_read(themed: tuple[str, Page], address: str) -> None:
    theme, page = themed
    _open(page, f"{address}/trade")
    page.wait_for_selector(".js-plotly-plot .main-svg text", timeout=PATIENCE_MS)
    fills = page.evaluate(
        "[...new Set([...document.querySelectorAll('.js-plotly-plot .main-svg text')]"
        ".map(each => getComputedStyle(each).fill))]"
    )
    paper = THEMES[theme].paper
    assert len(fills) >= 2
    faint = {fill: contrast(_on(fill, paper), paper) for fill in fills}
    assert {fill: found for fill, found in faint.items() if found < LEAST_CONTRAST} == {}


def _on(fill: str, paper: str) -> str:
    """Return what «rgb(1, 2, 3)» or «color(srgb 0.1 0.2 0.3 / 0.7)» looks like on a ground."""
    numbers = [float(each) for each in re.findall(r"[\d.]+", fill)]
    scale = 255 if fill.startswith("color(") else 1
    share = numbers[3] if len(numbers) > 3 else 1.0
    mixed = zip(numbers[:3], parts(paper), strict=True)
    return "#" + "".join(f"{round(a * scale * share + b * (1 - share)):02x}" for a, b in mixed)


def test_every_chart_says_what_it_shows(themed: tuple[str, Page], address: str) -> None:
    _, page = themed
    _open(page, f"{address}/trade")
    page.wait_for_selector(".js-plotly-plot .main-svg text", timeout=PATIENCE_MS)
    charts = page.locator("[data-testid=stPlotlyChart][role=figure]")
    tables = page.locator("[data-testid=stExpander]", has_text="Table and citation")
    assert charts.count() == tables.count() > 5
    for each in charts.all():
        assert len(each.get_attribute("aria-label") or "") > 40


def test_keys_alone_reach_what_a_pointer_reaches(page: Page, address: str) -> None:
    _open(page, address)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(e => (e.getAttribute('aria-label') || '') + ' ' + e.textContent)"
                "(document.activeElement)"
            )
        )
    said = " ".join(reached)
    assert [name for name in REACHED if name not in said] == []


def test_the_strip_is_shut_by_a_key_and_stays_shut(page: Page, address: str) -> None:
    _open(page, address)
    strip = page.locator("[data-testid=stExpander]", has_text="About this desk").first
    expect(strip.get_by_text("How sure is it?")).to_be_visible()
    top = strip.bounding_box()
    strip.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(strip.get_by_text("How sure is it?")).to_be_hidden(timeout=PATIENCE_MS)
    page.wait_for_url("**welcome=0*", timeout=PATIENCE_MS)
    still = strip.bounding_box()
    assert top
    assert still
    assert (still["x"], still["y"]) == (top["x"], top["y"])
    page.reload()
    _open(page, page.url)
    expect(strip.get_by_text("How sure is it?")).to_be_hidden()


def test_the_menu_changes_the_theme_and_tells_what_this_is(page: Page, address: str) -> None:
    _open(page, f"{address}/status")
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator(".stApp")).to_have_css("background-color", f"rgb{parts('#14181f')}")
    page.get_by_role("menuitem", name="About").click()
    expect(page.get_by_role("dialog").get_by_text("How sure is it?")).to_be_visible()
