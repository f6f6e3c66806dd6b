"""Every page in its frame: it runs, one interaction changes it, and nothing breaks it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from desk import figure_list
from desk.widgets.downloads import FIGURE_FORMS
from etl import refresh, warehouse
from etl.paths import ROOT
from etl.warehouse import Build
from tests.support import Small, observation

PAGES = (
    "overview",
    "trade",
    "energy",
    "pipelines",
    "technology",
    "products",
    "partners",
    "articles",
    "briefing",
    "status",
)
CHARTS = {"overview": 1, "trade": 9, "energy": 8, "pipelines": 5, "technology": 6}


class FramedPages(PagesManager):
    """Takes the reset of `uses_pages_directory` that AppTest does before each run.

    Like desk/server.py: with a `pages` folder beside app.py a page would run without its frame.
    """


@pytest.fixture(scope="module", autouse=True)
def fresh() -> Iterator[None]:
    """Start and end without cached answers; between, the shipped build keeps one id."""
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run pages within app.py."""
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", FramedPages)


def opened(page: str, **address: str) -> AppTest:
    """Open a page by a deep link with the parameters of an address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name.removesuffix("_")] = value
    return (app if page == "overview" else app.switch_page(f"pages/{page}.py")).run()


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [shown.value for shown in app.exception]
    assert not app.error, [shown.value for shown in app.error]
    return app


def charts(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Return the traces of every chart by the id of its figure."""
    found = {}
    for element in app.get("plotly_chart"):
        name = element.proto.id.rsplit("chart_", 1)[-1]
        found[name] = json.loads(element.proto.spec)["data"]
    return found


def hovers(traces: list[dict[str, Any]]) -> str:
    return "\n".join(str(trace.get("text", "")) for trace in traces)


def words(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.info, *app.warning, *app.title, *app.header]
    return "\n".join(element.value for element in shown)


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_in_its_frame(page: str) -> None:
    app = sound(opened(page))
    assert not app.warning
    assert app.date_input(key="as_of").value
    assert {"from", "to", "lang"} <= {box.key for box in app.selectbox}
    assert any("build `" in caption.value for caption in app.caption)
    assert len(app.header) == 1
    assert len(charts(app)) >= CHARTS.get(page, 0)


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", [page for page in PAGES if page in CHARTS])
def test_every_chart_has_evidence_and_a_download_beside_it(page: str) -> None:
    app = opened(page)
    drawn = len(charts(app))
    assert len(app.tabs) == 3 * drawn
    assert len(app.get("download_button")) == drawn * len(FIGURE_FORMS)
    assert all(not tab.label.startswith("Sources of the points (0)") for tab in app.tabs)


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_in_another_language(page: str) -> None:
    app = sound(opened(page, lang="zh" if page in ("overview", "status") else "ru"))
    assert app.selectbox(key="lang").value in ("zh", "ru")


@pytest.mark.usefixtures("build")
def test_a_briefing_is_chosen_in_the_address_and_keeps_its_order() -> None:
    app = sound(opened("briefing", figures="lng_volume,trade_totals", title="For Monday"))
    assert list(charts(app)) == ["lng_volume", "trade_totals"]
    assert [heading.value for heading in app.subheader][:1] == ["For Monday"]
    command = next(code.value for code in app.code if code.value.startswith("amur brief"))
    assert "--figures lng_volume,trade_totals" in command
    assert len(app.get("download_button")) == 4
    fewer = sound(app.multiselect(key="figures").set_value(["trade_totals"]).run())
    assert list(charts(fewer)) == ["trade_totals"]
    assert fewer.query_params["figures"] in ("trade_totals", ["trade_totals"])


@pytest.mark.usefixtures("build")
def test_a_briefing_without_a_figure_asks_for_one() -> None:
    app = sound(opened("briefing", figures="nothing"))
    assert not charts(app)
    assert app.info


@pytest.mark.usefixtures("build")
def test_trade_by_month_shows_months() -> None:
    app = opened("trade")
    before = charts(app)["trade_totals"]
    after = charts(sound(app.button_group(key="trade_kind").set_value("month").run()))
    assert "Mar 2024: <b>" not in hovers(before)
    assert "Mar 2024: <b>" in hovers(after["trade_totals"])
    assert app.query_params["trade_kind"] in ("month", ["month"])


