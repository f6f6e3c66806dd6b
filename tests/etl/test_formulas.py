"""Formulas of the catalogue, each against arithmetic on the inputs that the warehouse holds."""

import json
from collections.abc import Callable
from datetime import date

import duckdb
import pytest

from tests.support import TODAY, Period, Row, line, month, year

Con = duckdb.DuckDBPyConnection
Inputs = dict[str, dict[Period, Row]]
DAYS = [date(2022, 12, 31), TODAY]
BBL_PER_TONNE, MMBTU_PER_TONNE_LNG, MMBTU_PER_KCM = 7.325, 51.9, 36.66


def formulas(con: Con, op: str) -> dict[str, list[str]]:
    """Return the inputs of every indicator that a formula of this kind computes."""
    rows = con.execute("SELECT id, formula FROM indicator WHERE formula <> ''").fetchall()
    read = {name: json.loads(formula) for name, formula in rows}
    return {name: formula["inputs"] for name, formula in read.items() if formula["op"] == op}


def of_kind(con: Con, indicator: str, kind: str, day: date) -> dict[Period, Row]:
    points = line(con, indicator, kind, day)
    return {period: row for period, row in points.items() if row["period_kind"] == kind}


def values(points: dict[Period, Row]) -> dict[Period, float]:
    return {period: row["value"] for period, row in points.items()}


def year_before(period: Period) -> Period:
    number = int(period[0][:4]) - 1
    return year(number) if period == year(number + 1) else month(f"{number}{period[0][4:7]}")


def assert_computed(
    con: Con, op: str, compute: Callable[[float, float], float], kinds: tuple[str, ...]
) -> None:
    """Hold every formula of two inputs against `compute`, period by period, on two days."""
    seen = 0
    for name, (a, b) in formulas(con, op).items():
        for kind in kinds:
            for day in DAYS:
                first, second = (values(of_kind(con, x, kind, day)) for x in (a, b))
                shared = first.keys() & second.keys()
                expected = {period: compute(first[period], second[period]) for period in shared}
                found = of_kind(con, name, kind, day)
                assert values(found) == pytest.approx(expected), (name, kind, day)
                assert {row["status"] for row in found.values()} <= {"derived", "estimated"}
                assert all(row["inputs"] for row in found.values())
                seen += len(found)
    assert seen > 100


def test_a_difference_is_its_first_input_less_its_second(con: Con) -> None:
    assert "trade_balance" in formulas(con, "difference")
    assert "crude_ru_cn_discount_brent" in formulas(con, "difference")
    assert_computed(con, "difference", lambda a, b: a - b, ("month", "ytd", "year"))


def test_a_share_is_the_part_in_a_hundred(con: Con) -> None:
    assert_computed(con, "share", lambda a, b: 100 * a / b, ("month", "ytd", "year"))


def test_the_balance_of_2024_is_exports_less_imports(con: Con) -> None:
    balance = line(con, "trade_balance", "year")[year(2024)]
    assert balance["value"] == pytest.approx(115.49 - 129.32)
    assert "115.49" in balance["inputs"]
    assert "129.32" in balance["inputs"]


@pytest.mark.parametrize("kind", ["month", "year"])
@pytest.mark.parametrize("day", DAYS)
def test_growth_is_on_the_same_period_a_year_earlier(con: Con, kind: str, day: date) -> None:
    seen = 0
    for name, [base] in formulas(con, "growth").items():
        levels = values(of_kind(con, base, kind, day))
        pairs = {p: (levels[p], levels[year_before(p)]) for p in levels if year_before(p) in levels}
        expected = {p: 100 * (now / then - 1) for p, (now, then) in pairs.items() if then > 0}
        found = values(of_kind(con, name, kind, day))
        assert found == pytest.approx(expected), name
        seen += len(found)
    assert seen > 20


def test_growth_of_2024_is_on_the_level_of_2023(con: Con) -> None:
    growth = line(con, "trade_total_growth", "year")[year(2024)]
    assert growth["value"] == pytest.approx(100 * (244.819 / 240.11 - 1))


