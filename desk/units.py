"""Units as readers of a language write them, as declared in data/catalog/units.toml."""

import tomllib
from functools import cache
from pathlib import Path

from etl import paths
from etl.errors import CatalogError


def symbol(unit: str, language: str) -> str:
    """Return a unit as it is written; the ids of the catalogue are English already."""
    return unit if language == "en" else _symbols(_file(), language).get(unit, unit)


def _file() -> Path:
    return paths.shipped() / "catalog" / "units.toml"


@cache
def _symbols(path: Path, language: str) -> dict[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["unit"]
        return {unit: entry["symbol"][language] for unit, entry in table.items()}
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"units.toml cannot be read ({error}); restore it") from error
