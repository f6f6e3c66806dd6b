"""What is selected on a figure: written and read back, narrowed to, calculated, corrected."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import duckdb
import pytest

from desk import (
    calculation,
    claim_table,
    correction,
    evidence,
    narrowing,
    plot,
    reasons,
    selection,
    series,
)
from desk.evidence import Scope
from desk.figures import Figure
from desk.selection import Selection, Spot
from desk.sql import statement
from etl.entries import LANGUAGES
from etl.paths import ROOT
from tests.support import printed

Con = duckdb.DuckDBPyConnection
Make = Callable[..., Figure]
YEAR = Spot("trade_total", date(2024, 1, 1), date(2024, 12, 31))
TODAY = date(2026, 1, 1)


def scope_of(figure: Figure) -> Scope:
    options = figure.options
    return Scope(("trade_total",), options.start, options.end, options.as_of)


def asking(con: Con) -> Callable[[Scope], evidence.Beside]:
    return partial(evidence.beside, con)


def test_a_selection_is_read_back_as_it_was_written() -> None:
    wanted = Selection((YEAR, replace(YEAR, indicator="crude")), ("a002.1",), ("e001",))
    assert selection.parse(str(wanted)) == wanted


@pytest.mark.parametrize("words", ["", ",", "x", "a:b:c", "trade_total:2024-13-01:2024-12-31", ":"])
def test_what_is_no_mark_is_left_out_of_a_selection(words: str) -> None:
    assert not selection.parse(words)


def test_what_has_no_mark_on_a_figure_is_left_out(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    asked = Selection((YEAR, replace(YEAR, end=date(2024, 6, 30))), ("none.1",), ("none",))
    assert selection.on(figure, asked) == Selection((YEAR,))


def test_every_mark_of_a_figure_names_itself(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    named = [
        word
        for trace in plot.sketch(figure).data
        for word in trace.get("customdata", [])
        if trace.get("mode") != "lines"
    ]
    found = selection.parse(",".join(named))
    points = {Spot(line.indicator, p.start, p.end) for line in figure.lines for p in line.points}
    assert {*found.spots} == points
    assert {*found.claims} == {claim_table.name(row) for row in figure.claims}
    assert {*found.events} == {row["id"] for row in figure.events}


def test_what_is_pointed_at_is_ringed_and_nothing_else(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    plain, event = plot.sketch(figure).data, figure.events[0]
    drawn = plot.sketch(figure, Selection((YEAR,), (), (event["id"],))).data
    added = drawn[len(plain) :]
    [point] = [p for line in figure.lines for p in line.points if p.start == YEAR.start][:1]
    assert [trace["y"] for trace in added] == [[point.value], [0.0, 1.0]]
    assert added[1]["x"] == [event["date"], event["date"]]


def test_the_evidence_of_a_point_speaks_of_its_period_alone(con: Con, make: Make) -> None:
    figure = make("trade_totals", kind="year")
    wanted = Selection((YEAR,))
    found = narrowing.narrowed(asking(con), scope_of(figure), figure.events, wanted)
    pages = narrowing.sources(partial(evidence.sources, con), scope_of(figure), wanted)
    assert found.claims
    assert pages
    for row in [*found.claims, *pages]:
        assert row["period_start"].year == row["period_end"].year == 2024
    assert {row["story"] for row in found.articles} == {row["story"] for row in found.claims}
    assert {row["date"].year for row in narrowing.happened(figure.events, wanted)} == {2024}
    everything = asking(con)(scope_of(figure))
    assert len(found.claims) < len(everything.claims)


def test_the_evidence_of_a_claim_is_its_article(con: Con, make: Make) -> None:
    figure = make("trade_totals", kind="year")
    row = figure.claims[0]
    wanted = Selection(claims=(claim_table.name(row),))
    found = narrowing.narrowed(asking(con), scope_of(figure), figure.events, wanted)
    assert [claim_table.name(each) for each in found.claims] == [claim_table.name(row)]
    assert {article["story"] for article in found.articles} == {row["story"]}
    assert narrowing.happened(figure.events, wanted) == []


def test_selected_years_are_added_and_compared(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    years = (replace(YEAR, start=date(2023, 1, 1), end=date(2023, 12, 31)), YEAR)
    [row] = calculation.of(selection.points(figure, Selection(years)))
    first, last = (point.value for point in row.points)
    assert [point.start.year for point in row.points] == [2023, 2024]
    assert row.total == pytest.approx(first + last)
    assert row.mean == pytest.approx((first + last) / 2)
    assert row.growth == pytest.approx((last / first - 1) * 100)


@pytest.mark.parametrize(
    ("figure", "kind", "why"),
    [
        ("trade_growth", "year", "level"),
        ("crude_price", "month", "level"),
        ("trade_ytd", None, "overlap"),
    ],
)
def test_what_must_not_be_added_is_not(make: Make, figure: str, kind: str, why: str) -> None:
    made = make(figure, kind=kind)
    line = max(made.lines, key=lambda line: len(line.points))
    [row] = calculation.of([(line, point) for point in line.points])
    assert (row.total, row.why_not) == (None, why)


def test_overlapping_and_unequal_periods_have_neither_mean_nor_growth(make: Make) -> None:
    made = make("trade_ytd", kind=None)
    line = max(made.lines, key=lambda line: len(line.points))
    chosen = [(line, point) for point in line.points]
    [row] = calculation.of([chosen[0], chosen[-1]])
    assert (row.mean, row.growth) == (None, None)
    months = make("trade_totals", kind="month")
    total = next(each for each in months.lines if each.indicator == "trade_total")
    first = next(
        place
        for place, point in enumerate(total.points)
        if point.start.year == 2024 and point.end.month - point.start.month == 1
    )
    [row] = calculation.of([(total, point) for point in total.points[first : first + 3]])
    assert row.total == pytest.approx(sum(point.value for point in row.points))
    assert (row.mean, row.growth) == (None, None)


def test_growth_of_a_share_is_not_told_in_percent(make: Make) -> None:
    made = make("trade_shares", kind="year")
    line = max(made.lines, key=lambda line: len(line.points))
    [row] = calculation.of([(line, point) for point in line.points])
    assert row.growth is None


def test_a_proposed_correction_names_the_observation_word_for_word(con: Con) -> None:
    rows = series.provenance(con, "trade_total", YEAR.start, YEAR.end, TODAY)
    used = next(row for row in rows if row["chosen"])
    line = correction.line("trade_total", "2024-01-01", "2024-12-31", used, "why, so")
    with (ROOT / "data" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    told = dict(zip(header, next(csv.reader([line])), strict=True))
    assert told["reason"] == "why, so"
    fields = ("indicator", "period_kind", "period_start", "period_end", "value", "unit", "terms")
    [row] = printed("trade.csv", **{name: told[name] for name in (*fields, "url")})
    assert row["publisher"] == used["publisher"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(con: Con, language: str) -> None:
    [case] = re.findall(r"CASE((?:(?!CASE).)*?)END AS why", statement("provenance"), re.DOTALL)
    names = {*re.findall(r"(?:THEN|ELSE|,) '?(?:if\(c.disputed, )?'?(\w+)'", case), "derived"}
    assert {"chosen", "same", "before_end", "other_kind"} < names
    [row] = series.provenance(con, "trade_total", YEAR.start, YEAR.end, TODAY)[:1]
    for why in names:
        told = reasons.say(row | {"why": why, "correction": "CORRECTED"}, TODAY, language)
        assert len(told) > 2
        assert "{" not in told
        assert ("CORRECTED" in told) == (why == "corrected")
