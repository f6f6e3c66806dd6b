"""Pages Products and Partners over a lake: charts, choices, marks, and what is said without one."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from desk import flows
from desk.flows import Side, View
from desk.widgets.flows import QUESTIONS as questions
from etl import paths
from etl.flows import demo, lake
from tests.desk.framed import charts, framed, opened, sound, words

__all__ = ["framed"]
VIEW = View("comtrade", date(2026, 11, 1), date(2019, 1, 1), date(2026, 12, 31))


def quiet(*_: object) -> None:
    """Say nothing."""


@pytest.fixture(scope="module", autouse=True)
def filled(build: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put a small demonstration beside the build, and take it away again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "ROWS", 50_000)
        demo.fill(quiet)
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    shutil.rmtree(paths.flows())
    st.cache_data.clear()
    st.cache_resource.clear()


def test_products_draws_goods_a_product_and_claimed_shares() -> None:
    app = sound_but_marked(opened("products", direction="sold"))
    drawn = charts(app)
    expected = {"goods_treemap", "goods_changes", "product_history", "replaced"}
    assert expected | {"claimed_machine_tools", "claimed_semiconductors"} <= set(drawn)
    stated = [trace for trace in drawn["claimed_semiconductors"] if "stated" in trace["name"]]
    assert "90 %" in str(stated[0]["text"])
    assert len(app.tabs) == 3 * len(drawn)


def sound_but_marked(app: Any) -> Any:
    """Return a page whose only error line is the mark on invented figures."""
    assert not app.exception, [shown.value for shown in app.exception]
    assert [shown.value.split(".")[0] for shown in app.error] == ["**INVENTED FIGURES"]
    assert not app.warning, [shown.value for shown in app.warning]
    return app


def test_invented_figures_are_marked_on_every_chart() -> None:
    for page in ("products", "partners"):
        app = opened(page)
        specs = [element.proto.spec for element in app.get("plotly_chart")]
        assert specs
        assert all("INVENTED FIGURES" in spec for spec in specs)
        assert len(app.get("download_button")) == len(specs)


def test_a_product_is_found_by_name_and_by_code() -> None:
    app = opened("products", direction="sold", level="6", words="854231")
    assert app.selectbox(key="product6").options == [
        next(option for option in app.selectbox(key="product6").options if option[:6] == "854231")
    ]
    app = app.text_input(key="words").set_value("integrated circuits").run()
    assert all("integrated" in option for option in app.selectbox(key="product6").options)
    app = app.text_input(key="words").set_value("nothing like it").run()
    assert "nothing like it" in words(app)


def test_partners_draws_both_sides_and_the_ways_round() -> None:
    app = sound_but_marked(opened("partners"))
    drawn = charts(app)
    names = {trace["name"] for trace in drawn["mirror"]}
    assert "China: exports to Russian Federation" in names
    assert "Russian Federation: imports from China" in names
    assert {trace["name"] for trace in drawn["route_out"]} >= {"Kazakhstan", "Türkiye"}
    app = app.selectbox(key="reporter").set_value("KAZ").run()
    assert "Kazakhstan" in str(charts(app)["mirror"])


def test_a_question_that_is_too_slow_leaves_the_page_standing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(*_: object) -> None:
        raise lake.TooSlow("too slow")

    monkeypatch.setitem(questions, "mirror", slow)
    st.cache_data.clear()
    st.cache_resource.clear()
    app = opened("partners")
    assert not app.exception
    assert "longer than 10 s" in words(app)
    assert "route_in" in charts(app)


def test_without_a_lake_the_pages_say_how_to_fetch_flows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "flows", lambda: tmp_path)
    for page in ("products", "partners"):
        app = sound(opened(page))
        assert "none are held here yet" in words(app)
        assert any("amur flows add" in code.value for code in app.code)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return lake.held()


def test_goods_of_a_year_count_the_same_months_of_the_year_before(held: Any) -> None:
    side = Side("CHN", "RUS", "X")
    whole = {row["hs"]: row for row in flows.goods(held, VIEW, side, 2, 2025, 12)}
    half = {row["hs"]: row for row in flows.goods(held, VIEW, side, 2, 2025, 6)}
    assert 0 < half["85"]["value"] < whole["85"]["value"]
    assert 0 < half["85"]["before"] < whole["85"]["before"]
    with lake.asking(held, ["CHN"]) as con:
        total = con.execute(
            "SELECT sum(value) FROM flow_row WHERE partner = 'RUS' AND reporter = 'CHN' "
            "AND flow = 'X' AND level = 0 AND year(period_start) = 2025"
        ).fetchone()
    assert total is not None
    told = sum(row["value"] or 0 for row in whole.values())
    assert told == pytest.approx(total[0], rel=0.02)


def test_dependence_is_ten_thousand_where_one_country_has_all(held: Any) -> None:
    rows = flows.suppliers(held, VIEW, Side("CHN", "RUS", "M"), "270900")
    years = {row["year"] for row in rows}
    for year in years:
        shares = [row["share"] for row in rows if row["year"] == year]
        (hhi,) = {row["hhi"] for row in rows if row["year"] == year}
        assert sum(shares) == pytest.approx(1)
        assert hhi == pytest.approx(1e4 * sum(share**2 for share in shares))


def test_the_mirror_of_a_generated_flow_is_dearer_by_freight(held: Any) -> None:
    rows = flows.mirror(held, VIEW, "CHN", "KAZ", "TOTAL")
    told = {(row["reporter"], row["flow"], row["year"]): row["value"] for row in rows}
    assert told["KAZ", "M", 2024] != told["CHN", "X", 2024]


def test_listed_goods_are_the_fifty_of_the_list() -> None:
    assert len(flows.listed()) == 50
    assert flows.listed()["854231"] == "1"


def test_what_speaks_of_a_product_is_what_is_counted_by_its_code() -> None:
    assert "crude_ru_cn_volume" in flows.speaking_of("2709", "bought", ())
    assert "crude_ru_cn_volume" not in flows.speaking_of("2709", "sold", ("x",))
    assert flows.speaking_of("0101", "sold", ("exports_cn_to_ru",)) == ("exports_cn_to_ru",)


def test_areas_have_names_in_three_languages() -> None:
    assert flows.area("KAZ", "en") == "Kazakhstan"
    assert flows.area("KAZ", "ru") == "Казахстан"
    assert flows.area("KAZ", "zh") == "哈萨克斯坦"
    assert flows.area("W00", "ru") == "World"


def test_an_earlier_day_knows_the_earlier_release(held: Any) -> None:
    side = Side("CHN", "RUS", "X")
    later = flows.goods(held, VIEW, side, 6, 2025, 12)
    first = View("comtrade", date(2026, 4, 1), VIEW.start, VIEW.end)
    earlier = flows.goods(held, first, side, 6, 2025, 12)
    assert [row["hs"] for row in sorted(earlier, key=lambda row: row["hs"])] == sorted(
        row["hs"] for row in later
    )
    assert {row["hs"]: row["value"] for row in earlier} != {
        row["hs"]: row["value"] for row in later
    }