def pieces(con: Con, indicator: str, day: date) -> dict[Period, float]:
    """Return months, and January–February where it was published as one."""
    points = line(con, indicator, "month", day)
    assert all(p["period_kind"] == "month" or k[1][5:7] == "02" for k, p in points.items())
    return values(points)


def length(period: Period) -> int:
    return int(period[1][5:7]) - int(period[0][5:7]) + 1


def test_rolling_12_months_are_exactly_twelve_with_january_and_february_once(con: Con) -> None:
    combined = 0
    for name, [base] in formulas(con, "rolling12").items():
        parts = pieces(con, base, TODAY)
        found = line(con, name, "range")
        for (start, end), point in found.items():
            inside = {p: v for p, v in parts.items() if start <= p[0] and p[1] <= end}
            assert sum(length(period) for period in inside) == 12, (name, start, end)
            assert point["value"] == pytest.approx(sum(inside.values())), (name, start, end)
            months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) + 1
            assert months == 12
            combined += any(length(period) == 2 for period in inside)
        whole = [sorted(parts)[i : i + 12] for i in range(len(parts) - 11)]
        spans = {(run[0][0], run[-1][1]) for run in whole if _unbroken(run)}
        assert spans <= set(found), name
    assert combined > 5


def _unbroken(run: list[Period]) -> bool:
    """Return whether twelve pieces are twelve months on end."""
    first = int(run[0][0][:4]) * 12 + int(run[0][0][5:7])
    return all(
        length(period) == 1 and int(period[0][:4]) * 12 + int(period[0][5:7]) == first + place
        for place, period in enumerate(run)
    )


@pytest.mark.parametrize(
    ("name", "money", "volume", "factor"),
    [
        ("crude_ru_cn_unit_price", "crude_ru_cn_value", "crude_ru_cn_volume", 1e3 / BBL_PER_TONNE),
        ("crude_sa_cn_unit_price", "crude_sa_cn_value", "crude_sa_cn_volume", 1e3 / BBL_PER_TONNE),
        ("hard_coal_ru_cn_unit_price", "hard_coal_ru_cn_value", "hard_coal_ru_cn_volume", 1e3),
        ("lng_ru_cn_unit_price", "lng_ru_cn_value", "lng_ru_cn_volume", 1e3),
        (
            "lng_ru_cn_unit_price_heat",
            "lng_ru_cn_value",
            "lng_ru_cn_volume",
            1e3 / MMBTU_PER_TONNE_LNG,
        ),
        (
            "pipeline_gas_ru_cn_unit_price",
            "pipeline_gas_ru_cn_value",
            "pipeline_gas_ru_cn_volume",
            1e3,
        ),
        (
            "pipeline_gas_ru_cn_unit_price_heat",
            "pipeline_gas_ru_cn_value",
            "pipeline_gas_ru_cn_volume",
            1e3 / MMBTU_PER_KCM,
        ),
    ],
)
def test_a_unit_price_is_value_by_volume(
    con: Con, name: str, money: str, volume: str, factor: float
) -> None:
    """USD bn by Mt or bcm, times 1000, is USD a tonne or a thousand cubic metres."""
    seen = 0
    for kind in ("month", "ytd", "year"):
        worth, amount = (values(of_kind(con, x, kind, TODAY)) for x in (money, volume))
        expected = {
            period: worth[period] / amount[period] * factor
            for period in worth.keys() & amount.keys()
            if worth[period] > 0 and amount[period] > 0
        }
        assert values(of_kind(con, name, kind, TODAY)) == pytest.approx(expected)
        seen += len(expected)
    assert seen


