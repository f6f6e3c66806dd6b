"""The command that takes what a person hands in."""

from dataclasses import asdict
from typing import Annotated

import typer

from desk.commands.console import AsJson, emit, progress, say
from desk.commands.refreshing import tell
from etl import ingest
from etl.errors import AmurError
from etl.runs import Report

commands = typer.Typer()


@commands.command("ingest")
def ingest_command(
    names: Annotated[list[str], typer.Argument(metavar="FILE|URL…", help="Tables or articles.")],
    source: Annotated[str, typer.Option(help="Source of rows that name none.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take downloaded tables and articles: all of it, or nothing (exit 2)."""
    report = Report()
    try:
        with progress() as step:
            said = ingest.ingest(names, source, step, report)
    except AmurError as error:
        if as_json:
            emit(asdict(report) | {"error": str(error)})
        raise
    for line in said:
        say(f"Read: {line}")
    tell(report, as_json)
    raise typer.Exit(report.exit_code)
