"""What a command loads before it does anything: its own module, not what others need."""

import subprocess
import sys
from importlib import import_module

import pytest
import typer

from desk import cli

HEAVY = ("pandas", "plotly", "streamlit", "pypdf", "trafilatura", "requests", "feedparser", "babel")
LOADED = "import sys; from desk import cli; cli.app('flows'); print(*sys.modules)"


def words(commands: typer.Typer) -> set[str]:
    """Return the words after `amur` that a module of commands answers to."""
    named = {each.name or each.callback.__name__ for each in commands.registered_commands}
    return named | {str(each.name) for each in commands.registered_groups}


@pytest.mark.parametrize("module", cli.COMMANDS)
def test_every_command_is_found_in_the_module_that_is_named_for_it(module: str) -> None:
    assert words(import_module(f"desk.commands.{module}").commands) == set(cli.COMMANDS[module])


def test_a_word_that_is_no_command_is_held_against_all_of_them() -> None:
    everything = {word for named in cli.COMMANDS.values() for word in named} | {"serve"}
    assert words(cli.app("nonsense")) == words(cli.app()) == everything


def test_adding_flows_waits_for_no_library_that_it_does_not_use() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert not set(HEAVY) & set(done.stdout.split())
