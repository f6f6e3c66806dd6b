"""What a briefing says: five figures, what changed, figures, a ledger, claims that differ, sources.

Loaded here from one build; rendered elsewhere, by every format alike.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb

from desk import evidence, figure_list, figures, glossary, overview, series
from desk.evidence import Scope
from desk.figures import Figure
from desk.glossary import Card
from desk.lines import Options
from desk.overview import Tile
from desk.rows import Row
from desk.texts import text
from etl.errors import CannotExport

FIGURES = (
    "trade_totals",
    "trade_ytd",
    "trade_balance",
    "crude_volume",
    "crude_price",
    "crude_share",
    "coal_volume",
    "lng_volume",
    "gas_volume",
    "pos1_deliveries",
    "settlement",
    "machine_tools",
)
LEDGER = "Power of Siberia 2"
FIRST_DAY = date(2015, 1, 1)
QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class Order:
    """What is asked for: figures in their order, a title, a span, the day since when."""

    figures: tuple[str, ...]
    options: Options
    since: date
    title: str = ""


@dataclass(frozen=True)
class Briefing:
    """Everything that a briefing says. `judged`: whether this build holds verdicts on claims."""

    title: str
    order: Order
    build_id: str
    tiles: list[Tile]
    symbols: dict[str, str]
    changes: list[Row]
    figures: list[Figure]
    ledger: list[Row]
    differing: list[Row]
    judged: bool
    sources: list[Row]
    glossary: list[Card] = field(default_factory=list)

    @property
    def language(self) -> str:
        """Return the language of all words."""
        return self.order.options.language

    @property
    def as_of(self) -> date:
        """Return the day as known on which everything is."""
        return self.order.options.as_of


def load(
    con: duckdb.DuckDBPyConnection, order: Order, build_id: str, step: Callable[[str], None]
) -> Briefing:
    """Load a briefing; `step` is told each figure. Raise UnknownRequest for an unknown
    figure, CannotExport where none of them has anything to show.
    """
    options = order.options
    language = options.language
    made: list[Figure] = []
    for name in order.figures:
        made.append(figures.figure(con, figure_list.find(name), options, build_id))
        step(name)
    shown = [figure for figure in made if not figure.empty]
    if not shown:
        raise CannotExport(
            f"None of the figures was known on {options.as_of} from {options.start} on; "
            "set a later --as-of or an earlier --from."
        )
    tiles = overview.tiles(con, options.as_of, language)
    changed = series.changes(con, order.since, options.as_of).to_dict("records")
    changes = [{str(key): cell for key, cell in row.items()} for row in changed]
    units = {tile.unit for tile in tiles} | {str(row["unit"]) for row in changes}
    claims = _claims(con, order)
    used = {row["id"]: row for figure in shown for row in figure.licences}
    return Briefing(
        title=order.title or text("brief.title", language),
        order=order,
        build_id=build_id,
        tiles=tiles,
        symbols={unit: figures.unit_symbol(con, unit, language) for unit in units},
        changes=changes,
        figures=shown,
        ledger=evidence.events(con, (LEDGER,), date(1990, 1, 1), options.end, options.as_of),
        differing=[row for row in claims if row.get("verdict") == "differs"],
        judged=any(row.get("verdict") for row in claims),
        sources=[used[name] for name in sorted(used)],
        glossary=terms(language),
    )


def chosen(named: str | None) -> tuple[str, ...]:
    """Return the figures that a list by commas names, each once; the usual ones for None."""
    if named is None:
        return FIGURES
    found = tuple(dict.fromkeys(part.strip() for part in named.split(",") if part.strip()))
    if not found:
        raise CannotExport("--figures names no figure; `amur figures` lists what there is.")
    for name in found:
        figure_list.find(name)
    return found


def _claims(con: duckdb.DuckDBPyConnection, order: Order) -> list[Row]:
    """Return the claims of articles on what the briefing shows, newest first."""
    wanted = tuple(
        dict.fromkeys(
            name for figure in order.figures for name in figure_list.find(figure).indicators
        )
    )
    options = order.options
    return evidence.claims(con, Scope(wanted, options.start, options.end, options.as_of))


def terms(language: str) -> list[Card]:
    """Return the terms that a reader must know."""
    known = glossary.cards(language)
    return [known[term] for term in TERMS]


TERMS = (
    "basis",
    "vintage",
    "precision",
    "mirror",
    "provisional",
    "derived",
    "estimated",
    "january_february",
    "growth",
    "mt",
    "bcm",
    "mbd",
)
