"""Slides, workbooks, CSV and JSON read back by other programs: the same figures as the series."""

import csv
import io
import json
from typing import Any

import duckdb
import openpyxl
import pytest
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.presentation import Presentation as Deck

from desk import figure_list
from desk.export import native, record, table
from desk.figures import Figure
from desk.series import Query, series
from tests.export.conftest import EACH, FROM, IN_ALL, TO, Export, Make
from tests.support import TODAY

LINES = [
    (spec.id, spec.kinds[0])
    for spec in figure_list.load().values()
    if spec.chart in ("line", "columns", "effects")
]
CHARTS = [(name, language) for name, language in EACH if figure_list.find(name).chart != "timeline"]
Values = dict[tuple[str, str], float]


def _asked(con: duckdb.DuckDBPyConnection, figure: Figure, indicator: str) -> Values:
    """Return what `amur series` gives for a line of a figure."""
    spec = figure_list.find(figure.id)
    item = next(line for line in spec.series if line.indicator == indicator)
    query = Query(indicator, figure.kind, FROM, TO, figure.unit, item.terms)
    rows = series(con, query, TODAY).points.to_dict("records")
    return {
        (str(row["period_start"].date()), str(row["period_end"].date())): float(
            f"{row['value']:.12g}"
        )
        for row in rows
    }


def _chart(raw: bytes) -> Chart:
    deck: Deck = Presentation(io.BytesIO(raw))
    return next(shape.chart for shape in deck.slides[0].shapes if shape.has_chart)


def _series(chart: Chart) -> dict[str, list[float | None]]:
    return {one.name: list(one.values) for one in chart.plots[0].series}


@pytest.mark.parametrize(("name", "kind"), LINES)
def test_a_slide_holds_an_editable_chart_with_the_values_of_the_series(
    name: str, kind: str, export: Export, make: Make, con: duckdb.DuckDBPyConnection
) -> None:
    figure = make(name, language="en")
    drawn = _series(_chart(export(name, "pptx")))
    for line in figure.lines:
        if line.style == "line":
            asked = _asked(con, figure, line.indicator)
            held = [v for label, values in drawn.items() for v in values if label == line.label]
            two_months = drawn.get(f"{line.label}, January and February together", [])
            found = sorted(v for v in [*held, *two_months] if v is not None)
            assert found == sorted(asked.values()), line.label


@pytest.mark.parametrize(("name", "kind"), LINES)
def test_each_value_of_a_slide_stands_over_its_own_period(
    name: str, kind: str, export: Export, make: Make
) -> None:
    figure = make(name, language="en")
    chart = _chart(export(name, "pptx"))
    words = list(chart.plots[0].categories)
    drawn = _series(chart)
    for line in figure.lines:
        for point in line.points if line.style == "line" else ():
            if point.kind == figure.kind and point.kind in ("year", "month"):
                assert drawn[line.label][words.index(point.label)] == native.value(point)


@pytest.mark.parametrize(("name", "language"), CHARTS)
def test_a_chart_carries_its_workbook_title_notes_and_alternative_text(
    name: str, language: str, export: Export, make: Make
) -> None:
    figure = make(name, language=language)
    deck: Deck = Presentation(io.BytesIO(export(name, "pptx", language)))
    slide = deck.slides[0]
    assert slide.shapes.title.text_frame.text == figure.title
    assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in slide.shapes)
    notes = slide.notes_slide.notes_text_frame.text
    assert figure.build_id in notes
    assert figure.sources in notes
    blob = _chart(export(name, "pptx", language)).part.chart_workbook.xlsx_part.blob
    assert openpyxl.load_workbook(io.BytesIO(blob)).active.max_row > 1


def test_events_and_steps_lie_over_the_columns_as_lines(export: Export, make: Make) -> None:
    chart = _chart(export("pos1_deliveries", "pptx"))
    assert len(chart.plots) == 2
    assert [one.name for one in chart.plots[0].series] == ["Power of Siberia"]
    step = next(line for line in make("pos1_deliveries").lines if line.style == "step")
    over = {one.name: list(one.values) for one in chart.plots[1].series}
    assert {v for v in over[step.label] if v is not None} <= {p.value for p in step.points}


