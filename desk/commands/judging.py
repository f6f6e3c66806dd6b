"""The command that judges claims: `amur verdict --jsonl < in > out`."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from desk.commands.console import emit
from etl import catalog, paths, warehouse
from etl.entries import Catalog
from etl.errors import BadInput, Fault, UnknownRequest
from etl.reading import facts, rulebook, said, verdict
from etl.reading.said import BadRow, Said
from etl.reading.verdict import Judged

commands = typer.Typer()
# a longer line is no claim
LONGEST = 1_000_000


@commands.command("verdict")
def verdict_command(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One claim a line on stdin.")] = False,
) -> None:
    """Judge claims against the published build: JSON lines in, verdicts out, in the same order.

    Where a line cannot be read nothing is judged (exit 2) and every such line is named.
    """
    if not jsonl:
        raise UnknownRequest("Give --jsonl and one claim a line on standard input.")
    folder = paths.shipped() / "catalog"
    entries = catalog.load(folder)
    claims = _claims(sys.stdin.buffer, entries)
    with warehouse.connect(warehouse.current()) as con:
        known = facts.load(con, entries, rulebook.load(folder))
    for claim in claims:
        emit(_row(claim, verdict.judge(known, claim)))


def _claims(lines: Iterable[bytes], entries: Catalog) -> list[Said]:
    """Read every line; raise BadInput with all that cannot be read."""
    found: list[Said] = []
    faults: list[Fault] = []
    for number, line in _numbered(lines):
        try:
            if len(line) > LONGEST:
                raise BadRow("the line is longer than a megabyte")
            found.append(said.of_row(json.loads(line, parse_constant=_no_number), entries))
        except BadRow as error:
            faults.append(
                Fault("stdin", number, str(error), "write id, claim and article as the README says")
            )
        except (ValueError, RecursionError) as error:
            faults.append(Fault("stdin", number, f"the line is not JSON ({error})", "mend it"))
    if faults:
        raise BadInput(faults)
    return found


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line


def _no_number(name: str) -> float:
    raise BadRow(f"{name} is no finite number")


def _row(claim: Said, judged: Judged) -> dict[str, Any]:
    found = judged.now
    return {
        "id": claim.id,
        "verdict": found.verdict,
        "reason": found.reason,
        "evidence": [
            {key: value for key, value in vars(each).items() if key != "publisher"}
            for each in found.evidence
        ],
        "explanation": found.explanation["en"],
    }
