"""The reviewed catalogue: units, constants, sources and indicators, loaded and validated.

Reads `data/catalog/{units,sources,indicators}.toml`. Whatever does not hold together raises
`CatalogError` with the file, the entry and the fix.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from etl.errors import CatalogError

LANGUAGES = ("en", "ru", "zh")
CLASSES = ("official", "vendor", "agency", "press", "blog")
PERIOD_KINDS = ("day", "month", "quarter", "ytd", "year", "range")
KINDS = ("actual", "target", "forecast", "capacity", "note")
STATUSES = ("reported", "provisional", "derived", "estimated")
BOUNDS = ("=", ">", "<", "~", "range")
FLOWS = ("", "M", "X", "total")
OPS = ("difference", "growth", "rolling12", "share", "unit_price", "price_effect", "volume_effect")

Text = dict[str, str]


@dataclass(frozen=True)
class Unit:
    """A unit: its dimension and the factor to that dimension's base unit."""

    id: str
    dimension: str
    factor: float
    symbol: Text
    name: Text


@dataclass(frozen=True)
class Constant:
    """A physical constant with the page it was taken from; low and high span a range."""

    id: str
    value: float
    unit: str
    meaning: str
    url: str
    publisher: str = ""
    note: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Source:
    """Who publishes: its trust class, the patterns that recognise it, its licence and calendar."""

    id: str
    name: str
    class_: str
    licence: str
    role: str = "publisher"
    patterns: list[str] = field(default_factory=list)
    publisher: str = ""
    url: str = ""
    licence_url: str = ""
    redistribution: str = ""
    cadence: str = "irregular"
    live: bool = False
    published_rule: str = "row"
    published: str = ""
    calendar: dict[str, Any] = field(default_factory=dict)
    ends: str = ""
    note: str = ""

    @property
    def rank(self) -> int:
        """Return the place of its class: 0 is the most trusted."""
        return CLASSES.index(self.class_)


@dataclass(frozen=True)
class Indicator:
    """One defined quantity on one basis; `unit` is the unit its series is kept in."""

    id: str
    title: Text
    short: Text
    topic: str
    measure: str
    unit: str
    basis: str
    cadence: str
    definition: str
    product: str = ""
    also: list[str] = field(default_factory=list)
    reporter: str = ""
    partner: str = ""
    flow: str = ""
    hs: str = ""
    kind: str = "actual"
    aliases: dict[str, list[str]] = field(default_factory=dict)
    bounds: list[float] = field(default_factory=list)
    growth: bool = False
    additive: bool = False
    source: str = ""
    formula: dict[str, Any] = field(default_factory=dict)
    benchmark: str = ""
    stand_in: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    via: dict[str, str] = field(default_factory=dict)
    status: str = ""
    note: str = ""

    @property
    def units(self) -> list[str]:
        """Return the main unit and the units of its other lines."""
        return [self.unit, *self.also]


@dataclass(frozen=True)
class Catalog:
    """The whole catalogue, by id."""

    units: dict[str, Unit]
    constants: dict[str, Constant]
    sources: dict[str, Source]
    indicators: dict[str, Indicator]
    retrieved: date

    def line_unit(self, indicator: str, unit: str) -> str | None:
        """Return the unit of the indicator's line that a figure in `unit` belongs to, or None."""
        entry = self.indicators[indicator]
        dimension = self.units[unit].dimension
        for candidate in entry.units:
            if self.units[candidate].dimension == dimension:
                return candidate
        return entry.unit if entry.via.get("unit") == unit else None


Entry = TypeVar("Entry", Unit, Constant, Source, Indicator)