@pytest.mark.parametrize("name", ["pos2_timeline", "far_east_timeline", "arctic_lng2"])
def test_what_powerpoint_cannot_draw_is_a_picture_with_alternative_text(
    name: str, export: Export, make: Make
) -> None:
    deck: Deck = Presentation(io.BytesIO(export(name, "pptx")))
    pictures = [shape for shape in deck.slides[0].shapes if shape.shape_type == 13]
    assert len(pictures) == 1
    assert pictures[0]._element.xpath(".//p:cNvPr")[0].get("descr") == make(name).alt


def test_a_month_that_nobody_published_is_a_gap_in_the_chart(export: Export) -> None:
    values = _series(_chart(export("crude_volume", "pptx")))["Crude RU, vol."]
    assert None in values[values.index(next(v for v in values if v is not None)) :]


def _sheet(raw: bytes, name: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _plain(row: dict[str, Any]) -> dict[str, str]:
    """Return the cells of a row as one text each; days without their midnight."""
    return {
        key: f"{value:.12g}"
        if isinstance(value, int | float)
        else str(value).removesuffix(" 00:00:00").removeprefix("'")
        for key, value in row.items()
        if value not in (None, "")
    }


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_workbook_opens_and_holds_every_row_with_real_numbers_and_days(
    name: str, language: str, export: Export, make: Make
) -> None:
    figure = make(name, language=language)
    raw = export(name, "xlsx", language)
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.properties.title == figure.title
    front = book.worksheets[0]
    assert front["A1"].value == figure.title
    assert len(front._charts) == (0 if figure.chart == "timeline" else 1)
    rows = table.rows(figure)
    if rows:
        data = _sheet(raw, book.sheetnames[2])
        assert [_plain(row) for row in data] == [_plain(row) for row in rows]
        assert all(isinstance(row["value"], int | float) for row in data)
        assert all(hasattr(row["period_end"], "year") for row in data)


@pytest.mark.parametrize("name", IN_ALL)
def test_a_workbook_has_no_formula(name: str, export: Export) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(name, "xlsx")))
    kinds = {
        cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert "f" not in kinds


@pytest.mark.parametrize(("name", "language"), EACH)
def test_json_and_csv_hold_the_same_points(
    name: str, language: str, export: Export, make: Make
) -> None:
    said = json.loads(export(name, "json", language), parse_constant=_no_constant)
    lines = export(name, "csv", language).decode("utf-8-sig").splitlines(keepends=True)
    body = [line for line in lines if not line.startswith("# ")]
    rows = list(csv.DictReader(io.StringIO("".join(body))))
    held = said["points"] or said["events"]
    assert len(held) == len(rows) > 0
    if said["points"]:
        assert [float(row["value"]) for row in rows] == [p["value"] for p in held[::-1]]
        assert all(p["unit"] and p["status"] and p["publisher"] for p in held)
    assert said["sha256"] == record.fingerprint(make(name, language=language))
    assert said["sha256"][:16] in said["citation"]["plain"]
    assert said["sha256"][:16] in "".join(lines[:40])


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def test_the_hash_changes_with_what_the_figure_says(make: Make) -> None:
    figures = [
        make("trade_totals"),
        make("trade_totals", unit="CNY bn"),
        make("trade_totals", language="ru"),
        make("trade_balance"),
    ]
    assert len({record.fingerprint(figure) for figure in figures}) == len(figures)


def test_citations_name_day_build_and_hash(export: Export, make: Make) -> None:
    figure = make("trade_totals", language="en")
    cited = json.loads(export("trade_totals", "json"))["citation"]
    for form in ("plain", "apa", "bibtex"):
        assert figure.build_id in cited[form]
        assert record.fingerprint(figure)[:16] in cited[form]
    assert cited["apa"].startswith("Amur. (2026, November 23).")
    assert cited["bibtex"].startswith("@misc{amur_trade_totals_20261123,")
    assert cited["bibtex"].count("{") == cited["bibtex"].count("}")
    assert f"--build {figure.build_id}" in cited["command"]
