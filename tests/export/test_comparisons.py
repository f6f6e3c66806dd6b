"""Comparisons taken along: every format, panels as pictures, and the command that gives them."""

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from pptx import Presentation

from desk import compare
from desk.comparing.asked import Comparison
from desk.export import citation, formats
from desk.export.sheet import PRESETS
from desk.export.theme import THEMES
from desk.figures import Figure
from desk.lines import Options
from etl.warehouse import Build
from tests.export.conftest import FROM, TO
from tests.support import TODAY, Ran

Amur = Callable[..., Ran]
ASKED = {
    "panels": Comparison(("trade_total", "fx_usd_rub")),
    "indexed": Comparison(("crude_ru_cn_volume", "crude_ru_cn_value"), "indexed"),
    "shares": Comparison(("crude_ru_cn_volume", "crude_sa_cn_volume"), "shares"),
    "years": Comparison(("trade_total",), "years", "ytd", currency="CNY"),
}


@pytest.fixture(scope="module", params=ASKED)
def figure(request: pytest.FixtureRequest, con: duckdb.DuckDBPyConnection, build: Build) -> Figure:
    return compare.figure(con, ASKED[request.param], Options(TODAY, FROM, TO), build.id)


def test_each_view_is_drawn_in_every_format(figure: Figure) -> None:
    for form in formats.FORMATS:
        assert formats.make(figure, form, PRESETS["slide"], THEMES["light"])


def test_a_picture_of_panels_names_every_unit(con: duckdb.DuckDBPyConnection, build: Build) -> None:
    figure = compare.figure(con, ASKED["panels"], Options(TODAY, FROM, TO), build.id)
    drawn = formats.make(figure, "svg", PRESETS["slide"], THEMES["light"]).decode()
    for symbol in ("USD bn", "RUB/USD"):
        assert f">{symbol}<" in drawn
    slide = Presentation(
        io.BytesIO(formats.make(figure, "pptx", PRESETS["slide"], THEMES["light"]))
    ).slides[0]
    assert [shape.shape_type for shape in slide.shapes if shape.has_chart] == []
    assert any(hasattr(shape, "image") for shape in slide.shapes)


def test_rows_hold_the_values_drawn_each_with_its_unit(figure: Figure) -> None:
    made = formats.make(figure, "csv", PRESETS["slide"], THEMES["light"]).decode("utf-8-sig")
    rows = list(csv.DictReader(line for line in made.splitlines() if not line.startswith("#")))
    drawn = {
        (line.label, point.label, line.unit): point.value
        for line in figure.lines
        for point in line.points
    }
    told = {(row["line"], row["period"], row["unit"]): float(row["value"]) for row in rows}
    assert told == pytest.approx(drawn)


def test_the_cited_command_gives_the_same_content(
    figure: Figure, amur: Amur, tmp_path: Path
) -> None:
    words = shlex.split(citation.command(figure))[1:]
    words[words.index("--out") + 1] = str(tmp_path / "again.json")
    assert amur(*words).code == 0
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    here = json.loads(formats.make(figure, "json", PRESETS["slide"], THEMES["light"]))
    assert again["sha256"] == here["sha256"]


def test_a_comparison_without_series_is_wrong_usage(amur: Amur, tmp_path: Path) -> None:
    out = ("--format", "json", "--out", str(tmp_path / "x.json"))
    for words in (
        ("compare", *out),
        ("trade_totals", "--series", "trade_total,exports_cn_to_ru", *out),
        ("trade_totals", "--view", "indexed", *out),
        ("compare", "--series", "trade_total", *out),
    ):
        assert amur("export", *words).code == 2
    assert not list(tmp_path.iterdir())
