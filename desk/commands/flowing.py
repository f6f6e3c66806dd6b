"""Commands on the lake of detailed customs flows: add, status, compact, generate, demo."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desk.commands.console import AsJson, Exit, day, emit, say
from etl.errors import UnknownRequest
from etl.flows import add, compact, demo, generate, lake, manifest

commands = typer.Typer()
flows = typer.Typer(
    no_args_is_help=True,
    help="Detailed customs flows: every product, every partner (docs/flows.md).",
)
commands.add_typer(flows, name="flows")


@flows.command("add")
def add_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE…]", help="Tables; none: what Comtrade's connector fetched."),
    ] = None,
    released: Annotated[
        str | None, typer.Option(help="Day of release of rows that name none (YYYY-MM-DD).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take tables of flows into the lake: all of them, or nothing (exit 2)."""
    files = add.handed(names, day(released, "released")) if names else add.fetched()
    if not files:
        raise UnknownRequest(
            "No Comtrade answer has been fetched yet; run `amur refresh --source comtrade`, or "
            "name the files to add."
        )
    with bar() as tell:
        told = add.add(files, tell)
    if as_json:
        emit(asdict(told))
    tell_added(told)


def tell_added(told: add.Told) -> None:
    """Say what an addition did, and what was settled by rule."""
    for line in told.files:
        say(f"Read: {line}")
    for name in told.known:
        say(f"Held already: {name}")
    if not told.segment:
        say("The lake is as it was.")
        return
    rules = {
        f"{told.repeated} repeated rows count once": told.repeated,
        f"{told.parts} parts of totals (procedure, transport, partner) kept aside": told.parts,
        f"{told.summed} totals summed from their parts": told.summed,
        f"{told.unsettled} keys have parts that cannot be added up": told.unsettled,
        f"{told.groups} rows of groups of countries left out": told.groups,
    }
    for text, count in rules.items():
        if count:
            say(f"  {text}")
    if told.superseding:
        say(f"  periods told before are told anew by {', '.join(told.superseding[:12])}")
    say(f"{told.rows} rows are in the lake as segment {told.segment}.")


@flows.command("status")
def status_command(
    verify: Annotated[bool, typer.Option(help="Compare every file with its checksum.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what the lake holds; exit 1 when a file is not as committed."""
    held = manifest.read()
    broken = manifest.verify(held) if verify else []
    told = lake.describe(held)
    if as_json:
        emit(told | {"broken": [asdict(each) for each in broken]})
    if not held.segments:
        say("No customs flows are held here yet; add some with `amur flows add FILE`.")
    for name, value in told.items():
        if not isinstance(value, list):
            say(f"{name:12} {value}")
    for row in told["sources"]:
        say(
            f"{row['source']:12} {row['rows']} rows, {row['reporters']} reporters, "
            f"{row['first']} to {row['last']}"
        )
    for each in broken:
        say(f"{each.path} {each.what}")
    raise typer.Exit(int(Exit.PARTLY if broken else Exit.DONE))


@flows.command("compact")
def compact_command(as_json: AsJson = False) -> None:
    """Put the segments together: fewer files, what was replaced set apart."""
    with bar("compact") as tell:
        made = compact.compact(lambda done, total: tell(done, total, ""))
    held = manifest.read()
    if as_json:
        emit({"segment": made.id if made else None, "rows": held.rows("rows")})
    say(
        f"{held.rows('rows')} rows in {len(held.files('rows'))} files."
        if made
        else "Nothing to do."
    )


@flows.command("generate")
def generate_command(
    rows: Annotated[int, typer.Option(help="How many rows, about.")],
    out: Annotated[Path, typer.Option(help="Folder for the CSV files.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 7,
) -> None:
    """Write invented flows in UN Comtrade's columns, for tests and benchmarks."""
    with bar("generate") as tell:
        made = generate.generate(rows, out, seed, tell)
    for file in made.files:
        say(f"{file} {file.stat().st_size / 2**20:.0f} MB")
    say(f"{made.rows} invented rows, {made.revised_rows} of them revised in a later release.")


@commands.command("demo-flows")
def demo_flows() -> None:
    """Fill an empty lake with invented figures, marked so wherever they are shown."""
    with bar("demo") as tell:
        told = demo.fill(tell)
    say(f"{told.rows} INVENTED rows are in the lake; `amur serve` shows them, marked as invented.")
    say("To be rid of them, remove the folder flows/ of AMUR_DATA.")


@contextmanager
def bar(label: str = "flows") -> Iterator[Callable[[int, int, str], None]]:
    """Show how far the reading is on a terminal, and say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    with typer.progressbar(length=1000, label=label, file=sys.stderr) as shown:

        def tell(done: int, total: int, name: str) -> None:
            shown.update(max(0, 1000 * done // max(total, 1) - shown.pos))

        yield tell
