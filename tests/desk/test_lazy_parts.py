"""What few readers open is drawn when it is opened, and then whole."""

import json

import pytest
from plotly.io import to_json
from streamlit.testing.v1 import AppTest

from desk.lines import Options
from desk.plot import draw, sketch
from desk.unchecked import Unchecked
from desk.widgets import loading
from etl import warehouse
from tests.desk.conftest import FROM, TO
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh
from tests.desk.framed import opened, sound
from tests.support import TODAY

pytestmark = pytest.mark.usefixtures("build")


def columns(app: AppTest) -> list[list[str]]:
    return [list(shown.value.columns) for shown in sound(app).dataframe]


def test_a_page_of_figures_holds_no_table_before_one_is_opened() -> None:
    app = opened("technology")
    assert not columns(app)
    app.session_state["table_machine_tools"] = True
    [table] = columns(app.run())
    assert table == ["period", "line", "value", "unit", "status", "publisher", "published", "url"]
    assert any("@misc" in shown.value for shown in app.code)


def test_the_sources_of_the_points_are_drawn_when_their_tab_is_opened() -> None:
    app = opened("technology")
    label = next(tab.label for tab in app.tabs if "Sources of the points" in tab.label)
    app.session_state["evidence_machine_tools"] = label
    [table] = columns(app.run())
    assert {"Used", "Published"} <= set(table)


def test_a_figure_goes_to_the_page_unchecked_as_plotly_would_take_it() -> None:
    options = Options(TODAY, FROM, TO, "en", "year", None)
    figure = loading.figure(warehouse.current().id, "trade_totals", options)
    taken = json.loads(to_json(Unchecked(sketch(figure)).to_dict()))
    assert taken == json.loads(to_json(draw(figure).to_dict()))
