"""The `amur` command."""

import sys
from typing import Annotated

import typer

from desk.commands import asking, exporting, flowing, ingesting, judging, reading, refreshing
from desk.commands.console import Exit, progress, say
from etl import refresh, warehouse
from etl.errors import AmurError, BadInput, Busy, CatalogError, CheckFailed, NotWritable

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Trade and energy indicators for Russia and China, each figure with its source.",
)
app.registered_commands += [
    *refreshing.commands.registered_commands,
    *ingesting.commands.registered_commands,
    *asking.commands.registered_commands,
    *judging.commands.registered_commands,
    *reading.commands.registered_commands,
    *exporting.commands.registered_commands,
]
app.add_typer(flowing.commands, name="flows")
app.command("demo-flows")(flowing.demo_flows)


def main() -> None:
    """Run the command; every expected failure is a sentence and an exit code."""
    try:
        app()
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


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8501,
    host: Annotated[
        str, typer.Option(help="Address to listen at; another one than this machine needs a proxy.")
    ] = "127.0.0.1",
) -> None:
    """Open the dashboard on a build of the data as they are now.

    Where that build is refused, the previous one is served and the reason is said.
    """
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
