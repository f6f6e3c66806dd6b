"""Comparisons: every figure computed anew here from the points of the warehouse."""

from collections.abc import Callable
from datetime import date

import duckdb
import pytest

from desk import compare, plot
from desk.comparing import presets
from desk.comparing.asked import Comparison
from desk.export import citation
from desk.figures import Figure
from desk.lines import Options
from desk.texts import text
from etl.entries import LANGUAGES
from etl.warehouse import Build
from tests.desk.conftest import FROM, TO, Make
from tests.support import TODAY

TRADE = ("exports_cn_to_ru", "imports_cn_from_ru")
CRUDE = ("crude_ru_cn_volume", "crude_sa_cn_volume")
COAL = ("coal_ru_cn_volume", "coal_id_cn_volume", "coal_au_cn_volume")
Years = dict[int, float]


@pytest.fixture(scope="module")
def years(con: duckdb.DuckDBPyConnection) -> Callable[[str, str], Years]:
    """Return what the warehouse holds of an indicator in a unit, by year."""

    def held(indicator: str, unit: str) -> Years:
        found = con.execute(
            "SELECT year(period_start), value FROM point WHERE indicator = ? AND unit = ? AND "
            "terms = '' AND period_kind = 'year' AND known_from <= ? AND known_to > ?",
            [indicator, unit, TODAY, TODAY],
        ).fetchall()
        return dict(found)

    return held


def drawn(figure: Figure, number: int) -> Years:
    """Return the values of a line by year."""
    return {point.start.year: point.value for point in figure.lines[number].points}


