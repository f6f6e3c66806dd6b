"""The map of routes: its files, its projection, what it says of a day, how it is drawn."""

import csv
from datetime import date
from math import hypot

import duckdb
import pytest

from desk import geography, route_plot, sites
from desk.projection import CENTRE, EARTH_KM, dense, project
from desk.sites import Known
from etl import paths
from etl.entries import LANGUAGES
from tests.desk.framed import charts, opened, sound, words
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh
from tests.support import DATA, TODAY, year
from tests.support import line as series_line
from tools.geography import simplified

FILES = ("routes.csv", "terminals.csv", "towns.csv", "land.csv")


def on(con: duckdb.DuckDBPyConnection, day: date, language: str = "en") -> dict[str, Known]:
    return {each.site.id: each for each in sites.known(con, day, language)}


@pytest.mark.parametrize("name", FILES)
def test_every_shape_has_its_source_and_an_open_licence(name: str) -> None:
    with (paths.geography() / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    for row in rows:
        assert row["source"]
        assert row["licence"] in ("CC BY 4.0", "public domain")
        assert row["url"].startswith("https://")
        assert date.fromisoformat(row["retrieved"]) <= TODAY.replace(month=12)
    assert (paths.geography() / name).stat().st_size < 60_000


def test_no_shape_was_taken_from_openstreetmap() -> None:
    told = (paths.geography() / "routes.csv").read_text(encoding="utf-8")
    # GEM drew these from OpenStreetMap: P2352, P2353 Power of Siberia, P4484 Heihe–Changling
    assert not {"P2352", "P2353", "P4484"} & set(told.replace(",", " ").split())


def test_projects_and_indicators_of_the_map_are_those_of_the_data(
    con: duckdb.DuckDBPyConnection,
) -> None:
    projects = {row[0] for row in con.execute("SELECT DISTINCT project FROM event").fetchall()}
    known = {row[0] for row in con.execute("SELECT id FROM indicator").fetchall()}
    for site in geography.sites():
        assert site.project in projects | {""}
        assert site.indicator in known | {""}
        assert site.project or site.told_status


def test_a_line_is_simplified_within_its_tolerance() -> None:
    wavy = [(x / 10, 0.01 if x % 2 else 0.0) for x in range(100)]
    assert len(simplified(wavy, 0.05)) == 2
    corner = [(0.0, 0.0), (5.0, 5.0), (10.0, 0.0)]
    assert simplified(corner, 0.05) == corner


def test_the_projection_keeps_distances_near_its_centre_and_areas_everywhere() -> None:
    assert project(*CENTRE) == pytest.approx((0, 0), abs=1e-6)
    north = project(CENTRE[0], CENTRE[1] + 1)
    assert hypot(*north) == pytest.approx(EARTH_KM * 3.14159265 / 180, rel=1e-3)
    # a square degree at 70 °N, 30 ° east of the centre has its area on the globe
    corners = [project(132 + dx, 70 + dy) for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1))]
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
    assert area == pytest.approx(111.19**2 * 0.334, rel=0.02)


def test_a_line_is_filled_up_between_its_points() -> None:
    line = dense([(100.0, 50.0), (110.0, 50.0)], 100)
    assert line[0] == (100.0, 50.0)
    assert line[-1] == (110.0, 50.0)
    assert len(line) == 9
    assert max(lat for _, lat in line) > 50.05


def test_today_the_map_says_what_runs_and_what_does_not(con: duckdb.DuckDBPyConnection) -> None:
    found = on(con, TODAY)
    stages = {name: each.stage for name, each in found.items()}
    assert stages["pos1"] == "operating"
    assert stages["pos2"] == "agreed"
    assert stages["far_east"] == "construction"
    assert stages["espo"] == stages["kazakhstan"] == stages["arctic_lng2"] == "operating"
    assert stages["yamal_lng"] == "operating"
    reached = found["pos1"].reached
    assert reached
    assert reached["id"] == "e016"


