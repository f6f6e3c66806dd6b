"""The verdicts of every stored claim into the warehouse, at the end of each build."""

import json
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pandas as pd

from etl import catalog_tables
from etl.entries import LANGUAGES, Catalog
from etl.reading import facts, verdict
from etl.reading.claim import Claim
from etl.reading.rulebook import Rulebook
from etl.reading.said import Said, days_of
from etl.reading.verdict import Verdict
from etl.sql import statement


def fill(con: duckdb.DuckDBPyConnection, entries: Catalog, rules: Rulebook) -> None:
    """Judge every claim by what this build holds, and keep both verdicts."""
    told = con.execute(statement("claims_told")).fetchall()
    if not told:
        return
    known = facts.load(con, entries, rules)
    rows: list[dict[str, Any]] = []
    for article, group in groupby(told, key=itemgetter(0)):
        listed = list(group)
        judged = verdict.judge_article(known, [_said(row) for row in listed])
        for row, found in zip(listed, judged, strict=True):
            for as_of, each in (("article", found.then), ("build", found.now)):
                rows.append({"article": article, "number": row[1], "as_of": as_of} | cells(each))
    catalog_tables.insert(con, "verdict", pd.DataFrame(rows))


def _said(row: tuple[Any, ...]) -> Said:
    value, low, high, bound, unit, start, end, *rest = row[2:]
    change, direction, indicator, kind, terms, *of_article = rest
    url, publisher, wire, published, published_text, title = of_article
    claim = Claim(
        value=value,
        low=low,
        high=high,
        bound=bound,
        unit=unit,
        period_start=start,
        period_end=end,
        change=change,
        direction=direction,
        indicator=indicator,
        kind=kind,
        terms=terms,
    )
    first, _ = days_of(published_text) or (published, published)
    return Said(claim, url, publisher, published, first, title, sentence=title, wire=wire or "")


def cells(found: Verdict) -> dict[str, Any]:
    """Return a verdict as it is kept: its sentence in every language, its evidence as JSON."""
    evidence = [asdict(each) for each in found.evidence]
    return {
        "verdict": found.verdict,
        "reason": found.reason,
        **{f"explanation_{key}": found.explanation[key] for key in LANGUAGES},
        "evidence": json.dumps(evidence, ensure_ascii=False, default=str),
    }
