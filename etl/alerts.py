"""Alerts: thresholds on the newest figure of a line, read from data/catalog/alerts.toml.

An alert is looked at once, when the newest figure is new or revised; it does not repeat itself.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from etl.entries import PERIOD_KINDS, Catalog
from etl.errors import CatalogError

LIMITS = ("above", "below", "change_pct_above", "change_pct_below")


@dataclass(frozen=True)
class Alert:
    """One threshold. `above` and `below` are in `unit`; a change is in % on the year before."""

    id: str
    indicator: str
    period_kind: str
    unit: str
    text: str
    above: float | None = None
    below: float | None = None
    change_pct_above: float | None = None
    change_pct_below: float | None = None
    # the unit of the line that is looked at, and what one of it is in `unit`
    line: str = ""
    factor: float = 1.0


@dataclass(frozen=True)
class Fired:
    """An alert that has something to say; `value` is in the unit of the alert."""

    id: str
    text: str
    condition: str
    indicator: str
    period_kind: str
    period_start: str
    period_end: str
    value: float
    unit: str
    change_pct: float | None
    source: str
    published: str


def load(folder: Path, catalog: Catalog) -> list[Alert]:
    """Read alerts.toml of a catalogue folder; raise CatalogError on the first entry that fails."""
    path = folder / "alerts.toml"
    if not path.exists():
        return []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path.name} is not valid TOML in UTF-8: {error}; mend it") from error
    listed = table.get("alert", [])
    if set(table) - {"alert"} or not isinstance(listed, list):
        raise CatalogError(f"{path.name}: only [[alert]] entries are read; write [[alert]]")
    found = [_alert(number, raw, catalog) for number, raw in enumerate(listed, 1)]
    for place, alert in enumerate(found):
        if alert.id in [other.id for other in found[:place]]:
            raise CatalogError(f"alerts.toml: alert {alert.id!r} stands twice; rename one")
    return found


def _alert(number: int, raw: object, catalog: Catalog) -> Alert:
    where = f"alerts.toml: alert {number}"
    if not isinstance(raw, dict):
        raise CatalogError(f"{where}: is no entry; write it as a table")
    where = f"alerts.toml: alert {raw.get('id', number)!r}"
    known = [item.name for item in fields(Alert) if item.name not in ("line", "factor")]
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise CatalogError(f"{where}: unknown key {unknown[0]!r}; use one of {', '.join(known)}")
    for name in ("id", "indicator", "period_kind", "unit", "text"):
        if not isinstance(raw.get(name), str) or not raw[name]:
            raise CatalogError(f"{where}: {name} is missing or no text; write it")
    _demand_limits(where, raw)
    line = _line(where, raw, catalog)
    factor = catalog.units[line].factor / catalog.units[raw["unit"]].factor
    limits = {name: float(raw[name]) for name in LIMITS if name in raw}
    return Alert(**(raw | limits), line=line, factor=factor)


def _demand_limits(where: str, raw: Mapping[str, Any]) -> None:
    limits = {name: raw[name] for name in LIMITS if name in raw}
    if not limits:
        raise CatalogError(f"{where}: has no threshold; give one of {', '.join(LIMITS)}")
    for name, value in limits.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CatalogError(f"{where}: {name} = {value!r} is no number; write digits")
    for prefix in ("", "change_pct_"):
        above, below = limits.get(f"{prefix}above"), limits.get(f"{prefix}below")
        if above is not None and below is not None and below >= above:
            raise CatalogError(
                f"{where}: {prefix}below {below} is not under {prefix}above {above}, so that it "
                "would always fire; mend the two"
            )


def _line(where: str, raw: Mapping[str, Any], catalog: Catalog) -> str:
    """Return the unit of the line that the alert looks at."""
    if raw["indicator"] not in catalog.indicators:
        raise CatalogError(f"{where}: indicator {raw['indicator']!r} is unknown; correct the id")
    if raw["period_kind"] not in PERIOD_KINDS:
        kinds = ", ".join(PERIOD_KINDS)
        raise CatalogError(f"{where}: period_kind {raw['period_kind']!r}; use one of {kinds}")
    if raw["unit"] not in catalog.units:
        raise CatalogError(f"{where}: unit {raw['unit']!r} is not in units.toml; correct it")
    dimension = catalog.units[raw["unit"]].dimension
    units = catalog.indicators[raw["indicator"]].units
    for unit in units:
        if catalog.units[unit].dimension == dimension:
            return unit
    raise CatalogError(
        f"{where}: unit {raw['unit']!r} does not fit {raw['indicator']}; use {' or '.join(units)}"
    )


def fired(alerts: Iterable[Alert], newest: Iterable[Mapping[str, Any]]) -> list[Fired]:
    """Return the alerts that newest figures set off; a change without its base says nothing."""
    lines = {(row["indicator"], row["period_kind"], row["unit"]): row for row in newest}
    found = []
    for alert in alerts:
        row = lines.get((alert.indicator, alert.period_kind, alert.line))
        condition = row and _crossed(alert, row)
        if row and condition:
            found.append(_told(alert, row, condition))
    return found


def _crossed(alert: Alert, row: Mapping[str, Any]) -> str:
    """Return in words which threshold is crossed, or nothing."""
    value, change = row["value"] * alert.factor, row["change_pct"]
    if alert.above is not None and value > alert.above:
        return f"above {alert.above:g} {alert.unit}"
    if alert.below is not None and value < alert.below:
        return f"below {alert.below:g} {alert.unit}"
    if change is None:
        return ""
    if alert.change_pct_above is not None and change > alert.change_pct_above:
        return f"change on the year above {alert.change_pct_above:+g} %"
    if alert.change_pct_below is not None and change < alert.change_pct_below:
        return f"change on the year below {alert.change_pct_below:+g} %"
    return ""


def _told(alert: Alert, row: Mapping[str, Any], condition: str) -> Fired:
    change = row["change_pct"]
    return Fired(
        id=alert.id,
        text=alert.text,
        condition=condition,
        indicator=alert.indicator,
        period_kind=alert.period_kind,
        period_start=row["period_start"],
        period_end=row["period_end"],
        value=float(f"{row['value'] * alert.factor:.12g}"),
        unit=alert.unit,
        change_pct=None if change is None else round(change, 2),
        source=row["source"],
        published=row["published"],
    )