@pytest.mark.usefixtures("build")
def test_trade_in_yuan_changes_the_axis() -> None:
    app = opened("trade")
    app.button_group(key="trade_unit").set_value("CNY bn").run()
    assert "CNY bn</b>" in hovers(charts(sound(app))["trade_totals"])


@pytest.mark.usefixtures("build")
def test_another_product_shows_other_charts() -> None:
    app = opened("energy")
    assert {"crude_volume", "ranks"} <= set(charts(app))
    app.button_group(key="product").set_value("gas").run()
    assert {"gas_volume", "gas_price", "ranks"} <= set(charts(sound(app)))
    assert "crude_volume" not in charts(app)


@pytest.mark.usefixtures("build")
def test_an_earlier_as_of_day_hides_the_year_2024() -> None:
    shown = hovers(charts(opened("trade"))["trade_totals"])
    hidden = hovers(charts(opened("trade", as_of="2024-06-30"))["trade_totals"])
    assert "2024: <b>244.819" in shown
    assert "2024: <b>244.819" not in hidden
    assert "2023: <b>240.1" in hidden


@pytest.mark.usefixtures("build")
def test_the_overview_opens_with_the_newest_whole_year_known() -> None:
    app = opened("overview")
    assert len(app.metric) == 5
    assert app.metric[0].value == "228.105"
    then = opened("overview", as_of="2024-06-30")
    assert then.metric[0].value.startswith("240.1")


@pytest.mark.usefixtures("build")
def test_another_span_changes_the_pipelines_and_the_technology() -> None:
    for page, figure in (("pipelines", "pos2_timeline"), ("technology", "machine_tools")):
        app = opened(page)
        before = sum(len(trace["x"]) for trace in charts(app)[figure] if trace.get("text"))
        app.selectbox(key="from").set_value(2024).run()
        after = sum(len(trace["x"]) for trace in charts(sound(app))[figure] if trace.get("text"))
        assert 0 < after < before, page


@pytest.mark.usefixtures("build")
def test_a_search_narrows_the_articles() -> None:
    app = opened("articles")
    everything = len(app.dataframe[0].value)
    app.text_input(key="search").set_value("Power of Siberia").run()
    assert 0 < len(sound(app).dataframe[0].value) < everything
    app.text_input(key="search").set_value("no such words").run()
    assert "No article matches." in words(sound(app))


def test_an_article_shows_its_figures_beside_the_charts_that_it_speaks_of(
    con: duckdb.DuckDBPyConnection,
) -> None:
    chosen, title = con.execute(
        "SELECT a.id, a.title FROM article a JOIN claim c ON c.article = a.id "
        "WHERE c.indicator = 'trade_total' ORDER BY a.published, a.id"
    ).fetchall()[0]
    app = sound(opened("articles", article=chosen))
    assert re.sub(r"\\(.)", r"\1", app.subheader[0].value) == title
    shown = [figure_list.find(name).indicators for name in charts(app)]
    assert any("trade_total" in indicators for indicators in shown)


@pytest.mark.usefixtures("build")
def test_an_earlier_day_makes_more_of_what_changed_since() -> None:
    def changed(app: AppTest) -> int:
        tables = [frame.value for frame in sound(app).dataframe]
        return max(len(table) for table in tables if "old value" in table.columns)

    app = opened("status", since="2026-01-01")
    few = changed(app)
    assert few < changed(opened("status", since="2025-01-01"))


@pytest.mark.usefixtures("build")
def test_the_status_page_tells_sources_checks_and_the_dictionary() -> None:
    headings = {shown.value for shown in opened("status").subheader}
    assert {"Sources", "Last run", "Revisions", "Corrections", "Glossary"} <= headings
    assert {"Checks", "Data dictionary"} <= headings


