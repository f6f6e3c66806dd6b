"""What the catalogue is made of: units, constants, sources, indicators, and their closed lists."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

LANGUAGES = ("en", "ru", "zh")
CLASSES = ("official", "vendor", "agency", "press", "blog")
PERIOD_KINDS = ("day", "month", "quarter", "ytd", "year", "range")
KINDS = ("actual", "target", "forecast", "capacity", "note")
STATUSES = ("reported", "provisional", "derived", "estimated")
BOUNDS = ("=", ">", "<", "~", "range")
FLOWS = ("", "M", "X", "total")
# operations of formulas, with the number of their inputs
OPS = {
    "difference": 2,
    "growth": 1,
    "rolling12": 1,
    "share": 2,
    "unit_price": 2,
    "price_effect": 2,
    "volume_effect": 2,
}

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
