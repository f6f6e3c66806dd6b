"""What secrets.toml says of signing in: nothing, all that is needed, or a start is refused."""

from pathlib import Path

import pytest

from desk import login
from etl.errors import UnknownRequest

WHOLE = """
[auth]
redirect_uri = "https://amur.example.org/oauth2callback"
cookie_secret = "a long one"
client_id = "amur"
client_secret = "another"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
"""


def _file(folder: Path, text: str) -> list[str]:
    path = folder / "secrets.toml"
    path.write_text(text)
    return [str(folder / "missing.toml"), str(path)]


def test_without_a_word_of_it_nobody_signs_in(tmp_path: Path) -> None:
    assert not login.check([str(tmp_path / "missing.toml")])
    assert not login.check(_file(tmp_path, "[else]\nkey = 1\n"))


def test_a_whole_table_asks_for_a_login(tmp_path: Path) -> None:
    assert login.check(_file(tmp_path, WHOLE))


@pytest.mark.parametrize("key", [*login.SHARED_KEYS, *login.PROVIDER_KEYS])
def test_a_login_that_nobody_could_pass_refuses_the_start(tmp_path: Path, key: str) -> None:
    lines = [line for line in WHOLE.splitlines() if not line.startswith(key)]
    with pytest.raises(UnknownRequest, match=key):
        login.check(_file(tmp_path, "\n".join(lines)))


@pytest.mark.parametrize("text", ["[auth\n", "auth = 1\n", WHOLE + "[auth]\n"])
def test_what_cannot_be_read_never_leaves_the_desk_open(tmp_path: Path, text: str) -> None:
    """Streamlit itself takes a broken file for a missing one."""
    with pytest.raises(UnknownRequest):
        login.check(_file(tmp_path, text))