def test_without_a_build_a_sentence_says_which_command_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_DATA", str(tmp_path))
    app = sound(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run())
    assert "amur refresh --offline" in words(app)
    assert "no build" in words(app).lower()


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", [page for page in PAGES if page in CHARTS])
def test_a_span_without_data_says_so(page: str) -> None:
    app = sound(opened(page, from_="1997", to="1998"))
    empty = [shown for shown in app.info if shown.value.startswith("No figure of this kind")]
    assert empty, "every chart of the page has a figure of 1997 or 1998"
    assert len(empty) + len(charts(app)) >= CHARTS[page]
    assert all("Widen the years" in shown.value for shown in empty)


@pytest.mark.usefixtures("build")
def test_a_day_before_every_publication_is_no_fault() -> None:
    for page in PAGES:
        sound(opened(page, as_of="1996-01-01"))


@pytest.mark.usefixtures("build")
def test_years_the_wrong_way_round_are_turned() -> None:
    app = sound(opened("trade", from_="2024", to="2020"))
    assert "2022: <b>" in hovers(charts(app)["trade_totals"])


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_parameter_is_told(page: str) -> None:
    app = sound(opened(page, colour="red"))
    assert any("`colour`" in shown.value for shown in app.info)


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize(
    ("name", "value"),
    [("as_of", "banana"), ("as_of", "2024-02-31"), ("as_of", "2999-01-01"), ("from", "x"),
     ("to", "1066"), ("lang", "tlh")],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_told_and_the_default_is_used(name: str, value: str) -> None:
    app = sound(opened("overview", **{name: value}))
    usual = opened("overview")
    told = [shown.value for shown in app.warning]
    assert len(told) == 1
    assert f"`{name}`" in told[0]
    for box in ("from", "to", "lang"):
        assert app.selectbox(key=box).value == usual.selectbox(key=box).value
    assert app.date_input(key="as_of").value == usual.date_input(key="as_of").value


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize(
    ("page", "name"),
    [("trade", "trade_kind"), ("trade", "trade_unit"), ("energy", "product"),
     ("energy", "gas_kind")],
)  # fmt: skip
def test_a_choice_that_a_page_does_not_have_is_told(page: str, name: str) -> None:
    app = sound(opened(page, **{name: "banana"}))
    [told] = [shown.value for shown in app.warning]
    assert f"`{name}` = banana" in told


@pytest.mark.usefixtures("build")
def test_a_choice_that_a_page_has_is_not_told() -> None:
    assert not sound(opened("energy", product="gas", gas_kind="month")).warning


@pytest.mark.usefixtures("build")
def test_articles_on_power_of_siberia_stand_beside_the_gas_that_it_stands_in_for() -> None:
    app = sound(opened("energy", product="gas"))
    labels = [tab.label for tab in app.tabs if "rticle" in tab.label]
    assert not labels[0].endswith("(0)"), labels
    assert any("Power of Siberia" in shown.value for shown in app.markdown)


@pytest.mark.usefixtures("build")
def test_an_unknown_figure_is_a_sentence() -> None:
    app = opened("overview", figure="nothing")
    assert not app.exception
    assert "«nothing» is unknown" in app.error[0].value


@pytest.mark.usefixtures("build")
def test_foreign_markup_in_an_address_is_not_interpreted() -> None:
    app = opened("overview", as_of="**[x](javascript:alert(1))**")
    assert r"\*\*\[x\]\(javascript" in app.warning[0].value


def test_a_publish_is_seen_on_the_next_rerun(small_shipped: Small) -> None:
    refresh.run(lambda stage: None)
    first = warehouse.current()
    app = sound(opened("trade", trade_kind="month"))
    assert "May 2024: <b>19.8 " in hovers(charts(app)["trade_totals"])
    june = {"period_start": "2024-06-01", "period_end": "2024-06-30", "published": "2024-07-10"}
    url = "https://tass.com/economy/2"
    small_shipped.observations(observation(), observation(value="20.1", url=url, **june))
    refresh.run(lambda stage: None)
    second: Build = warehouse.current()
    assert second.id != first.id
    assert "Jun 2024: <b>20.1 " in hovers(charts(sound(app.run()))["trade_totals"])
    assert any(second.id in caption.value for caption in app.caption)
