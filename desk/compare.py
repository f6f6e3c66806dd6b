"""Two to six indicators set beside each other: one abstract figure, for any renderer.

What can be asked, what is computed and what is refused is in `desk.comparing`.
"""

from dataclasses import dataclass, replace
from datetime import date

import duckdb

from desk import figures, lines
from desk.comparing import asked as requests
from desk.comparing import contrast, exchange, limits, offered, words
from desk.comparing.asked import PERCENT, Comparison
from desk.comparing.offered import Entry, Unit
from desk.evidence import Scope
from desk.figure_list import LineSpec
from desk.figures import Figure
from desk.lines import Line, Options
from etl.errors import UnknownRequest

ID = "compare"
# the figure of January and February is no month to set a month against
MONTHS_ALONE = ("indexed", "years")
# a claim has its place only where a line shows what it speaks of
CLAIMED = "lines"
CHARTS = {"shares": "effects", "years": "compare_years"}


@dataclass(frozen=True)
class Loaded:
    """The lines before anything is computed of them.

    `sourced` are they as they were published, `converted` names those that hold converted money,
    `rates` the rates that it was converted by.
    """

    lines: list[Line]
    sourced: list[Line]
    converted: list[str]
    rates: dict[str, Line]


def scope(asked: Comparison, options: Options) -> Scope:
    """Return what speaks of a comparison: its indicators, and the rate of the currency chosen."""
    rates = [exchange.RATES[asked.currency]] if asked.currency in exchange.RATES else []
    chosen = asked.series[:1] if asked.view == "years" else asked.series
    return Scope((*chosen, *rates), options.start, options.end, options.as_of)


def figure(
    con: duckdb.DuckDBPyConnection, asked: Comparison, options: Options, build_id: str
) -> Figure:
    """Return a comparison as known on the as-of day; raise NotComparable or UnknownRequest."""
    language = options.language
    requests.check(asked)
    known = offered.units(con, language)
    entries = _entries(con, asked, language)
    options = replace(options, kind=asked.kind, unit=None)
    loaded = _load(con, asked, entries, known, options)
    own = [_alone(line, asked) for line in loaded.lines]
    limits.check(asked, limits.Case(entries, own, known, language))
    drawn = _seen(asked, own, language)
    symbols = {unit: words.symbol(unit, known, language) for unit in _units(drawn or own)}
    told = words.captions(asked, entries, own, list(symbols.values()), language)
    money = words.of_money(con, asked, loaded.converted, list(loaded.rates), language)
    chart = CHARTS.get(asked.view) or ("panels" if len(symbols) > 1 else "line")
    looked = scope(asked, options)
    made = Figure(
        id=ID,
        chart=chart,
        title=told.title,
        subtitle=told.subtitle,
        unit=" · ".join(symbols),
        symbol=" · ".join(symbols.values()),
        kind=asked.kind,
        lines=[line for line in drawn if line.points] or drawn[:1],
        options=options,
        build_id=build_id,
        claims=figures.claims_on(con, looked, drawn, language) if asked.view == CLAIMED else [],
        sources=figures.source_line(con, looked, [*loaded.sourced, *drawn], [], language),
        caveat=" ".join(filter(None, (told.caveat, money))),
        marks=figures.marks_of(chart, drawn, asked.kind),
        licences=figures.licences_of(con, [*loaded.sourced, *loaded.rates.values()]),
        symbols=symbols,
        asked=asked.said,
        from_zero=asked.view in ("gap", "growth"),
    )
    return figures.with_alt(made)


def _units(drawn: list[Line]) -> list[str]:
    """Return the units of the lines that have a point, that of the first where none has."""
    held = [line.unit for line in drawn if line.points]
    return list(dict.fromkeys(held or [drawn[0].unit]))


def _entries(con: duckdb.DuckDBPyConnection, asked: Comparison, language: str) -> list[Entry]:
    """Return the indicators asked for; a view of one line a year takes the first alone."""
    known = offered.indicators(con, language, asked.series)
    unknown = [name for name in asked.series if name not in known]
    if unknown:
        named = ", ".join(f"«{name}»" for name in unknown)
        raise UnknownRequest(f"Unknown: {named}; `amur indicators` lists what there is.")
    limits.count(asked, language)
    found = [known[name] for name in dict.fromkeys(asked.series)]
    return found[:1] if asked.view == "years" else found


def _load(
    con: duckdb.DuckDBPyConnection,
    asked: Comparison,
    entries: list[Entry],
    known: dict[str, Unit],
    options: Options,
) -> Loaded:
    """Load every indicator in its unit, money in the currency asked for, another basis marked."""
    if asked.view == "growth":
        # what is set against the year before needs the year before
        options = replace(options, start=date(options.start.year - 1, options.start.month, 1))
    # what came together by December is the year itself
    kinds = [asked.kind, *(["year"] if (asked.view, asked.kind) == ("years", "ytd") else [])]
    units = offered.units_for(entries, asked.unit, asked.currency, known)
    foreign = {known[unit].currency for unit in units} - {"", asked.currency}
    foreign = foreign if asked.currency else set()
    rates = exchange.load(con, foreign | {asked.currency} if foreign else set(), options)
    found, sourced, converted = [], [], []
    for entry, unit in zip(entries, units, strict=True):
        label, marked = _label(entry, entries), entry.basis != entries[0].basis
        line = _line(con, entry, unit, options, kinds)
        sourced.append(line)
        if asked.currency and known[unit].currency:
            target = f"{asked.currency} bn"
            own = offered.reaches(entry, target, known)
            reported = (
                _line(con, entry, target, options, kinds) if own else replace(line, points=[])
            )
            sourced.append(reported)
            line = exchange.in_currency(line, reported.points, known[unit], asked.currency, rates)
            converted += [label] if len(line.points) > len(reported.points) else []
        found.append(replace(line, label=label, marked=marked))
    return Loaded(found, sourced, converted, rates.held if converted else {})


def _label(entry: Entry, entries: list[Entry]) -> str:
    """Return the short name, or the long one where two share the short one."""
    alike = sum(other.short == entry.short for other in entries)
    return entry.short if alike == 1 else entry.title


def _line(
    con: duckdb.DuckDBPyConnection, entry: Entry, unit: str, options: Options, kinds: list[str]
) -> Line:
    """Load one line in a unit that it has, with the points of some period kinds."""
    spec = LineSpec(entry.id, unit)
    found = [lines.load_line(con, spec, options, kind, None) for kind in kinds]
    return replace(found[0], points=[point for line in found for point in line.points])


def _alone(line: Line, asked: Comparison) -> Line:
    """Return the line without two months in one figure, where they would stand for a month."""
    return contrast.alone(line, asked.kind) if asked.view in MONTHS_ALONE else line


def _seen(asked: Comparison, own: list[Line], language: str) -> list[Line]:
    """Return the lines as the view shows them."""
    if asked.view == "indexed":
        base = contrast.base_of(own)
        return [contrast.indexed(line, base, language) for line in own] if base else []
    if asked.view == "shares":
        return contrast.shares(own, language)
    if asked.view == "growth":
        return [contrast.growth(line, language) for line in own]
    if asked.view == "gap":
        percent = asked.unit == PERCENT
        return [contrast.gap(own[0], other, percent, language) for other in own[1:]]
    if asked.view == "years":
        return contrast.by_year(own[0])
    return own
