"""The facts of the shipped data, loaded once, and a claim as `amur verdict` takes it."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from etl import catalog
from etl.reading import facts, rulebook, said, verdict
from etl.reading.facts import Facts
from etl.reading.verdict import Judged
from tests.support import DATA

Judge = Callable[..., Judged]
ELSEWHERE = "https://example.org/an-article"


@pytest.fixture(scope="session")
def known(con: duckdb.DuckDBPyConnection) -> Facts:
    return facts.load(con, catalog.load(DATA / "catalog"), rulebook.load(DATA / "catalog"))


def row(
    indicator: str, value: float | None, unit: str | None, period: str, **changes: Any
) -> dict[str, Any]:
    """Return a line of `amur verdict`: `period` is a year, a month, or two days with a slash.

    Keys of the claim and of the article may both be among the changes.
    """
    first, _, last = period.partition("/")
    bound = changes.pop("bound", "=")
    claim: dict[str, Any] = {
        "value": value,
        "low": None if bound in ("<", "~") else value,
        "high": None if bound in (">", "~") else value,
        "bound": bound,
        "unit": unit,
        "period_start": first,
        "period_end": last or first,
        "indicator": indicator,
        "change": None,
    }
    article = {
        "id": "1",
        "article_url": ELSEWHERE,
        "publisher": "A Paper",
        "published": "2026-05-01",
        "title": "",
        "sentence": "",
    }
    of_article = {key: changes.pop(key) for key in list(changes) if key in article}
    return article | of_article | {"claim": claim | changes}


@pytest.fixture(scope="session")
def judge(known: Facts) -> Judge:
    """Return what judges one claim, given as `row` takes it."""

    def judged(*arguments: Any, **changes: Any) -> Judged:
        return verdict.judge(known, said.of_row(row(*arguments, **changes), known.entries))

    return judged
