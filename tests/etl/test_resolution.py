"""From observations to a series (DESIGN §3), on real rows: each figure is looked up in its file."""

from datetime import date
from itertools import pairwise

import duckdb
import pytest

from desk import series
from etl.errors import UnknownRequest
from tests.support import TODAY, Row, line, month, printed, shipped_rows, year

Con = duckdb.DuckDBPyConnection
JAN_FEB_2024 = ("2024-01-01", "2024-02-29")


def history(con: Con, indicator: str, period: tuple[str, str], as_of: date = TODAY) -> list[Row]:
    start, end = (date.fromisoformat(day) for day in period)
    return series.provenance(con, indicator, start, end, as_of)


def in_period(period: tuple[str, str]) -> dict[str, str]:
    return {"period_start": period[0], "period_end": period[1]}


def test_the_total_of_2024_is_exact_and_no_later_rounded_copy_displaces_it(con: Con) -> None:
    rows = printed("trade.csv", indicator="trade_total", unit="USD bn", **in_period(year(2024)))
    exact = [row for row in rows if row["value"] == "244.819"]
    rounded = [row for row in rows if row["value"] == "244.8"]
    assert max(row["published"] for row in rounded) > max(row["published"] for row in exact)
    point = line(con, "trade_total", "year")[year(2024)]
    assert point["value"] == 244.819
    assert (point["status"], point["disputed"]) == ("reported", False)
    assert point["url"] in {row["url"] for row in exact}


def test_the_total_of_2024_keeps_all_its_reporters(con: Con) -> None:
    rows = printed("trade.csv", indicator="trade_total", **in_period(year(2024)))
    found = history(con, "trade_total", year(2024))
    assert sorted(row["url"] for row in found) == sorted(row["url"] for row in rows)
    assert (found[0]["chosen"], found[0]["value_text"]) == (True, "244.819")
    assert all(row["reason"] for row in found)
    said = {row["reason"] for row in found if row["value_text"] == "244.8"}
    assert said == {"says the same, with fewer digits"}


def test_the_total_of_2024_was_known_in_ever_finer_digits(con: Con) -> None:
    days = {date(2025, 1, 12): None, date(2025, 1, 13): 244.8, date(2025, 1, 31): 244.81}
    days |= {date(2025, 8, 28): 244.81, date(2025, 8, 29): 244.819}
    known = {day: line(con, "trade_total", "year", day).get(year(2024)) for day in days}
    assert {day: point and point["value"] for day, point in known.items()} == days


def test_as_of_the_middle_of_2024_that_year_has_no_figure(con: Con) -> None:
    known = line(con, "trade_total", "year", date(2024, 6, 30))
    assert year(2024) not in known
    assert year(2023) in known


@pytest.mark.parametrize("day", [date(2015, 6, 30), date(2022, 6, 30), date(2025, 1, 15)])
@pytest.mark.parametrize(
    "indicator",
    ["trade_total", "crude_ru_cn_volume", "coal_ru_cn_volume", "price_brent", "trade_balance"],
)
def test_nothing_is_shown_before_it_was_published(con: Con, indicator: str, day: date) -> None:
    for kind in ("month", "ytd", "year"):
        points = line(con, indicator, kind, day).values()
        assert all(point["published"] <= day.isoformat() for point in points)
        assert all(point["known_from"].date() <= day for point in points)


def test_coal_of_2024_keeps_its_definitions_apart(con: Con) -> None:
    printed("energy.csv", indicator="coal_ru_cn_volume", value="93.86", **in_period(year(2024)))
    printed("energy.csv", indicator="hard_coal_ru_cn_volume", value="88.42")
    assert line(con, "coal_ru_cn_volume", "year")[year(2024)]["value"] == 93.86
    assert line(con, "hard_coal_ru_cn_volume", "year")[year(2024)]["value"] == 88.42
    both = [series.describe(con, f"{coal}_ru_cn_volume") for coal in ("coal", "hard_coal")]
    assert both[0]["definition"] != both[1]["definition"]


