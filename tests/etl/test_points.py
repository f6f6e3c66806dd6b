"""What holds for every point of the warehouse, whatever it tells."""

import duckdb
import pytest

RULES = {
    "a point without a number": "value IS NULL OR isnan(value) OR isinf(value)",
    "a point without a precision": "precision IS NULL OR isnan(precision) OR precision < 0",
    "a point that was never known": "known_from >= known_to",
    "a point without a period": "period_start IS NULL OR period_end < period_start",
    "a computed point that does not say from what": "observation IS NULL AND inputs = ''",
    "a computed point that passes for reported": "observation IS NULL AND status = 'reported'",
    "an observed point that passes for computed": "observation IS NOT NULL AND inputs <> ''",
    "a month that is none": "period_kind = 'month' AND period_end <> last_day(period_start)",
    "a year that is none": "period_kind = 'year' AND strftime(period_end, '%m%d') <> '1231'",
}


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_warehouse_holds_no_such_point(con: duckdb.DuckDBPyConnection, rule: str) -> None:
    found = con.execute(f"SELECT indicator, unit, period_start FROM point WHERE {rule}").fetchall()
    assert found == []


def test_one_day_knows_one_point_of_a_period(con: duckdb.DuckDBPyConnection) -> None:
    twice = con.execute(
        "SELECT indicator, period_start FROM ("
        "  SELECT *, lead(known_from) OVER (PARTITION BY indicator, unit, terms, period_kind, "
        "    period_start, period_end ORDER BY known_from) AS next_from FROM point) "
        "WHERE next_from < known_to"
    ).fetchall()
    assert twice == []


def test_every_point_has_an_indicator_and_a_unit_of_its_lines(
    con: duckdb.DuckDBPyConnection,
) -> None:
    lost = con.execute(
        "SELECT DISTINCT p.indicator, p.unit FROM point p LEFT JOIN indicator i "
        "ON i.id = p.indicator LEFT JOIN unit u ON u.id = p.unit WHERE i.id IS NULL OR u.id IS NULL"
    ).fetchall()
    assert lost == []


def test_every_column_says_what_it_means(con: duckdb.DuckDBPyConnection) -> None:
    silent = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal AND schema_name = 'main' AND coalesce(comment, '') = ''"
    ).fetchall()
    assert silent == []


def test_no_check_of_the_shipped_build_is_an_error(con: duckdb.DuckDBPyConnection) -> None:
    severities = con.execute("SELECT DISTINCT severity, passed FROM finding").fetchall()
    assert ("error", True) in severities
    assert ("error", False) not in severities
