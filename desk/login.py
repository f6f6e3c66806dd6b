"""Whether readers must sign in, as `secrets.toml` says; what is said there must be whole."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.errors import UnknownRequest

SHARED_KEYS = ("redirect_uri", "cookie_secret")
PROVIDER_KEYS = ("client_id", "client_secret", "server_metadata_url")


def settings(files: Sequence[str]) -> Mapping[str, object] | None:
    """Return the table `[auth]` of the files, a later one over an earlier; None without any.

    Raises UnknownRequest where a file cannot be read: Streamlit takes such a one for a missing one,
    and a desk that was to ask for a login would stand open.
    """
    found: dict[str, object] = {}
    for path in map(Path, files):
        if path.is_file():
            try:
                found |= tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                told = f"{path.name} cannot be read ({error}); mend or remove it."
                raise UnknownRequest(told) from error
    section = found.get("auth")
    if section is None:
        return None
    if not isinstance(section, dict):
        raise UnknownRequest("secrets.toml: write `[auth]` as a table of its own.")
    return section


def check(files: Sequence[str]) -> bool:
    """Return whether readers must sign in; raise UnknownRequest where they never could."""
    section = settings(files)
    if section is None:
        return False
    missing = [key for key in (*SHARED_KEYS, *PROVIDER_KEYS) if not section.get(key)]
    if missing:
        raise UnknownRequest(f"secrets.toml: [auth] lacks {', '.join(missing)} (docs/serving.md).")
    return True
