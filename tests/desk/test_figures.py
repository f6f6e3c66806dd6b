"""Abstract figures of the shipped data: whole, honest about status, true to the as-of day."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from desk import figure_list
from desk.figures import Figure
from desk.lines import Line, Point
from tests.desk.conftest import Make
from tests.support import TODAY, year

FIGURES = list(figure_list.load())
AS_KINDS = [(spec.id, kind) for spec in figure_list.load().values() for kind in spec.kinds]
DAYS = (date(2022, 9, 30), date(2024, 6, 30))
STYLES = ("line", "scatter")
Every = dict[tuple[str, str], Figure]


def _default(every: Every, name: str) -> Figure:
    return every[name, figure_list.find(name).kinds[0]]


def _points(figure: Figure, *styles: str) -> Iterator[tuple[Line, Point]]:
    for line in figure.lines:
        if line.style in styles:
            yield from ((line, point) for point in line.points)


@pytest.mark.parametrize(("name", "kind"), AS_KINDS)
def test_every_figure_builds_in_each_of_its_kinds(name: str, kind: str, every: Every) -> None:
    assert every[name, kind].kind == kind
    assert not every[name, kind].empty


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_shows_something_in_its_default_kind(name: str, every: Every) -> None:
    figure = _default(every, name)
    marks = figure.events if figure.chart == "timeline" else list(_points(figure, *STYLES))
    assert len(marks) >= 3


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_carries_its_captions(name: str, every: Every) -> None:
    figure = _default(every, name)
    assert figure.title
    assert figure.subtitle
    assert bool(figure.unit) == (figure.chart != "timeline")
    assert figure.sources.startswith("Source: ")
    assert "published" in figure.sources
    assert figure.alt.startswith(figure.title)
    assert figure.alt.endswith(".")
    assert any(character.isdigit() for character in figure.alt.removeprefix(figure.title))


@pytest.mark.parametrize("name", FIGURES)
def test_no_caption_holds_an_unfilled_place(name: str, every: Every) -> None:
    figure = _default(every, name)
    for words in (figure.title, figure.subtitle, figure.sources, figure.alt, *figure.caveats):
        assert "{" not in words
        assert " nan" not in words
        assert "None" not in words


@pytest.mark.parametrize(("name", "kind"), AS_KINDS)
def test_a_figure_has_one_unit_unless_it_shows_statements(
    name: str, kind: str, every: Every
) -> None:
    figure = every[name, kind]
    if figure.chart != "statements":
        assert {line.unit for line in figure.lines} <= {figure.unit}


def test_a_unit_asked_for_turns_every_line_into_it(make: Make) -> None:
    dollars, yuan = make("trade_totals"), make("trade_totals", unit="CNY bn")
    assert {line.unit for line in yuan.lines} == {"CNY bn"}
    known = {(line.label, point.label): point.value for line, point in _points(dollars, "line")}
    rates = [
        point.value / known[line.label, point.label]
        for line, point in _points(yuan, "line")
        if (line.label, point.label) in known
    ]
    assert len(rates) > 20
    assert all(5.9 < rate < 7.5 for rate in rates), "yuan a dollar, 2015 to 2026"


def test_points_keep_the_status_that_the_warehouse_gives_them(
    every: Every, con: duckdb.DuckDBPyConnection
) -> None:
    # a figure may draw a line in another unit of its dimension: the IMF's millions as billions
    known = {
        (*key, dimension): status
        for *key, dimension, status in con.execute(
            "SELECT indicator, period_kind, period_start, period_end, dimension, status "
            "FROM point JOIN unit ON unit.id = point.unit "
            "WHERE known_from <= ? AND known_to > ? AND terms IN ('', 'USD')",
            [TODAY, TODAY],
        ).fetchall()
    }
    dimensions = dict(con.execute("SELECT id, dimension FROM unit").fetchall())
    drawn = {
        (line.indicator, point.kind, point.start, point.end, dimensions[line.unit]): point.status
        for figure in every.values()
        for line, point in _points(figure, "line")
    }
    assert {"reported", "derived", "estimated"} <= set(drawn.values())
    assert drawn == {key: known[key] for key in drawn}


def test_what_is_not_reported_is_said_under_the_figure(every: Every) -> None:
    for figure in every.values():
        said = " ".join(figure.caveats).lower()
        for _, point in _points(figure, "line"):
            assert point.status == "reported" or point.status[:8] in said, figure.id


def test_every_derived_point_says_from_what(every: Every) -> None:
    derived = [
        (figure.id, point)
        for figure in every.values()
        for _, point in _points(figure, "line")
        if point.status == "derived"
    ]
    assert derived
    assert not [
        (name, point.label) for name, point in derived if not point.inputs and not point.note
    ]


@pytest.mark.parametrize("day", DAYS)
def test_an_unfinished_year_never_stands_among_years(day: date, make: Make) -> None:
    for name in FIGURES:
        if "year" not in figure_list.find(name).kinds:
            continue
        for line, point in _points(make(name, kind="year", as_of=day), "line"):
            whole = (point.start.isoformat(), point.end.isoformat()) == year(point.start.year)
            assert whole, (name, line.label, point.label)
            assert point.end < day or point.end == day == date(day.year, 12, 31), point.label


def test_a_year_that_runs_is_in_no_line_of_whole_years(every: Every) -> None:
    for (name, kind), figure in every.items():
        if kind == "year":
            ends = [point.end for _, point in _points(figure, "line")]
            assert all(end < date(2026, 1, 1) for end in ends), name


@pytest.mark.parametrize("day", DAYS)
def test_what_was_published_later_is_not_known(day: date, make: Make) -> None:
    for name, kind in AS_KINDS:
        figure = make(name, kind=kind, as_of=day)
        dates = [point.published for line in figure.lines for point in line.points]
        dates += [row["published"] for row in [*figure.events, *figure.claims]]
        assert all(published <= day for published in dates), (name, kind)
        if dates:
            assert str(day.year + 1) not in figure.sources.rsplit("published", 1)[-1]


def test_the_year_2024_appears_on_the_day_of_its_publication(make: Make) -> None:
    def years(day: date) -> list[str]:
        return [point.label for _, point in _points(make("trade_balance", as_of=day), "line")]

    assert "2024" not in years(date(2024, 12, 31))
    assert "2024" in years(TODAY)
    assert "2023" in years(date(2024, 6, 30))


def test_events_and_claims_of_later_days_are_hidden(make: Make) -> None:
    before, after = make("trade_totals", as_of=date(2022, 9, 30)), make("trade_totals")
    assert 0 < len(before.events) < len(after.events)
    assert len(before.claims) < len(after.claims)


@pytest.mark.parametrize(("name", "kind"), AS_KINDS)
def test_claims_lie_on_periods_of_drawn_points(name: str, kind: str, every: Every) -> None:
    figure = every[name, kind]
    drawn = {
        (line.indicator, line.unit, point.start, point.end)
        for line in figure.lines
        for point in line.points
    }
    for row in figure.claims:
        place = (row["indicator"], row["line_unit"], row["period_start"], row["period_end"])
        assert place in drawn


def test_the_claims_of_the_seed_years_are_on_the_chart_of_totals(every: Every) -> None:
    claims = every["trade_totals", "year"].claims
    assert len({row["article"] for row in claims}) >= 3
    assert all(row["change"] is None for row in claims)


def test_the_span_bounds_points_events_and_claims(make: Make) -> None:
    first, last = date(2020, 1, 1), date(2022, 12, 31)
    for name in FIGURES:
        figure = make(name, start=first, end=last)
        for _, point in _points(figure, "line", "scatter"):
            assert point.start <= last, (name, point.label)
            assert point.end >= first, (name, point.label)
        assert all(first <= row["date"] <= last for row in figure.events), name


def test_a_span_without_data_is_empty_and_does_not_fail(make: Make) -> None:
    first, last = date(1996, 1, 1), date(1996, 12, 31)
    figures = [make(name, start=first, end=last) for name in FIGURES]
    assert len([figure for figure in figures if figure.empty]) > len(figures) / 2


def test_january_and_february_are_one_point_among_months(every: Every) -> None:
    for (name, kind), figure in every.items():
        for line in figure.lines if kind == "month" else ():
            both = [point for point in line.points if point.kind == "ytd"]
            for point in both:
                assert (point.start.month, point.end.month) == (1, 2), name
                alone = [month for month in line.points if month.kind == "month"]
                apart = (1, 2)
                assert not [
                    month
                    for month in alone
                    if month.start.year == point.end.year and month.start.month in apart
                ], (name, point.label)
    kinds = [point.kind for _, point in _points(every["trade_totals", "month"], "line")]
    assert kinds.count("ytd") >= 3


@pytest.mark.parametrize(
    ("name", "publisher"),
    [
        ("trade_balance", "TASS"),
        ("trade_rolling", "TASS"),
        ("crude_discount", "World Bank"),
        ("crude_effects", "China Customs (Wind"),
        ("lng_price", "World Bank"),
    ],
)
def test_a_figure_that_is_computed_throughout_names_whose_figures_it_rests_on(
    name: str, publisher: str, every: Every
) -> None:
    said = _default(every, name).sources
    assert publisher in said
    assert "own calculation (Amur)." in said


def test_no_subtitle_ends_before_its_line(every: Every) -> None:
    figure = _default(every, "coal_grades")
    newest = max(point.end for _, point in _points(figure, "line"))
    assert newest.year > 2023
    assert "2023" not in figure.subtitle
