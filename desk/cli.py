"""The `amur` command."""

import sys
from importlib import import_module
from typing import Annotated

import typer

from desk.commands.console import Exit, progress, say
from etl.errors import AmurError, BadInput, Busy, CatalogError, CheckFailed, NotWritable

# what each module of desk/commands does: to load all of them takes longer than most commands
COMMANDS = {
    "refreshing": ("refresh", "due", "schedule", "check", "status"),
    "ingesting": ("ingest",),
    "asking": ("indicators", "figures", "series", "provenance"),
    "judging": ("verdict",),
    "reading": ("read",),
    "exporting": ("export", "brief"),
    "flowing": ("flows", "demo-flows"),
}


def app(asked: str = "") -> typer.Typer:
    """Return the command with what is needed for one word of it; with everything for others."""
    made = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Trade and energy indicators for Russia and China, each figure with its source.",
    )
    holding = [name for name, words in COMMANDS.items() if asked in words]
    for name in holding or COMMANDS:
        commands = import_module(f"desk.commands.{name}").commands
        made.registered_commands += commands.registered_commands
        made.registered_groups += commands.registered_groups
    made.command()(serve)
    return made


def main() -> None:
    """Run the command; every expected failure is a sentence and an exit code."""
    try:
        app(*sys.argv[1:2])()
    except (CheckFailed, NotWritable) as error:
        _fail(error, Exit.REFUSED)
    except (BadInput, CatalogError) as error:
        building = sys.argv[1:2] in (["refresh"], ["due"])
        _fail(error, Exit.REFUSED if building else Exit.BAD_INPUT)
    except Busy as error:
        _fail(error, Exit.BUSY)
    except AmurError as error:
        _fail(error, Exit.BAD_INPUT)
    except BrokenPipeError:
        sys.stderr.close()


def _fail(error: Exception, code: Exit) -> None:
    typer.echo(f"amur: {error}", err=True)
    raise SystemExit(int(code))


def serve(
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to listen at; another one than this machine needs a proxy.")
    ] = "127.0.0.1",
) -> None:
    """Open the dashboard on a build of the data as they are now.

    Where that build is refused, the previous one is served and the reason is said.
    """
    from etl import refresh, warehouse

    try:
        with progress() as step:
            refresh.run(step)
    except AmurError as error:
        say(f"amur: {error}")
        say(f"Build {warehouse.current().id} is shown.")
    from desk import server

    server.run(port, host)


if __name__ == "__main__":
    main()
