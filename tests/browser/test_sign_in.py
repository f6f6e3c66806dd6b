"""Signing in: an anonymous reader sees the page of the login alone, a signed-in one the desk."""

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from etl.paths import ROOT
from etl.warehouse import Build
from tests.browser.serving import DONE, PATIENCE_MS
from tests.serving.provider import CLIENT, READER, SECRET, provider
from tests.serving.running import free_port, running

pytestmark = pytest.mark.browser
ADDRESSES = ("/", "/trade", "/status", "/?figure=trade_totals&embed=true")


@pytest.fixture(scope="module")
def guarded(build: Build, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the desk with a login at a stand-in provider."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    home = tmp_path_factory.mktemp("home")
    (home / ".streamlit").mkdir()
    command = [sys.executable, "-m", "desk.cli", "serve", "--port", str(port)]
    with provider() as signs_in:
        (home / ".streamlit/secrets.toml").write_text(_secrets(address, signs_in))
        with running(command, ROOT, {"HEADLESS": "1", "HOME": str(home)}, address):
            yield address


def _secrets(desk: str, signs_in: str) -> str:
    return f"""
[auth]
redirect_uri = "{desk}/oauth2callback"
cookie_secret = "of this test: long enough to sign a cookie with it"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{signs_in}/.well-known/openid-configuration"
"""


def test_nobody_sees_a_figure_before_signing_in(guarded: str, page: Page) -> None:
    for address in ADDRESSES:
        page.goto(guarded + address)
        page.wait_for_selector(DONE, timeout=PATIENCE_MS)
        page.get_by_role("button", name="Sign in").wait_for(timeout=PATIENCE_MS)
        shown = page.inner_text('[data-testid="stApp"]')
        assert "Trade" not in shown, address
        assert page.locator(".js-plotly-plot, [data-testid=stTopNavLink]").count() == 0


def test_who_signs_in_sees_the_desk_and_may_leave(guarded: str, page: Page) -> None:
    page.goto(guarded)
    page.get_by_role("button", name="Sign in").click(timeout=PATIENCE_MS)
    page.get_by_text(READER["name"]).wait_for(timeout=PATIENCE_MS)
    page.wait_for_selector(".js-plotly-plot", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for(timeout=PATIENCE_MS)
