"""Whether a loaded catalogue holds together: closed lists, references, formulas."""

import re
from collections.abc import Iterator

from etl.entries import (
    CLASSES,
    FLOWS,
    KINDS,
    OPS,
    PERIOD_KINDS,
    Catalog,
    Indicator,
)
from etl.errors import CatalogError


def problems(catalog: Catalog) -> list[str]:
    """Return everything that does not hold together; raise CatalogError on a ring of formulas."""
    found = [*_source_problems(catalog), *_indicator_problems(catalog)]
    if not found:
        formula_order(catalog.indicators)
    return found


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
        if entry.source and entry.source not in catalog.sources:
            yield f"{where}: source {entry.source!r} is not in sources.toml; add or correct it"
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
    op, inputs = str(entry.formula.get("op")), entry.formula.get("inputs", [])
    if entry.formula and op not in OPS:
        yield f"{where}: formula op {op!r}; use one of {', '.join(OPS)}"
    elif entry.formula and len(inputs) != OPS[op]:
        yield f"{where}: formula {op} has {len(inputs)} inputs; give {OPS[op]}"
    if entry.parts and len(entry.parts) != 2:
        yield f"{where}: {len(entry.parts)} parts; give two"
    if entry.stand_in and set(entry.stand_in) != {"indicator", "until"}:
        yield f"{where}: stand_in needs indicator and until; write both"
    if entry.via and set(entry.via) != {"unit", "constant"}:
        yield f"{where}: via needs unit and constant; write both"
    pointed = [*inputs, *entry.parts, entry.stand_in.get("indicator", ""), entry.benchmark]
    for other in filter(None, pointed):
        if other not in catalog.indicators:
            yield f"{where}: points at {other!r}, which is no indicator; correct the id"
    for constant in (entry.formula.get("constant"), entry.via.get("constant")):
        if constant and constant not in catalog.constants:
            yield f"{where}: constant {constant!r} is not in units.toml; add it with its page"


def formula_order(indicators: dict[str, Indicator]) -> list[Indicator]:
    """Return computed indicators, inputs before what is computed from them; raise on a ring."""
    waiting = {entry.id: entry for entry in indicators.values() if entry.formula}
    ordered: list[Indicator] = []
    while waiting:
        ready = [e for e in waiting.values() if not set(e.formula["inputs"]) & set(waiting)]
        if not ready:
            names = ", ".join(waiting)
            raise CatalogError(f"indicators.toml: formulas {names} go in a ring; break it")
        ordered += ready
        waiting = {key: e for key, e in waiting.items() if e not in ready}
    return ordered