def test_a_flow_is_the_newest_whole_year_of_the_warehouse(con: duckdb.DuckDBPyConnection) -> None:
    flow = on(con, TODAY)["pos1"].flow
    assert flow
    point = series_line(con, "pos1_volume", "year")[year(2025)]
    assert (flow.value, flow.unit, flow.period) == ("38.8", "bcm", "2025")
    assert float(flow.value) == point["value"]
    assert flow.publisher == point["publisher"]
    assert flow.url == point["url"]
    oil = on(con, TODAY)["espo"].flow
    assert oil
    assert (oil.value, oil.unit, oil.told) == ("40", "Mt", "Jan 2024")
    assert on(con, TODAY)["pos2"].flow is None
    assert on(con, TODAY)["yamal_lng"].flow is None


def test_the_map_of_an_earlier_day_knows_nothing_later(con: duckdb.DuckDBPyConnection) -> None:
    day = date(2019, 6, 30)
    found = on(con, day)
    assert found["pos1"].stage == "contract"
    assert found["pos1"].flow is None
    assert found["yamal_lng"].stage == "unknown"
    assert "arctic_lng2" not in found
    for each in found.values():
        for row in (each.reached, each.newest, each.capacity):
            assert row is None or row["published"] <= day
    # deliveries of a year are told before the page of the event that tells of the first
    assert on(con, date(2023, 1, 31))["pos1"].stage == "operating"
    then = on(con, date(2025, 1, 31))["pos1"].flow
    assert then
    assert then.period in ("2023", "2024")
    assert then.published <= date(2025, 1, 31)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_map_and_its_alternative(
    con: duckdb.DuckDBPyConnection, language: str
) -> None:
    found = sites.known(con, TODAY, language)
    told = sites.sentence(found, language)
    assert all(each.name in told for each in found)
    assert "38" in told
    for each in found:
        said = route_plot.said(each, True, language)
        assert each.name.split("<")[0] in said


def test_the_map_is_drawn_on_plain_axes(con: duckdb.DuckDBPyConnection) -> None:
    drawn = route_plot.draw(sites.known(con, TODAY, "en"), "en").to_plotly_json()
    assert {trace["type"] for trace in drawn["data"]} == {"scatter"}
    assert not {"geo", "map", "mapbox", "images"} & set(drawn["layout"])
    hovers = "\n".join(str(trace.get("text", "")) for trace in drawn["data"])
    assert "2025: 38.8 bcm (reported)" in hovers
    assert "Schematic" in hovers
    dashes = {
        trace["name"]: trace["line"]["dash"]
        for trace in drawn["data"]
        if trace.get("showlegend") and trace.get("line", {}).get("dash")
    }
    assert len(set(dashes.values())) == len(dashes)


@pytest.mark.usefixtures("build")
def test_the_page_has_map_credits_evidence_and_table() -> None:
    app = sound(opened("map"))
    assert "routes" in charts(app)
    told = words(app).replace("\\", "")
    assert "Global Energy Monitor" in told
    assert "CC BY 4.0" in told
    assert "Natural Earth" in told
    assert len(app.tabs) == 3
    tables = [frame.value for frame in app.dataframe]
    table = next(each for each in tables if "Route or terminal" in each.columns)
    assert len(table) == len(geography.sites())
    row = table[table["Route or terminal"] == "Power of Siberia 1"].iloc[0]
    assert row["Newest whole year"] == "38.8 bcm (2025)"
    assert row["Page"].startswith("http")


@pytest.mark.usefixtures("build")
def test_a_day_before_everything_says_so() -> None:
    assert "Nothing of these routes" in words(sound(opened("map", as_of="1997-01-01")))


def test_shipped_data_has_no_other_map_files() -> None:
    assert {path.name for path in (DATA / "geography").iterdir()} == set(FILES)