def test_the_price_of_a_barrel_in_may_2022_by_hand(con: Con) -> None:
    """6,096,898,488 dollars for 8,417,714.336 tonnes, as customs printed in March 2023."""
    barrel = 6_096_898_488 / (8_417_714.336 * BBL_PER_TONNE)
    price = line(con, "crude_ru_cn_unit_price", "month")[month("2022-05")]
    assert price["value"] == pytest.approx(barrel)
    assert barrel == pytest.approx(98.88, abs=0.005)
    brent = line(con, "price_brent", "month")[month("2022-05")]["value"]
    discount = line(con, "crude_ru_cn_discount_brent", "month")[month("2022-05")]["value"]
    assert brent == 112.37
    assert discount == pytest.approx(barrel - brent)


@pytest.mark.parametrize("product", ["crude_ru_cn", "lng_ru_cn"])
@pytest.mark.parametrize("kind", ["month", "year"])
def test_price_and_volume_effect_add_up_to_the_change_of_value(
    con: Con, product: str, kind: str
) -> None:
    worth, amount = (
        values(of_kind(con, f"{product}_{x}", kind, TODAY)) for x in ("value", "volume")
    )
    by_price, by_volume = (
        values(of_kind(con, f"{product}_value_{x}_effect", kind, TODAY))
        for x in ("price", "volume")
    )
    assert by_price.keys() == by_volume.keys()
    for period in by_price:
        then = year_before(period)
        assert by_price[period] + by_volume[period] == pytest.approx(worth[period] - worth[then])
        price_now, price_then = worth[period] / amount[period], worth[then] / amount[then]
        mean = (amount[period] + amount[then]) / 2
        assert by_price[period] == pytest.approx((price_now - price_then) * mean)
    both = {p for p in worth.keys() & amount.keys() if amount[p] > 0}
    assert set(by_price) == {p for p in both if year_before(p) in both}
    assert by_price or (product, kind) == ("lng_ru_cn", "month")


def test_the_rate_of_a_year_is_the_mean_of_its_twelve_months(con: Con) -> None:
    months = values(of_kind(con, "fx_usd_cny", "month", TODAY))
    years = line(con, "fx_usd_cny", "year")
    for number in (2010, 2022, 2024):
        rates = [value for period, value in months.items() if period[0].startswith(str(number))]
        assert len(rates) == 12
        assert years[year(number)]["value"] == pytest.approx(sum(rates) / 12)
        assert years[year(number)]["status"] == "derived"


@pytest.mark.parametrize("indicator", ["trade_total", "crude_ru_cn_value", "exports_cn_to_ru"])
def test_dollars_become_yuan_at_the_mean_rate_where_no_yuan_were_printed(
    con: Con, indicator: str
) -> None:
    dollars, rates = (values(line(con, x, "year")) for x in (indicator, "fx_usd_cny"))
    yuan = line(con, indicator, "year", unit="CNY bn")
    made = {period: row for period, row in yuan.items() if row["method"] == "converted"}
    assert len(made) > 3
    for period, row in made.items():
        assert row["value"] == pytest.approx(dollars[period] * rates[period])
        assert row["status"] == "derived"
        assert "yuan a dollar" in row["inputs"]


def test_barrels_become_tonnes_where_no_tonnes_were_printed(con: Con) -> None:
    tonnes, barrels = (line(con, "crude_ru_cn_volume", "month", unit=u) for u in ("Mt", "mb/d"))
    made = {period: row for period, row in tonnes.items() if row["method"] == "converted"}
    assert made
    for (start, end), row in made.items():
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        printed = barrels[start, end]
        assert printed["status"] == "reported"
        assert row["value"] == pytest.approx(printed["value"] * days / BBL_PER_TONNE)
        assert row["status"] == "derived"


def test_tonnes_become_barrels_where_no_barrels_were_printed(con: Con) -> None:
    tonnes, barrels = (line(con, "crude_ru_cn_volume", "month", unit=u) for u in ("Mt", "mb/d"))
    [point] = [row for period, row in barrels.items() if period == month("2024-10")]
    assert tonnes[month("2024-10")]["value"] == 9.83
    assert point["value"] == pytest.approx(9.83 * BBL_PER_TONNE / 31)
    assert point["status"] == "derived"
