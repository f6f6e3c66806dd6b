"""The statements of the write side, one file each."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """Return the text of <name>.sql."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Return the statements of a sub-folder, in a fixed order."""
    return sorted(f"{folder}/{path.stem}" for path in (FOLDER / folder).glob("*.sql"))
