"""The command that reads articles: `amur read [FILE|URL|-]` and `amur read --jsonl < in > out`."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from desk.commands.console import AsJson, day, emit
from etl import catalog, paths, warehouse
from etl.entries import Catalog
from etl.errors import BadInput, Fault
from etl.reading import article, facts, rulebook, told
from etl.reading.article import Article
from etl.reading.facts import Facts
from etl.reading.grammar import finer
from etl.reading.told import Told

commands = typer.Typer()
SHAPE = "write one object a line: id, text, as_of (YYYY-MM-DD)"


@dataclass(frozen=True)
class Row:
    """One line of `--jsonl`."""

    id: object
    text: str
    as_of: date


@commands.command("read")
def read_command(
    source: Annotated[str, typer.Argument(help="A file, an address, or - for stdin.")] = "-",
    as_of: Annotated[str | None, typer.Option(help="Day of the article (YYYY-MM-DD).")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One text a line on stdin.")] = False,
    no_verdict: Annotated[bool, typer.Option("--no-verdict", help="Read, do not judge.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="JSON: the text too.")] = False,
    public: Annotated[bool, typer.Option("--public", help="No private addresses.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read the figures of an article: what each speaks of, and what the warehouse says of it."""
    if jsonl:
        rows = _rows(sys.stdin.buffer)
        entries = catalog.load(paths.shipped() / "catalog")
        known = None if no_verdict else _facts(entries)
        own = finer.catalogued(entries)
        for row in rows:
            found = told.read(Article(row.text), row.as_of, known, own)
            emit({"id": row.id, "claims": [_claim(each) for each in found]})
        return
    taken = _taken(source, public)
    when = day(as_of) if as_of or not taken.published else taken.published
    entries = catalog.load(paths.shipped() / "catalog")
    known = None if no_verdict else _facts(entries)
    found = told.read(taken, when, known, finer.catalogued(entries))
    if as_json:
        head: dict[str, Any] = {
            "title": taken.title,
            "publisher": taken.publisher,
            "url": taken.url,
        }
        head |= {"published": taken.published, "language": taken.language, "as_of": when}
        head |= {"build_id": None if no_verdict else warehouse.current().id}
        if with_text:
            head |= {"text": taken.text}
        emit(head | {"claims": [_claim(each) for each in found]})
        return
    for each in found:
        typer.echo(_line(each))


def _taken(source: str, public: bool) -> Article:
    if source != "-":
        return article.of_name(source, public)
    return article.of_bytes("standard input", sys.stdin.buffer.read())


def _facts(entries: Catalog) -> Facts:
    rules = rulebook.load(paths.shipped() / "catalog")
    with warehouse.connect(warehouse.current()) as con:
        return facts.load(con, entries, rules)


def _claim(each: Told) -> dict[str, Any]:
    row = asdict(each.claim)
    if each.judged is None:
        return row
    found = each.judged.now
    keys = ("indicator", "period_start", "period_end", "value", "unit", "url", "published")
    return row | {
        "verdict": found.verdict,
        "reason": found.reason,
        "evidence": [{key: getattr(seen, key) for key in keys} for seen in found.evidence],
        "explanation": found.explanation["en"],
        "verdict_then": each.judged.then.verdict,
    }


def _line(each: Told) -> str:
    claim = each.claim
    period = f"{claim.period_start} – {claim.period_end}" if claim.period_start else "no period"
    spoken = claim.indicator_own or claim.indicator
    head = f"«{claim.span_text}»  {spoken}, {period}, {claim.kind}"
    if each.judged is None:
        return head
    found = each.judged.now
    reason = f" ({found.reason})" if found.reason else ""
    return f"{head}\n    {found.verdict}{reason}: {found.explanation['en']}"


def _rows(lines: Iterable[bytes]) -> list[Row]:
    """Read every line; raise BadInput with all that cannot be read."""
    found: list[Row] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_row(json.loads(line)))
        except (ValueError, RecursionError) as error:
            faults.append(Fault("stdin", number, f"the line cannot be read ({error})", SHAPE))
    if faults:
        raise BadInput(faults)
    return found


def _row(raw: object) -> Row:
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str) or "id" not in raw:
        raise ValueError("it is no object with id and text")
    as_of = raw.get("as_of") or datetime.now(UTC).date().isoformat()
    if not isinstance(as_of, str):
        raise ValueError("as_of is no date")
    return Row(raw["id"], raw["text"], date.fromisoformat(as_of[:10]))
