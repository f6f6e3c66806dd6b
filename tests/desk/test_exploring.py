"""Pages explored: a selection and its way back, the as-of slider, a frozen view."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from etl import warehouse
from etl.warehouse import Build
from tests.desk.framed import charts, opened, sound, words
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh

YEAR = "trade_total:2024-01-01:2024-12-31"
pytestmark = pytest.mark.usefixtures("build")


def tables(app: AppTest) -> list[str]:
    return [" ".join(map(str, frame.value.columns)) for frame in app.dataframe]


def evidence(app: AppTest) -> str:
    return app.tabs[0].label


def test_a_point_in_the_address_opens_its_origin_and_narrows_the_evidence() -> None:
    whole = sound(opened("trade"))
    app = sound(opened("trade", at_trade_totals=YEAR))
    assert "Trade total, 2024\\: every figure that was reported" in words(app)
    assert any("Why it is used or not" in columns for columns in tables(app))
    assert any(code.value.startswith("trade_total,year,2024-01-01") for code in app.code)
    printed, implied = next(found for name, found in charts(app).items() if "vintages_" in name)
    assert (printed["text"], printed["marker"].get("symbol")) == (["244.8"], None)
    assert implied["marker"]["symbol"] == "circle-open"
    assert "growth" in implied["hovertext"][0]
    assert evidence(app) != evidence(whole)
    ringed = len(charts(app)["trade_totals"]) - len(charts(whole)["trade_totals"])
    assert ringed == 1


def test_show_all_leads_back_and_leaves_the_address_as_it_was() -> None:
    whole = sound(opened("trade"))
    app = sound(opened("trade", at_trade_totals=YEAR))
    back = sound(app.button(key="clear_trade_totals").click().run())
    assert "at_trade_totals" not in back.query_params
    assert evidence(back) == evidence(whole)
    assert len(charts(back)["trade_totals"]) == len(charts(whole)["trade_totals"])


def test_a_claim_beside_a_chart_is_marked_on_it_and_unmarked_again() -> None:
    app = sound(opened("trade"))
    pointers = [b for b in app.button if str(b.key).startswith("point_trade_totals_claim:")]
    before = len(charts(app)["trade_totals"])
    key = str(pointers[0].key)
    marked = sound(app.button(key=key).click().run())
    assert marked.query_params["at_trade_totals"] in (key[19:], [key[19:]])
    assert len(charts(marked)["trade_totals"]) == before + 1
    again = sound(marked.button(key=key).click().run())
    assert len(charts(again)["trade_totals"]) == before


def test_two_points_are_calculated() -> None:
    both = f"{YEAR},{YEAR.replace('2024', '2023')}"
    app = sound(opened("trade", at_trade_totals=both))
    [row] = app.table[0].value.to_dict("records")
    assert (row["Line"], row["Points"], row["Unit"]) == ("Trade total", "2", "USD bn")
    assert row["From – to"] == "2023 – 2024"


def test_a_selection_that_is_not_on_the_chart_is_told() -> None:
    app = sound(opened("trade", at_trade_totals="trade_total:1901-01-01:1901-12-31"))
    assert "has no mark on this chart" in words(app)


def test_the_slider_moves_the_day_and_the_field_the_slider() -> None:
    app = sound(opened("trade"))
    assert not [box for box in app.expander if box.label.startswith("What changed")]
    slid = sound(app.slider(key="as_of_slider").set_value(date(2024, 6, 30)).run())
    assert slid.date_input(key="as_of").value == date(2024, 6, 30)
    assert [box for box in slid.expander if box.label.startswith("What changed since 30 Jun 2024")]
    set_ = sound(slid.date_input(key="as_of").set_value(date(2023, 1, 31)).run())
    assert set_.slider(key="as_of_slider").value == date(2023, 1, 31)


def test_a_frozen_view_keeps_its_build_and_day(build: Build) -> None:
    app = sound(opened("trade", build_=build.id, as_of="2025-01-15"))
    assert not app.warning
    assert app.date_input(key="as_of").value == date(2025, 1, 15)
    thawed = sound(app.button(key="thaw").click().run())
    assert "build" not in thawed.query_params


def test_a_build_that_is_gone_is_told_and_the_newest_shown(build: Build) -> None:
    app = sound(opened("trade", build_="0" * 16))
    [told] = [shown.value for shown in app.warning]
    assert "0" * 16 in told
    assert build.id in told
    assert "What differs from it cannot be told" in words(app)
    assert warehouse.current().id == build.id
    assert charts(app)["trade_totals"]


def test_a_correction_is_offered_in_the_unit_that_is_drawn() -> None:
    point = "trade_total:2023-01-01:2023-12-31"
    app = sound(opened("trade", trade_unit="CNY bn", at_trade_totals=point))
    [line] = [code.value for code in app.code if code.value.startswith("trade_total,")]
    assert ",CNY " in line


@pytest.mark.parametrize("asked", ["**", "*", ".", "../x", "a" * 300])
def test_a_build_that_is_no_id_is_told_and_never_a_fault(asked: str) -> None:
    app = sound(opened("overview", build=asked))
    assert any("no longer kept here" in shown.value for shown in app.warning)
