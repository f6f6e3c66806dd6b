"""The dashboard in a real browser: deep links, figures, evidence, narrow windows, screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from etl.paths import ROOT
from etl.warehouse import Build

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = ROOT / "screenshots"
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE_MS = 40_000
PAGES = {
    "overview": "Russia–China trade and energy: every figure with its source",
    "trade": "Trade",
    "energy": "Energy",
    "pipelines": "Pipelines",
    "technology": "Technology and payments",
    "articles": "Articles",
    "status": "Status",
}
# a page, a figure on it, and the indicator whose newest year and article stand there
KNOWN = {
    "overview": ("trade_totals", "trade_total"),
    "trade": ("trade_totals", "trade_total"),
    "energy": ("crude_volume", "crude_ru_cn_volume"),
    "pipelines": ("pos1_deliveries", "pos1_volume"),
    "technology": ("machine_tools", "machine_tools_share"),
}


@pytest.fixture(scope="module")
def chromium() -> str:
    """Return the browser; without one, fail where that is not allowed and else skip loudly."""
    if CHROMIUM is None:
        message = "BROWSER TESTS SKIPPED: no chromium on PATH (tests/browser/chromium.sh)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return CHROMIUM


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")


@pytest.fixture(scope="module")
def address(build: Build, chromium: str) -> Iterator[str]:
    """Serve the built warehouse on a free port; nobody has asked it for anything yet."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "desk.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"HEADLESS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a tab that no one has used; any fault that its scripts tell fails the test."""
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield tab
    tab.close()
    assert not [fault for fault in faults if not _foreign(fault)]


def _foreign(fault: str) -> bool:
    """Say whether a console message is about something that lies outside this machine."""
    return "net::ERR_" in fault and "127.0.0.1" not in fault


def go(page: Page, url: str) -> Page:
    page.goto(url)
    settle(page)
    return page


def settle(page: Page) -> None:
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    page.wait_for_selector("h1, h2", timeout=PATIENCE_MS)


def body(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def beside(page: Page, figure: str) -> Locator:
    """Return what stands under the heading of a figure: the chart and its evidence."""
    heading = page.locator(f"#{figure}")
    return heading.locator("xpath=following::div[@data-testid='stHorizontalBlock'][1]")


# This test stands first: the server has answered no page before.
def test_the_very_first_request_of_a_server_may_be_a_deep_link(page: Page, address: str) -> None:
    go(page, f"{address}/trade")
    expect(page.get_by_role("heading", name="Trade", exact=True)).to_be_visible()
    expect(page.get_by_label("As of")).to_be_visible()
    expect(page.get_by_label("Language")).to_be_visible()
    assert "Page not found" not in page.locator("body").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_without_a_fault(name: str, page: Page, address: str) -> None:
    go(page, f"{address}/{name if name != 'overview' else ''}")
    expect(page.get_by_role("heading", name=PAGES[name], exact=True)).to_be_visible()
    expect(page.get_by_text("newest period").first).to_be_visible()
    shown = body(page)
    for word in ("Traceback", "Error:", "Exception", "Page not found", "cannot be shown"):
        assert word not in shown


@pytest.mark.parametrize("name", KNOWN)
def test_a_chart_stands_beside_an_article_that_speaks_of_it(
    name: str, page: Page, address: str, con: duckdb.DuckDBPyConnection
) -> None:
    figure, indicator = KNOWN[name]
    title = con.execute(
        "SELECT a.title FROM article a JOIN claim c ON c.article = a.id WHERE c.indicator = ? "
        "AND (c.period_end IS NULL OR c.period_end >= '2015-01-01') "
        "ORDER BY a.published DESC, a.id LIMIT 1",
        [indicator],
    ).fetchall()[0][0]
    go(page, f"{address}/{name if name != 'overview' else ''}")
    block = beside(page, figure)
    expect(block.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE_MS)
    expect(block.get_by_role("link", name=" ".join(title.split())).first).to_be_visible()


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
    go(page, f"{address}/trade?as_of=2024-06-30&from=2018&to=2023&lang=ru")
    for _ in range(2):
        expect(page.get_by_text("30 Jun 2024").or_(page.get_by_text("30 июн. 2024")).first
               ).to_be_visible(timeout=PATIENCE_MS)  # fmt: skip
        shown = [box.inner_text() for box in page.locator("[data-testid=stSelectbox]").all()]
        assert [any(want in one for one in shown) for want in ("2018", "2023", "Русский")] == [
            True
        ] * 3
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
    page.get_by_role("link", name="Energy").first.click()
    expect(page.get_by_role("heading", name="Energy", exact=True)).to_be_visible()
    settle(page)
    expect(page.get_by_text("As of 30 Jun 2024").first).to_be_visible()
    assert "as_of=2024-06-30" in page.url


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window(name: str, width: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    go(page, f"{address}/{name if name != 'overview' else ''}")
    if name in KNOWN:
        page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(int(tall), 800), 9000)})
    page.wait_for_timeout(700)
    wide = page.evaluate(
        "Math.max(document.scrollingElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    SHOTS.mkdir(exist_ok=True)
    shot = SHOTS / f"{name}_{width}.png"
    page.screenshot(path=shot)
    assert Path(shot).stat().st_size > 10_000
    assert wide <= width
