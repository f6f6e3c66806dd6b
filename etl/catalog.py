"""Load the reviewed catalogue: data/catalog/{units,sources,indicators}.toml.

Whatever does not hold together raises `CatalogError` with the file, the entry and the fix.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from etl import catalog_checks
from etl.entries import LANGUAGES, Catalog, Constant, Indicator, Source, Unit
from etl.errors import CatalogError

Entry = TypeVar("Entry", Unit, Constant, Source, Indicator)


FILES = ("units.toml", "sources.toml", "indicators.toml")


def load(folder: Path) -> Catalog:
    """Read and validate the three files of `folder`; raise CatalogError on the first that fails."""
    return _load(*(_text(folder / name) for name in FILES))


@lru_cache(maxsize=4)
def _load(units_text: str, sources_text: str, indicators_text: str) -> Catalog:
    """Return the catalogue of three texts; the same texts are read once."""
    texts = zip(FILES, (units_text, sources_text, indicators_text), strict=True)
    units_toml, sources_toml, indicators_toml = (_parsed(name, text) for name, text in texts)
    units = _entries(Unit, units_toml.get("unit", {}), "units.toml", "unit")
    constants = _entries(Constant, units_toml.get("constant", {}), "units.toml", "constant")
    sources = _entries(Source, sources_toml.get("source", {}), "sources.toml", "source")
    listed = indicators_toml.get("indicator", {})
    indicators = _entries(Indicator, listed, "indicators.toml", "indicator")
    indicators |= {entry.id: entry for entry in _growth(indicators)}
    catalog = Catalog(units, constants, sources, indicators, _retrieved(sources_toml))
    found = catalog_checks.problems(catalog)
    if found:
        raise CatalogError("The catalogue does not hold together:\n  " + "\n  ".join(found))
    return catalog


def _retrieved(sources_toml: dict[str, Any]) -> date:
    """Return the day on which the shipped figures were taken from their pages."""
    day = sources_toml.get("shipped", {}).get("retrieved", "")
    try:
        return date.fromisoformat(str(day))
    except ValueError as error:
        raise CatalogError(
            f"sources.toml: [shipped] retrieved = {day!r} is no date; write YYYY-MM-DD"
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CatalogError(f"{path.name} is missing; restore it from the repository") from error
    except UnicodeDecodeError as error:
        raise CatalogError(f"{path.name} is not valid TOML in UTF-8: {error}; mend it") from error


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{name} is not valid TOML in UTF-8: {error}; mend it") from error


def _entries(kind: type[Entry], table: dict[str, Any], file: str, label: str) -> dict[str, Entry]:
    """Turn TOML tables into dataclasses; an unknown, missing or misshapen key is named."""
    known = {item.name.rstrip("_"): item for item in fields(kind)}
    found: dict[str, Entry] = {}
    for key, raw in table.items():
        where = f"{file}: {label} {key}"
        if not isinstance(raw, dict):
            raise CatalogError(f"{where}: is no entry; write it as a table")
        unknown = sorted(set(raw) - set(known))
        if unknown:
            raise CatalogError(
                f"{where}: unknown key {unknown[0]!r}; use one of {', '.join(sorted(known))}"
            )
        for name, value in raw.items():
            _demand_shape(where, name, value, str(known[name].type))
        try:
            found[key] = kind(id=key, **{known[name].name: value for name, value in raw.items()})
        except TypeError as error:
            raise CatalogError(f"{where}: {error}; add the key") from error
    return found


SHAPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "float": (int, float),
    "list": (list,),
    "dict": (dict,),
}
# texts that a reader sees
IN_LANGUAGES = ("title", "short", "symbol", "name")


def _demand_shape(where: str, name: str, value: object, annotation: str) -> None:
    """Raise CatalogError when a value has not the shape that its field declares."""
    declared = re.split(r"[\[ ]", annotation.removeprefix("<class '").removesuffix("'>"))[0]
    allowed = SHAPES.get(declared, (object,))
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        raise CatalogError(f"{where}: {name} = {value!r} has the wrong shape; write a {declared}")
    if name in IN_LANGUAGES and isinstance(value, dict):
        missing = [
            key for key in LANGUAGES if key not in value or not (value[key] or name == "symbol")
        ]
        if missing:
            raise CatalogError(f"{where}: {name} lacks {', '.join(missing)}; write it")


YOY_TITLE = {
    "en": "{}: growth on the year, as printed",
    "ru": "{}: рост год к году, как опубликовано",
    "zh": "{}：同比增速（原文所载）",
}
YOY_SHORT = {"en": "{}, yoy", "ru": "{}, г/г", "zh": "{}同比"}


def _growth(indicators: dict[str, Indicator]) -> Iterator[Indicator]:
    """Make `<id>_yoy`, the growth that publishers print, for every indicator that has it."""
    for entry in indicators.values():
        if entry.growth:
            yield replace(
                entry,
                id=f"{entry.id}_yoy",
                title={key: YOY_TITLE[key].format(entry.title[key]) for key in LANGUAGES},
                short={key: YOY_SHORT[key].format(entry.short[key]) for key in LANGUAGES},
                measure="growth",
                unit="%",
                also=[],
                definition=f"Growth on the same period a year earlier of: {entry.definition} "
                "As printed by the publisher; money growth says in its terms which currency.",
                bounds=[-100.0, 5000.0],
                growth=False,
                additive=False,
                formula={},
                stand_in={},
                parts=[],
                via={},
                aliases={},
            )