def test_imports_of_2022_as_first_published_and_as_implied_later_are_two_vintages(
    con: Con,
) -> None:
    imports = {"indicator": "imports_cn_from_ru", **in_period(year(2022))}
    printed("trade.csv", value="114.149", **imports)
    [first] = printed("trade.csv", value="114.15", **imports)
    later = printed("trade.csv", indicator="imports_cn_from_ru", **in_period(year(2023)))
    start, end = date(2022, 1, 1), date(2022, 12, 31)
    kept = series.vintages(con, "imports_cn_from_ru", start, end, TODAY)
    kept = [row for row in kept if row["unit"] == "USD bn"]
    assert [row["status"] for row in kept] == ["reported", "derived"]
    assert kept[0]["value"] == pytest.approx(114.15, abs=0.0015)
    assert kept[0]["published"].isoformat() == first["published"]
    assert kept[1]["value"] == pytest.approx(114.58, abs=0.01)
    assert kept[1]["low"] < 114.58 < kept[1]["high"]
    assert kept[1]["value"] == pytest.approx(float(later[0]["value"]) / 1.127, abs=0.02)
    assert "12.7 %" in kept[1]["inputs"]


def test_an_implied_vintage_does_not_move_the_line(con: Con) -> None:
    before, today = (
        line(con, "imports_cn_from_ru", "year", day)[year(2022)]
        for day in (date(2023, 12, 31), TODAY)
    )
    assert (before["value"], before["vintages"]) == (114.149, 1)
    assert (today["value"], today["vintages"]) == (114.149, 2)


def test_january_and_february_are_one_point_among_the_months(con: Con) -> None:
    printed("trade.csv", indicator="trade_total", value="37.01", **in_period(JAN_FEB_2024))
    months = line(con, "trade_total", "month")
    assert months[JAN_FEB_2024]["value"] == 37.01
    assert months[JAN_FEB_2024]["period_kind"] == "ytd"
    assert month("2024-01") not in months
    assert month("2024-02") not in months


def test_no_day_is_counted_twice_among_the_months_of_any_indicator(con: Con) -> None:
    monthly = [row["id"] for row in series.indicators(con) if row["first"] and row["additive"]]
    assert len(monthly) > 30
    for indicator in monthly:
        periods = sorted(line(con, indicator, "month"))
        overlaps = [(one, two) for one, two in pairwise(periods) if two[0] <= one[1]]
        assert not overlaps, indicator


def test_a_derived_month_says_from_what(con: Con) -> None:
    cumulated = {
        end: printed("trade.csv", indicator="trade_total", period_end=end, value=value)[0]
        for end, value in (("2025-09-30", "163.621"), ("2025-10-31", "183.243"))
    }
    point = line(con, "trade_total", "month")[month("2025-10")]
    assert point["value"] == pytest.approx(183.243 - 163.621)
    assert (point["status"], point["method"]) == ("derived", "year-to-date difference")
    assert "183.243 − " in point["inputs"]
    assert "163.621" in point["inputs"]
    assert point["published"] >= max(row["published"] for row in cumulated.values())
    rows = history(con, "trade_total", month("2025-10"))
    [told] = [row for row in rows if row["chosen"] and row["unit"] == "USD bn"]
    assert "163.621" in told["reason"]


def test_the_choice_in_the_main_unit_stands_first_in_provenance(con: Con) -> None:
    for period in (month("2025-10"), year(2024), year(2022)):
        assert history(con, "trade_total", period)[0]["unit"] == "USD bn", period


