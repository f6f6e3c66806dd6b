"""Run the definitions of etl/sql/flows over the lake: the same text, whatever the engine.

A definition is plain SQL on `flow`. What `flow` is made of is plain SQL too (lake/last_release.sql,
lake/flow.sql), so that another engine runs all of it by translating text, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from etl import memory, paths
from etl.errors import UnknownRequest
from etl.sources.comtrade_flow import Definition
from etl.sql import statement

ENGINES = ("duckdb", "spark")
# period kind, first day, last day, value, whether estimated
Found = tuple[str, date, date, Decimal | None, bool | None]
# reporter, period kind, first day, HS code
Held = tuple[str, str, date, str]


@dataclass(frozen=True)
class Task:
    """What to run: Parquet files, periods by reporter that have changed, HS codes, definitions.

    `meeting` says that two releases of one period lie in the files.
    """

    files: Sequence[Path]
    meeting: bool
    touched: Sequence[tuple[str, str, date]]
    codes: Sequence[str]
    definitions: Sequence[Definition]


@dataclass(frozen=True)
class Answer:
    """What the definitions give by indicator, in the order of periods; and the codes held."""

    found: dict[str, list[Found]]
    held: list[Held]


class Engine(Protocol):
    """Runs a task."""

    def run(self, task: Task) -> Answer:
        """Return what each definition gives, ordered by period; nulls as they are."""


def engine(name: str) -> Engine:
    """Return an engine by name; raise UnknownRequest where it is unknown or not installed."""
    if name == "duckdb":
        return DuckDB()
    if name == "spark":
        from etl.flows.spark import Spark

        return Spark()
    raise UnknownRequest(f"Engine «{name}» is unknown; use duckdb or spark.")


class DuckDB:
    """The engine of this machine: no start, no cluster."""

    def run(self, task: Task) -> Answer:
        """Run the definitions within AMUR_MEMORY."""
        with memory.connect(paths.flows() / "spill-derive") as con:
            con.execute("SET VARIABLE files = ?", [[str(path) for path in task.files]])
            con.execute("CREATE TEMP VIEW stored AS FROM read_parquet(getvariable('files'))")
            for name, text in inputs(task).items():
                kind = "TEMP TABLE" if name == "flow" else "TEMP VIEW"
                con.execute(f"CREATE {kind} {name} AS {text}")
            found = {
                each.indicator: con.execute(ordered(each)).fetchall() for each in task.definitions
            }
            return Answer(found, con.execute(statement("lake/codes_held")).fetchall())


def inputs(task: Task) -> dict[str, str]:
    """Return what `flow` is made of: names of views and their statements, in their order."""
    periods = ", ".join(
        f"('{reporter}', '{kind}', DATE '{start}')" for reporter, kind, start in task.touched
    )
    codes = ", ".join(f"('{code}')" for code in task.codes)
    return {
        "touched": statement("lake/touched_periods").format(rows=periods),
        "wanted": statement("lake/wanted_codes").format(rows=codes),
        "flow_row": statement("lake/last_release") if task.meeting else "SELECT * FROM stored",
        "flow": statement("lake/flow"),
    }


def ordered(each: Definition) -> str:
    """Return the statement of a definition, its rows in the order of periods."""
    return statement("lake/ordered").format(definition=each.sql)
