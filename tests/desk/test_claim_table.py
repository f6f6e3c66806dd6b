"""All claims as rows: filters, words, the way to the chart, and a CSV without formulas."""

import csv
import io
from typing import Any

import duckdb
import pytest

from desk import claim_table, evidence, figure_list
from desk.claim_table import Wanted
from etl.entries import LANGUAGES
from tests.support import TODAY

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows(con: duckdb.DuckDBPyConnection) -> list[Row]:
    return evidence.all_claims(con, TODAY)


@pytest.mark.parametrize("key", ["indicator", "verdict", "kind"])
def test_a_filter_leaves_what_has_the_value_and_loses_none_of_it(key: str, rows: list[Row]) -> None:
    for value in sorted({row[key] for row in rows}):
        found = claim_table.matching(rows, Wanted(**{key: value}), "en")
        assert found == [row for row in rows if row[key] == value]


def test_filters_of_publisher_and_year_narrow_together(rows: list[Row]) -> None:
    found = claim_table.matching(rows, Wanted(publisher="TASS", year="2024"), "en")
    assert found
    for row in found:
        assert row["page"] == "TASS"
        assert row["period_start"].year <= 2024 <= row["period_end"].year
    assert claim_table.matching(rows, Wanted(), "en") == rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_that_are_looked_for_must_be_said(language: str, rows: list[Row]) -> None:
    word = rows[-1]["title"].split()[0]
    found = claim_table.matching(rows, Wanted(words=word.upper()), language)
    assert rows[-1] in found
    assert len(found) < len(rows)
    assert claim_table.matching(rows, Wanted(words=f"{word} xyzzy"), language) == []


def test_every_claim_on_a_line_leads_to_a_figure_that_shows_its_indicator(rows: list[Row]) -> None:
    led = [(row, claim_table.chart_of(row)) for row in rows]
    assert sum(lies is not None for _, lies in led) > 200
    for row, lies in led:
        if lies:
            spec = figure_list.find(lies[0])
            assert row["indicator"] in [line.indicator for line in spec.series]
            assert lies[1].get("kind", spec.kinds[0]) in spec.kinds
            assert lies[1]["claim"] == f"{row['article']}.{row['number']}"


def read(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_download_has_every_claim_with_verdict_why_and_evidence(rows: list[Row]) -> None:
    found = read(claim_table.as_csv(rows, "en"))
    assert [row["verdict"] for row in found] == [row["verdict"] for row in rows]
    assert [row["explanation"] for row in found] == [row["explanation_en"] for row in rows]
    first = next(number for number, row in enumerate(rows) if row["evidence"])
    assert found[first]["evidence_url"] == rows[first]["evidence"][0]["url"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_download_is_a_formula(start: str, rows: list[Row]) -> None:
    sly = f'{start}HYPERLINK("https://evil.example","a\nb")'
    texts = dict.fromkeys(("title", "publisher", "url", "explanation_en", "reason"), sly)
    seen = dict.fromkeys(("value", "unit", "publisher", "published", "url"), sly)
    row = rows[0] | texts | {"evidence": [seen]}
    [told] = read(claim_table.as_csv([row], "en"))
    cells = [cell for cell in told.values() if "HYPERLINK" in cell]
    assert len(cells) == 10
    assert all(cell == f"'{sly}" for cell in cells)