def test_a_derived_month_never_replaces_a_reported_one(con: Con) -> None:
    [row] = printed("trade.csv", indicator="trade_total", value="19.825")
    totals = line(con, "trade_total", "ytd")
    ends = [totals["2025-01-01", end]["value"] for end in ("2025-08-31", "2025-09-30")]
    assert ends[1] - ends[0] != pytest.approx(19.825, abs=0.002)
    point = line(con, "trade_total", "month")[month("2025-09")]
    assert (point["value"], point["status"], point["url"]) == (19.825, "reported", row["url"])


def test_no_computed_point_follows_a_reported_one_anywhere(con: Con) -> None:
    followed = con.execute(
        "SELECT a.indicator, a.unit, a.period_start, a.period_end FROM point a JOIN point b "
        "USING (indicator, unit, terms, period_kind, period_start, period_end) "
        "WHERE a.observation IS NOT NULL AND b.observation IS NULL AND b.known_from > a.known_from"
    ).fetchall()
    assert followed == []


def test_a_derived_month_gives_way_when_the_month_is_reported(con: Con) -> None:
    changed = con.execute(
        "SELECT b.value, o.value FROM point a JOIN point b "
        "USING (indicator, unit, terms, period_kind, period_start, period_end) "
        "JOIN observation o ON o.id = b.observation "
        "WHERE a.method = 'year-to-date difference' AND a.known_to = b.known_from"
    ).fetchall()
    assert changed
    assert all(new == observed for new, observed in changed)


def test_one_sided_figures_are_kept_and_never_compete(con: Con) -> None:
    period = ("2024-01-01", "2024-04-30")
    [row] = printed("trade.csv", indicator="trade_total", bound=">", **in_period(period))
    found = [told for told in history(con, "trade_total", period) if told["url"] == row["url"]]
    assert [told["bound"] for told in found] == [">"]
    assert not found[0]["chosen"]
    assert "one-sided" in found[0]["reason"]
    known = line(con, "trade_total", "ytd").get(period)
    assert known is None or known["value"] != float(row["value"])


def test_only_exact_figures_of_the_right_kind_ever_make_a_line(con: Con) -> None:
    wrong = con.execute(
        "SELECT count(*) FROM point p JOIN observation o ON o.id = p.observation "
        "JOIN indicator i ON i.id = o.indicator "
        "WHERE o.bound <> '=' OR o.kind <> i.kind OR o.correction IS NOT NULL "
        "OR o.published > p.known_from"
    ).fetchone()
    assert wrong == (0,)


def test_a_corrected_figure_loses_with_its_reason(con: Con) -> None:
    printed("trade.csv", indicator="trade_total", value="254", **in_period(year(2024)))
    [row] = [r for r in history(con, "trade_total", year(2024)) if r["value_text"] == "254"]
    assert not row["chosen"]
    assert row["reason"].startswith("ruled out by a correction: Implausible")


def test_every_correction_is_told_in_the_history_of_its_period(con: Con) -> None:
    corrections = con.execute(
        "SELECT indicator, period_start, period_end, value, url, reason FROM correction"
    ).fetchall()
    assert len(corrections) >= 20
    for indicator, start, end, value, url, reason in corrections:
        rows = series.provenance(con, indicator, start, end, TODAY)
        told = [row for row in rows if (row.get("value_text"), row["url"]) == (value, url)]
        assert [row["reason"] for row in told if reason in row["reason"]], (indicator, value)
        assert not any(row["chosen"] for row in told if reason in row["reason"])


def test_both_customs_vintages_are_kept_and_the_day_picks_one(con: Con) -> None:
    period = month("2019-06")
    rows = printed("customs_energy.csv", indicator="hard_coal_ru_cn_value", **in_period(period))
    worth = {row["published"]: float(row["value"]) / 1e9 for row in rows}
    assert sorted(worth) == ["2022-07", "2023-03-22"]
    assert worth["2023-03-22"] / worth["2022-07"] == pytest.approx(10.01, abs=0.01)
    first = line(con, "hard_coal_ru_cn_value", "month", date(2022, 12, 31))[period]
    second = line(con, "hard_coal_ru_cn_value", "month")[period]
    assert first["value"] == pytest.approx(worth["2022-07"])
    assert second["value"] == pytest.approx(worth["2023-03-22"])
    assert (first["vintages"], second["vintages"]) == (1, 2)
    assert first["published"] == "2022-07-31"


