"""Commands that hand figures out: export for one, brief for a briefing."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desk import briefing, compare, figure_list, figures
from desk.commands.console import AsOf, counting, day, say
from desk.comparing import asked
from desk.comparing.asked import CURRENCIES, VIEWS, Comparison
from desk.export import writing
from desk.export.sheet import sheet
from desk.export.theme import theme
from desk.figures import Figure
from desk.lines import Options
from etl import warehouse
from etl.entries import LANGUAGES
from etl.errors import CannotExport

commands = typer.Typer()

# before the first figure that anybody reported
FIRST_DAY = date(1990, 1, 1)

Lang = Annotated[str, typer.Option(help="en, ru or zh.")]
Series = Annotated[
    str | None, typer.Option(help="Indicators of figure «compare», by commas; see page Compare.")
]
Build = Annotated[str | None, typer.Option(help="A kept build; the published one when left out.")]


@commands.command("export")
def export_command(
    figure: Annotated[str, typer.Argument(help="A figure of `amur figures`.")],
    form: Annotated[str, typer.Option("--format", help="png svg pdf csv json xlsx pptx")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    as_of: AsOf = None,
    build: Build = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day (YYYY-MM-DD).")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day (YYYY-MM-DD).")] = None,
    kind: Annotated[str | None, typer.Option(help="year month quarter ytd range")] = None,
    unit: Annotated[str | None, typer.Option(help="Another unit of the figure.")] = None,
    series: Series = None,
    seen: Annotated[str | None, typer.Option("--view", help=" ".join(VIEWS))] = None,
    currency: Annotated[str | None, typer.Option(help=" ".join(CURRENCIES))] = None,
    lang: Lang = "en",
    size: Annotated[str, typer.Option(help="slide, a4, square or WIDTHxHEIGHT.")] = "slide",
    theme_name: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
) -> None:
    """Write one figure as a picture, a slide, a workbook or data."""
    language(lang)
    surface, colours = sheet(size), theme(theme_name)
    writing.check(out)
    known_on = day(as_of)
    options = Options(
        as_of=known_on,
        start=day(from_, "from") if from_ else FIRST_DAY,
        end=day(to, "to") if to else last_day(known_on),
        language=lang,
        kind=kind,
        unit=unit,
    )
    # what draws takes a second to import; the other commands do without
    from desk.export import formats

    made = load(figure, options, build, _compared(series, seen, options, currency))
    content = formats.make(made, form, surface, colours)
    writing.write(out, content)
    tell(out, content)


def _compared(
    series: str | None, seen: str | None, options: Options, currency: str | None
) -> Comparison | None:
    """Return what figure «compare» is asked to show; None for every other figure."""
    if series is None:
        if seen or currency:
            raise CannotExport("--view and --currency go with --series A,B…, for figure «compare».")
        return None
    seen = seen or VIEWS[0]
    kind = options.kind or asked.kinds(seen)[0]
    names = tuple(filter(None, series.split(",")))
    return Comparison(names, seen, kind, options.unit or "", currency or "")


def load(
    figure_id: str, options: Options, build: str | None, compared: Comparison | None = None
) -> Figure:
    """Return a figure of a build; raise UnknownRequest, NotBuilt or CannotExport."""
    if options.start > options.end:
        raise CannotExport(f"The span is empty: {options.start} is after {options.end}.")
    if (figure_id == compare.ID) != (compared is not None):
        raise CannotExport("--series A,B… goes with figure «compare», and that figure needs it.")
    if compared:
        found = warehouse.find(build)
        with warehouse.connect(found) as con:
            return compare.figure(con, compared, options, found.id)
    spec = figure_list.find(figure_id)
    for name, wanted, there in (
        ("kind", options.kind, spec.kinds),
        ("unit", options.unit, spec.units),
    ):
        if wanted is not None and wanted not in there:
            known = ", ".join(there) or "its own only"
            raise CannotExport(f"«{figure_id}» has no {name} «{wanted}»; it has {known}.")
    found = warehouse.find(build)
    with warehouse.connect(found) as con:
        return figures.figure(con, spec, options, found.id)


def last_day(known_on: date) -> date:
    """Return the end of the year of the as-of day: where figures end that are looked at then."""
    return date(known_on.year, 12, 31)


def language(asked: str) -> None:
    """Raise CannotExport for a language that there are no texts in."""
    if asked not in LANGUAGES:
        raise CannotExport(f"Language «{asked}» is unknown; use one of {', '.join(LANGUAGES)}.")


def tell(out: Path, content: bytes) -> None:
    """Say what was written, with the hash that a frozen link reproduces."""
    digest = hashlib.sha256(content).hexdigest()
    say(f"{out}: {len(content):,} bytes, sha256 {digest}")


@commands.command("brief")
def brief_command(
    out: Annotated[Path, typer.Option(help="The file to write: .pptx, .pdf, .xlsx or .zip.")],
    figure_ids: Annotated[
        str | None, typer.Option("--figures", help="Ids of `amur figures`, by commas.")
    ] = None,
    as_of: AsOf = None,
    build: Build = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day (YYYY-MM-DD).")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day (YYYY-MM-DD).")] = None,
    since: Annotated[str | None, typer.Option(help="What changed since this day.")] = None,
    lang: Lang = "en",
    title: Annotated[str, typer.Option(help="A title of your own.")] = "",
) -> None:
    """Write a whole briefing: slides, a document, a workbook, or a zip with all of them."""
    from desk.export import briefings

    language(lang)
    form = briefings.form_of(out)
    writing.check(out)
    known_on = day(as_of)
    start = day(from_, "from") if from_ else briefing.FIRST_DAY
    end = day(to, "to") if to else last_day(known_on)
    if to and start > end:
        raise CannotExport(f"The span is empty: {start} is after {end}.")
    order = briefing.Order(
        figures=briefing.chosen(figure_ids),
        options=Options(known_on, start, end, lang),
        since=day(since, "since") if since else known_on - briefing.QUARTER,
        title=title,
    )
    found = warehouse.find(build)
    with counting(2 * len(order.figures), "brief") as step:
        with warehouse.connect(found) as con:
            made = briefing.load(con, order, found.id, step)
        content = briefings.make(made, form, step)
    writing.write(out, content)
    tell(out, content)
