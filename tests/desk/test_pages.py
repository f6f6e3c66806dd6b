"""Every page in its frame: it runs, one interaction changes it, and nothing breaks it."""

import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from desk import figure_list
from desk.widgets.downloads import FIGURE_FORMS
from etl import refresh, warehouse
from etl.paths import ROOT
from etl.warehouse import Build
from tests.desk.framed import CHARTS, PAGES, charts, hovers, opened, sound, words
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh
from tests.support import Small, observation


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
def test_articles_on_power_of_siberia_stand_beside_the_gas_that_it_stands_in_for() -> None:
    app = sound(opened("energy", product="gas"))
    labels = [tab.label for tab in app.tabs if "rticle" in tab.label]
    assert not labels[0].endswith("(0)"), labels
    assert any("Power of Siberia" in shown.value for shown in app.markdown)


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