def test_before_the_customs_file_the_press_answers(con: Con) -> None:
    period = month("2022-05")
    printed("energy.csv", indicator="crude_ru_cn_volume", value="8.42", **in_period(period))
    customs = printed("customs_energy.csv", indicator="crude_ru_cn_volume", **in_period(period))
    tonnes = {row["published"]: float(row["value"]) / 1e9 for row in customs}
    days = (date(2022, 6, 19), date(2022, 7, 30), date(2022, 7, 31), date(2022, 12, 31), TODAY)
    known = [line(con, "crude_ru_cn_volume", "month", day).get(period) for day in days]
    assert known[0] is None
    assert known[1] is not None
    assert (known[1]["value"], known[1]["source"]) == (8.42, "afp")
    assert [p["value"] for p in known[2:] if p] == pytest.approx(
        [tonnes["2022-07"], tonnes["2022-07"], tonnes["2023-03-22"]]
    )


def test_barrels_a_day_and_tonnes_are_two_lines(con: Con) -> None:
    period = month("2022-05")
    printed("energy.csv", indicator="crude_ru_cn_volume", unit="mb/d", value="1.98")
    tonnes, barrels = (
        line(con, "crude_ru_cn_volume", "month", unit=unit)[period] for unit in ("Mt", "mb/d")
    )
    assert (tonnes["status"], barrels["status"]) == ("reported", "reported")
    assert barrels["value"] == 1.98
    assert 7.28 <= barrels["value"] * 31 / tonnes["value"] <= 7.37


def test_dollars_and_yuan_are_two_lines(con: Con) -> None:
    printed("trade.csv", indicator="trade_total", value="1.74", unit="CNY tn")
    yuan = line(con, "trade_total", "year", unit="CNY bn")
    assert (yuan[year(2024)]["value"], yuan[year(2024)]["status"]) == (1740, "reported")
    assert yuan[year(2010)]["status"] == "derived"
    assert line(con, "trade_total", "year", unit="CNY tn")[year(2024)]["value"] == 1.74


def test_power_of_siberia_stands_in_for_pipeline_gas_and_is_marked(con: Con) -> None:
    piped = line(con, "pipeline_gas_ru_cn_volume", "year")
    own = line(con, "pos1_volume", "year")
    for number in (2022, 2023, 2024):
        point = piped[year(number)]
        assert point["value"] == own[year(number)]["value"]
        assert (point["status"], point["method"]) == ("derived", "stand-in")
        assert "pos1_volume" in point["inputs"]
    assert piped[year(2021)]["method"] != "stand-in"
    [(last,)] = con.execute(
        "SELECT max(period_end) FROM point WHERE method = 'stand-in'"
    ).fetchall()
    assert last <= date(2025, 12, 31)


def test_a_period_without_a_figure_is_a_gap(con: Con) -> None:
    coal = line(con, "coal_ru_cn_volume", "year")
    carried = {
        row["period_start"][:4]
        for row in shipped_rows("energy.csv")
        if row["indicator"].startswith("coal_ru_cn_volume") and row["period_kind"] == "year"
    }
    assert not carried & {"2018", "2019"}
    assert {year(2017), year(2021)} <= set(coal)
    assert not {year(2018), year(2019)} & set(coal)


def test_an_unknown_indicator_unit_or_kind_is_told(con: Con) -> None:
    for query in (
        series.Query("trade_sum"),
        series.Query("trade_total", unit="Mt"),
        series.Query("trade_total", kind="week"),
    ):
        with pytest.raises(UnknownRequest, match=r"«(trade_sum|Mt|week)»"):
            series.series(con, query, TODAY)
