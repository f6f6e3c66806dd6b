"""Every word of ours that a reader sees, by key and language.

`en.toml` is complete; a key that another language lacks falls back to English.
"""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the texts of one language by dotted key."""
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        return {}
    return dict(_flat("", tomllib.loads(path.read_text(encoding="utf-8"))))


def _flat(prefix: str, table: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(f"{name}.", value) if isinstance(value, dict) else [(name, str(value))]
    return found


def text(key: str, language: str = "en", **values: object) -> str:
    """Return a text; raise KeyError when not even English has it."""
    found = catalogue(language).get(key) or catalogue("en")[key]
    return found.format(**values) if values else found
