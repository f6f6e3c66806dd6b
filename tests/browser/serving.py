"""What browser tests share: a served desk, a tab whose faults fail the test, waiting for a page."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from etl.paths import ROOT

SHOTS = ROOT / "screenshots"
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE_MS = 40_000


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[str]:
    """Serve the desk on a free port and yield its address; nobody has asked it for anything yet."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "desk.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | dict(environment) | {"HEADLESS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def tab(browser: Browser) -> Iterator[Page]:
    """Open a tab; any fault that its scripts tell fails the test.

    A test asks for its server before its tab: a tab that outlives its server tells faults.
    """
    opened = browser.new_page(viewport={"width": 1400, "height": 1000})
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(_told(said)) if said.type == "error" else None)
    yield opened
    opened.close()
    ours = [fault for fault in faults if not _foreign(fault)]
    assert not ours, ours


def go(page: Page, url: str) -> Page:
    page.goto(url)
    settle(page)
    return page


def settle(page: Page) -> None:
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    page.wait_for_selector("h1, h2", timeout=PATIENCE_MS)


def scroll_width(page: Page) -> int:
    """Return how wide the page is, in pixels, with all that sticks out of its window."""
    return int(
        page.evaluate(
            "Math.max(document.scrollingElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]').scrollWidth)"
        )
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + 240
    while time.monotonic() < end:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")


def _told(said: ConsoleMessage) -> str:
    return f"{said.text} {said.location['url']}"


def _foreign(fault: str) -> bool:
    """Say whether a console message is none of ours.

    Streamlit asks for its host beneath the page of a deep link first; other machines are not
    reached from here.
    """
    return "/_stcore/" in fault or ("net::ERR_" in fault and "127.0.0.1" not in fault)
