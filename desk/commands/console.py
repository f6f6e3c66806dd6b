"""What all commands share: exit codes, options, JSON on stdout, words and progress on stderr."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import IntEnum
from typing import Annotated, Any

import typer

from etl.errors import UnknownRequest


class Exit(IntEnum):
    """The exit codes of the contract."""

    DONE = 0
    PARTLY = 1
    BAD_INPUT = 2
    REFUSED = 3
    BUSY = 4


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
AsOf = Annotated[str | None, typer.Option(help="What was known on this day (YYYY-MM-DD).")]


def emit(value: object) -> None:
    """Print one JSON object on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def say(text: str) -> None:
    """Print a line for people on stderr."""
    typer.echo(text, err=True)


def day(text: str | None, name: str = "as-of") -> date:
    """Read a day given on the command line; today for None."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnknownRequest(f"--{name} «{text}» is no date; write YYYY-MM-DD.") from error


@contextmanager
def counting(steps: int, label: str) -> Iterator[Callable[[str], None]]:
    """Show how many of some steps are done on a terminal, and say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    with typer.progressbar(length=steps, label=label, file=sys.stderr) as bar:
        yield lambda name: bar.update(1)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the stages on a terminal as a bar, and say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    stages = ["catalogue", "observations", "series", "verdicts", "checks", "publish"]
    with typer.progressbar(length=len(stages), label="refresh", file=sys.stderr) as bar:
        yield lambda stage: bar.update(1)
