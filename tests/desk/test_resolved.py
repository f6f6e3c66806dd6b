"""What a build says on a day is asked for once and is the same for all who ask."""

import shutil
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from desk import evidence, figure_list, figures, resolved
from desk.evidence import Scope
from desk.lines import Options
from desk.series import Query, series
from desk.widgets import loading
from etl.warehouse import Build
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh
from tests.desk.framed import opened, sound
from tests.support import TODAY

SCOPE = Scope(("trade_total",), date(2015, 1, 1), date(2026, 12, 31), TODAY)


@pytest.fixture
def own(build: Build, tmp_path: Path) -> Path:
    """Copy the build to a file that a test may write to."""
    return Path(shutil.copy(build.path, tmp_path / build.path.name))


def test_a_line_can_be_changed_by_who_asked_and_the_next_sees_nothing_of_it(
    con: duckdb.DuckDBPyConnection,
) -> None:
    first = series(con, Query("trade_total", "year"), TODAY).points
    kept = first.copy()
    first["value"] = 0.0
    assert series(con, Query("trade_total", "year"), TODAY).points.equals(kept)


def test_a_build_written_anew_under_its_name_is_asked_anew(own: Path) -> None:
    with duckdb.connect(str(own), read_only=True) as con:
        before = series(con, Query("trade_total", "year"), TODAY).points["value"]
    with duckdb.connect(str(own)) as con:
        con.execute("UPDATE point SET value = value * 2 WHERE indicator = 'trade_total'")
    with duckdb.connect(str(own), read_only=True) as con:
        after = series(con, Query("trade_total", "year"), TODAY).points["value"]
    assert list(after) == [value * 2 for value in before]


def test_a_line_of_a_database_in_memory_is_never_taken_from_another(own: Path) -> None:
    values = []
    for factor in (1, 3):
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{own}' AS held (READ_ONLY)")
            for (table,) in con.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'held'"
            ).fetchall():
                con.execute(f"CREATE TABLE {table} AS FROM held.{table}")
            con.execute("UPDATE point SET value = value * ?", [factor])
            values.append(list(series(con, Query("trade_total", "year"), TODAY).points["value"]))
    assert values[1] == [value * 3 for value in values[0]]


def test_the_days_last_looked_at_are_kept_and_no_more(con: duckdb.DuckDBPyConnection) -> None:
    days = [TODAY - timedelta(days=number) for number in range(resolved.KEPT + 1)]
    found = [resolved.of(con, day) for day in days]
    assert resolved.of(con, days[-1]) is found[-1]
    assert resolved.of(con, days[0]) is not found[0], "all days that ever were looked at are kept"


def test_claims_of_two_indicators_stand_newest_first(con: duckdb.DuckDBPyConnection) -> None:
    both = Scope(("trade_total", "crude_ru_cn_volume"), SCOPE.start, SCOPE.end, TODAY)
    rows = evidence.claims(con, both)
    days = [row["published"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert {row["indicator"] for row in rows} == set(both.indicators)


def test_the_pages_of_a_figure_are_as_many_as_are_told(con: duckdb.DuckDBPyConnection) -> None:
    for spec in figure_list.load().values():
        scope = Scope(spec.indicators, SCOPE.start, SCOPE.end, TODAY)
        assert evidence.source_count(con, scope) == len(evidence.sources(con, scope)), spec.id


def test_a_claim_on_no_period_speaks_of_every_span(con: duckdb.DuckDBPyConnection) -> None:
    held = resolved.of(con, TODAY).claims
    timeless = {
        (row["article"], row["number"]): row
        for rows in held.values()
        for row in rows
        if row["period_end"] is None
    }
    assert timeless
    row = next(iter(timeless.values()))
    narrow = Scope((row["indicator"],), date(1996, 1, 1), date(1996, 12, 31), TODAY)
    assert row in evidence.claims(con, narrow)


def test_drawing_a_page_changes_no_answer_that_others_share(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = figure_list.find("trade_totals")
    asked = Options(TODAY, SCOPE.start, SCOPE.end, "en", "year", "USD bn")
    scope = Scope(spec.indicators, SCOPE.start, SCOPE.end, TODAY)
    figure, beside = loading.figure(build.id, spec.id, asked), loading.beside(build.id, scope)
    before = deepcopy((vars(figure), vars(beside)))
    made = []
    load = figures.figure
    monkeypatch.setattr(figures, "figure", lambda con, s, *a: made.append(s.id) or load(con, s, *a))
    point = "trade_total:2024-01-01:2024-12-31"
    sound(opened("trade", as_of=TODAY.isoformat()))
    sound(opened("trade", as_of=TODAY.isoformat(), at_trade_totals=point))
    assert "trade_growth" in made, "the page asked for nothing"
    assert spec.id not in made, "the page was drawn from an answer of its own"
    assert (vars(figure), vars(beside)) == before