def load(folder: Path) -> Catalog:
    """Read and validate the three files of `folder`; raise CatalogError on the first that fails."""
    units_toml = _read(folder / "units.toml")
    units = _entries(Unit, units_toml.get("unit", {}), folder / "units.toml", "unit")
    constants = _entries(
        Constant, units_toml.get("constant", {}), folder / "units.toml", "constant"
    )
    sources_toml = _read(folder / "sources.toml")
    sources = _entries(Source, sources_toml.get("source", {}), folder / "sources.toml", "source")
    indicators_toml = _read(folder / "indicators.toml").get("indicator", {})
    indicators = _entries(Indicator, indicators_toml, folder / "indicators.toml", "indicator")
    indicators |= {entry.id: entry for entry in _growth(indicators)}
    catalog = Catalog(units, constants, sources, indicators, _retrieved(sources_toml))
    problems = [*_source_problems(catalog), *_indicator_problems(catalog)]
    if problems:
        raise CatalogError("The catalogue does not hold together:\n  " + "\n  ".join(problems))
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


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogError(f"{path.name} is missing; restore it from the repository") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path.name} is not valid TOML in UTF-8: {error}; mend it") from error


def _entries(kind: type[Entry], table: dict[str, Any], path: Path, label: str) -> dict[str, Entry]:
    """Turn TOML tables into dataclasses; an unknown or missing key is named."""
    known = {item.name.rstrip("_"): item.name for item in fields(kind)}
    found: dict[str, Entry] = {}
    for key, raw in table.items():
        unknown = sorted(set(raw) - set(known))
        if unknown:
            raise CatalogError(
                f"{path.name}: {label} {key}: unknown key {unknown[0]!r}; "
                f"use one of {', '.join(sorted(known))}"
            )
        values = {known[name]: value for name, value in raw.items()}
        try:
            found[key] = kind(id=key, **values)
        except TypeError as error:
            raise CatalogError(f"{path.name}: {label} {key}: {error}; add the key") from error
    return found


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


def _source_problems(catalog: Catalog) -> Iterator[str]:
    for source in catalog.sources.values():
        where = f"sources.toml: source {source.id}"
        if source.class_ not in CLASSES:
            yield f"{where}: class {source.class_!r}; use one of {', '.join(CLASSES)}"
        if source.published_rule not in ("row", "period_end+1", "fixed"):
            yield f"{where}: published_rule {source.published_rule!r}; use row, period_end+1, fixed"
        for pattern in source.patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                yield f"{where}: pattern {pattern!r} is not a regular expression ({error}); mend it"
    if "press" not in catalog.sources:
        yield "sources.toml: source press is missing; it is the class of everything unlisted"


def _indicator_problems(catalog: Catalog) -> Iterator[str]:
    for entry in catalog.indicators.values():
        where = f"indicators.toml: indicator {entry.id}"
        for unit in entry.units:
            if unit not in catalog.units:
                yield f"{where}: unit {unit!r} is not in units.toml; add it there or correct it"
        for name in ("title", "short"):
            missing = [key for key in LANGUAGES if not getattr(entry, name).get(key)]
            if missing:
                yield f"{where}: {name} lacks {', '.join(missing)}; write it"
        if entry.cadence not in PERIOD_KINDS:
            yield f"{where}: cadence {entry.cadence!r}; use one of {', '.join(PERIOD_KINDS)}"
        if entry.flow not in FLOWS:
            yield f"{where}: flow {entry.flow!r}; use M, X, total or nothing"
        if entry.kind not in KINDS:
            yield f"{where}: kind {entry.kind!r}; use one of {', '.join(KINDS)}"
        if entry.bounds and (len(entry.bounds) != 2 or entry.bounds[0] >= entry.bounds[1]):
            yield f"{where}: bounds {entry.bounds}; write [low, high]"
        yield from _reference_problems(catalog, entry, where)


def _reference_problems(catalog: Catalog, entry: Indicator, where: str) -> Iterator[str]:
    """Check what the entry points at: formula inputs, benchmark, stand-in, parts, constants."""
    if entry.formula and entry.formula.get("op") not in OPS:
        yield f"{where}: formula op {entry.formula.get('op')!r}; use one of {', '.join(OPS)}"
    pointed = [*entry.formula.get("inputs", []), *entry.parts]
    pointed += [entry.stand_in["indicator"]] if entry.stand_in else []
    pointed += [entry.benchmark] if entry.benchmark else []
    for other in pointed:
        if other not in catalog.indicators:
            yield f"{where}: points at {other!r}, which is no indicator; correct the id"
    for constant in (entry.formula.get("constant"), entry.via.get("constant")):
        if constant and constant not in catalog.constants:
            yield f"{where}: constant {constant!r} is not in units.toml; add it with its page"