def test_an_index_is_each_figure_over_that_of_the_first_common_year(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    figure = compared(*COAL, view="indexed")
    held = [{y: v for y, v in years(name, "Mt").items() if y >= FROM.year} for name in COAL]
    base = min(set(held[0]) & set(held[1]) & set(held[2]))
    assert f"{base} = 100" in figure.subtitle
    for number, values in enumerate(held):
        wanted = {year: value / values[base] * 100 for year, value in values.items()}
        assert drawn(figure, number) == pytest.approx(wanted)
        assert drawn(figure, number)[base] == 100
        assert all(point.status == "derived" for point in figure.lines[number].points)
        assert all(f"({base}, " in point.inputs for point in figure.lines[number].points)
    assert (figure.unit, figure.claims) == ("index", [])


def test_shares_of_a_sum_add_up_to_a_hundred_and_need_all_lines(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    figure = compared(*COAL, view="shares")
    held = [years(name, "Mt") for name in COAL]
    shared = {y for y in held[0] if y >= FROM.year and all(y in values for values in held)}
    assert shared
    for number, values in enumerate(held):
        wanted = {y: values[y] / sum(other[y] for other in held) * 100 for y in shared}
        assert drawn(figure, number) == pytest.approx(wanted)
    for year in shared:
        assert sum(drawn(figure, n)[year] for n in range(3)) == pytest.approx(100)
    assert figure.chart == "effects"


def test_growth_is_on_the_same_period_a_year_earlier(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    figure = compared(*TRADE, view="growth", start=date(2020, 1, 1))
    held = years(TRADE[0], "USD bn")
    wanted = {y: (held[y] / held[y - 1] - 1) * 100 for y in held if y >= 2020}
    # the year before the span is asked for, and not drawn
    assert drawn(figure, 0) == pytest.approx(wanted)
    assert figure.from_zero


def test_money_is_converted_by_the_mean_rate_of_its_year_and_the_rate_is_told(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    figure = compared(*TRADE, currency="RUB")
    dollars, rates = years(TRADE[0], "USD bn"), years("fx_usd_rub", "RUB/USD")
    wanted = {y: dollars[y] * rates[y] for y in dollars if y >= FROM.year and y in rates}
    assert drawn(figure, 0) == pytest.approx(wanted)
    for point in figure.lines[0].points:
        assert point.status == "derived"
        assert f"fx_usd_rub, {point.label}" in point.inputs
        assert "RUB/USD" in point.inputs
        assert f"{rates[point.start.year]:.4f}" in point.inputs
    assert "Roubles per dollar, monthly mean (Bank of Russia)" in figure.caveat
    assert figure.unit == "RUB bn"


def test_what_was_reported_in_a_currency_is_never_converted(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    figure = compared(*TRADE, currency="CNY")
    dollars, yuan = years(TRADE[0], "USD bn"), years(TRADE[0], "CNY bn")
    rates = years("fx_usd_cny", "CNY/USD")
    wanted = {y: dollars[y] * rates[y] for y in dollars if y >= FROM.year} | {
        y: value for y, value in yuan.items() if y >= FROM.year
    }
    assert drawn(figure, 0) == pytest.approx(wanted)
    converted = {p.start.year for p in figure.lines[0].points if "fx_usd_cny" in p.inputs}
    assert converted == {y for y in dollars if y >= FROM.year and y not in yuan}
    assert converted


def test_a_period_without_a_rate_is_a_gap(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    start = date(1996, 1, 1)
    name = "crude_ru_cn_value"
    figure = compared(name, "crude_ru_cn_volume", currency="CNY", start=start)
    rates, yuan = years("fx_usd_cny", "CNY/USD"), years(name, "CNY bn")
    without = {y for y in years(name, "USD bn") if y >= 1996 and y not in rates and y not in yuan}
    assert without
    assert not without & set(drawn(figure, 0))


def test_yuan_become_roubles_by_way_of_the_dollar(
    compared: Make, con: duckdb.DuckDBPyConnection
) -> None:
    name = "crude_ru_cn_value_cny"
    figure = compared(name, "trade_total", currency="RUB", kind="ytd")
    asked = (
        "SELECT value FROM point WHERE indicator = ? AND period_start = ? AND period_end = ? "
        "AND known_from <= ? AND known_to > ?"
    )
    assert figure.lines[0].points
    for point in figure.lines[0].points:
        yuan, per_dollar, roubles = (
            con.execute(asked, [each, point.start, point.end, TODAY, TODAY]).fetchall()[0][0]
            for each in (name, "fx_usd_cny", "fx_usd_rub")
        )
        assert point.value == pytest.approx(yuan / per_dollar * roubles)
        assert point.inputs.index("÷") < point.inputs.index("fx_usd_cny")
        assert point.inputs.index("×") < point.inputs.index("fx_usd_rub")


def test_months_are_converted_by_the_rate_of_the_month(
    compared: Make, con: duckdb.DuckDBPyConnection
) -> None:
    figure = compared(*TRADE, currency="RUB", kind="month")
    asked = (
        "SELECT value FROM point WHERE indicator = ? AND unit = ? AND period_kind = ? AND "
        "period_start = ? AND period_end = ? AND known_from <= ? AND known_to > ?"
    )
    points = figure.lines[0].points
    assert {"month", "ytd"} == {point.kind for point in points}, "January and February as one"
    for point in points:
        [(dollars,)], [(rate,)] = (
            con.execute(
                asked, [name, unit, point.kind, point.start, point.end, TODAY, TODAY]
            ).fetchall()
            for name, unit in ((TRADE[0], "USD bn"), ("fx_usd_rub", "RUB/USD"))
        )
        assert point.value == pytest.approx(dollars * rate)


def test_a_gap_is_one_side_less_the_other_in_money_and_in_per_cent(
    compared: Make, years: Callable[[str, str], Years]
) -> None:
    pair = ("imports_cn_from_ru", "imf_ru_exports_to_cn")
    ours = years(pair[0], "USD bn")
    theirs = {y: value / 1000 for y, value in years(pair[1], "USD million").items()}
    both = {y for y in ours if y in theirs and y >= FROM.year}
    money, percent = compared(*pair, view="gap"), compared(*pair, view="gap", unit="%")
    assert drawn(money, 0) == pytest.approx({y: ours[y] - theirs[y] for y in both})
    assert drawn(percent, 0) == pytest.approx({y: (ours[y] / theirs[y] - 1) * 100 for y in both})
    # what rests on an estimate is one
    assert not money.claims, "a claim on one side has no place on the gap"
    assert {p.start.year: p.status for p in money.lines[0].points}[2023] == "estimated"
    assert all("International Monetary Fund" in p.inputs for p in money.lines[0].points)


def test_a_line_a_year_holds_the_months_of_its_year(compared: Make) -> None:
    months = compared("trade_total", view="years", kind="month")
    assert [line.label for line in months.lines] == sorted(line.label for line in months.lines)
    for line in months.lines:
        assert {(point.kind, str(point.end.year)) for point in line.points} == {
            ("month", line.label)
        }
    running = compared("trade_total", view="years", kind="ytd")
    last = {line.label: line.points[-1] for line in running.lines}
    assert (last["2024"].kind, last["2024"].value) == ("year", 244.819)


def test_different_units_stand_in_panels_of_their_own(compared: Make) -> None:
    figure = compared("crude_ru_cn_volume", "crude_ru_cn_value", "crude_ru_cn_unit_price")
    made = plot.draw(figure)
    assert figure.chart == "panels"
    axes = [made.layout[name] for name in ("yaxis", "yaxis3", "yaxis4")]
    assert [axis.title.text for axis in axes] == ["Mt", "USD bn", "USD/bbl"]
    edges = sorted(edge for axis in axes for edge in axis.domain)
    assert edges == [edge for axis in reversed(axes) for edge in axis.domain], "one above another"
    by_axis = {trace.yaxis for trace in made.data}
    assert by_axis == {"y", "y3", "y4"}
    for trace in made.data:
        if trace.name in [line.label for line in figure.lines]:
            number = [line.label for line in figure.lines].index(trace.name)
            assert trace.yaxis == ("y", "y3", "y4")[number]
    # claims lie in the panel of what they speak of
    assert figure.claims
    assert {row["line_unit"] for row in figure.claims} <= {"Mt", "USD bn", "USD/bbl"}
    named = [trace.name for trace in made.data if trace.showlegend is not False and trace.name]
    assert len(named) == len(set(named)), "each line and verdict is in the legend once"


def test_one_unit_is_found_where_there_is_one(compared: Make) -> None:
    assert compared("trade_total", "imf_ru_trade_with_cn").unit == "USD bn"
    assert compared(*CRUDE, unit="mb/d").unit == "mb/d"
    assert compared(*CRUDE).unit == "Mt"


def test_another_basis_is_marked_and_named(compared: Make) -> None:
    figure = compared("trade_total", "imf_ru_trade_with_cn", "trade_total_russian_customs_basis")
    assert [line.marked for line in figure.lines] == [False, True, True]
    for whose in ("China customs", "IMF", "Russian customs"):
        assert whose in figure.caveat
    assert "marked" in figure.marks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", presets.PRESETS)
def test_every_preset_is_a_whole_figure_under_its_own_name(
    name: str, language: str, con: duckdb.DuckDBPyConnection, build: Build
) -> None:
    options = Options(TODAY, FROM, TO, language)
    figure = compare.figure(con, presets.PRESETS[name], options, build.id)
    assert figure.title == text(f"compare.preset.{name}", language)
    assert not figure.empty
    assert all(len(line.points) for line in figure.lines)
    assert figure.sources
    assert figure.alt.startswith(figure.title)
    for words in (figure.title, figure.subtitle, figure.sources, figure.alt, *figure.caveats):
        assert "{" not in words
        assert "None" not in words
    plot.draw(figure)


def test_an_earlier_day_knows_less(con: duckdb.DuckDBPyConnection, build: Build) -> None:
    then = Options(date(2024, 6, 30), FROM, TO)
    figure = compare.figure(con, Comparison(TRADE, "growth"), then, build.id)
    assert max(drawn(figure, 0)) == 2023


def test_the_citation_names_a_command_that_asks_for_the_same(compared: Make) -> None:
    figure = compared(*TRADE, view="gap", unit="%", currency="RUB")
    command = citation.command(figure)
    assert command.startswith(f"amur export compare --series {','.join(TRADE)} --view gap ")
    assert "--unit % --currency RUB --format json" in command
