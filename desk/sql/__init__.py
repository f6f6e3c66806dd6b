"""The statements of the read side, one file each."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """Return the text of <name>.sql."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
