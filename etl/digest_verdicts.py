"""Which claims a build judges otherwise than the one before: a part of the digest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import duckdb

from etl.sql import statement


@dataclass(frozen=True)
class Changed:
    """A claim whose verdict changed; the value is empty where only a bound was told."""

    article: str
    title: str
    publisher: str
    url: str
    number: int
    indicator: str
    value: float | None
    unit: str | None
    period_start: str | None
    period_end: str | None
    old_verdict: str
    old_reason: str | None
    verdict: str
    reason: str | None
    explanation: str


def changed(con: duckdb.DuckDBPyConnection) -> list[Changed]:
    """Compare the verdicts of the attached builds `fresh` and `previous`.

    A previous build of a version that judged nothing has nothing to compare with.
    """
    held = con.execute(
        "SELECT count(*) FROM duckdb_tables() "
        "WHERE database_name = 'previous' AND table_name = 'verdict'"
    ).fetchone()
    if not held or not held[0]:
        return []
    result = con.execute(statement("digest_verdicts"))
    names = [column[0] for column in result.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    for row in rows:
        if row["value"] is None:
            row["value"] = row["low"] if row["high"] is None else row["high"]
        for key in ("period_start", "period_end"):
            row[key] = row[key].isoformat() if row[key] else None
    return [Changed(**{item.name: row[item.name] for item in fields(Changed)}) for row in rows]


def lines(told: Sequence[Changed]) -> Iterator[str]:
    """Yield one line a claim: who says what, and what is said of it now."""
    for each in told:
        old, new = _named(each.old_verdict, each.old_reason), _named(each.verdict, each.reason)
        value = "" if each.value is None else f" {each.value:.10g} {each.unit or ''}".rstrip()
        yield (
            f"{each.publisher}, «{each.title}», {each.indicator}{value}: "
            f"{old} → **{new}**. {each.explanation}"
        )


def _named(verdict: str, reason: str | None) -> str:
    return f"{verdict} ({reason})" if reason else verdict
