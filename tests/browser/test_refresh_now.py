"""The button «Refresh now» in a real browser: asked, followed, and the new build on the page."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.connectors import CONNECTORS
from tests.browser.serving import PATIENCE_MS, SHOTS, go, served
from tests.crash import Bank
from tests.server import Asked, Local, Reply, local
from tests.support import Small, small

pytestmark = pytest.mark.browser


class Held:
    """The Bank of Russia answers when it is let go; every other source is in trouble."""

    def __init__(self) -> None:
        self.bank, self.gate = Bank(), threading.Event()

    def __call__(self, asked: Asked) -> Reply:
        if "VAL_NM_RQ" not in asked.query:
            return Reply(b"no", status=500)
        self.gate.wait(30)
        return self.bank(asked)


@pytest.fixture
def held() -> Iterator[tuple[Held, Local]]:
    answers = Held()
    with local(answers) as server:
        yield answers, server
        answers.gate.set()


@pytest.fixture
def desk(tmp_path: Path, held: tuple[Held, Local], chromium: str) -> Iterator[tuple[str, Small]]:
    """Serve a small desk of its own whose live sources are all the local server."""
    made = small(tmp_path)
    environment = {f"AMUR_{source.upper()}_URL": held[1].url for source in CONNECTORS}
    environment |= {"AMUR_SHIPPED": str(made.shipped), "AMUR_DATA": str(made.data)}
    environment |= {"AMUR_PACE_S": "0", "AMUR_RETRIES": "0", "AMUR_TIMEOUT_S": "30"}
    with served(environment) as address:
        yield address, made


def current(made: Small) -> str:
    return (made.data / "warehouse" / "CURRENT").read_text().strip().removesuffix(".duckdb")


def test_a_refresh_is_asked_for_followed_and_seen(
    desk: tuple[str, Small], page: Page, held: tuple[Held, Local]
) -> None:
    address, made = desk
    before = current(made)
    go(page, f"{address}/status?lang=en")
    expect(page.get_by_text(before).first).to_be_visible()
    button = page.get_by_role("button", name="Refresh now")
    expect(button).to_be_enabled()
    button.click()
    expect(button).to_be_disabled(timeout=PATIENCE_MS)
    expect(page.get_by_text("A refresh runs since")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(": asking.")).to_be_visible(timeout=PATIENCE_MS)
    page.screenshot(path=SHOTS / "refresh_running.png")
    assert current(made) == before
    held[0].gate.set()
    expect(page.get_by_text("of them failed")).to_be_visible(timeout=PATIENCE_MS)
    after = current(made)
    assert after != before
    expect(page.get_by_text(after).first).to_be_visible()
    expect(button).to_be_enabled()
    expect(page.get_by_text("A refresh runs since")).to_be_hidden()
    page.screenshot(path=SHOTS / "refresh_done.png")
