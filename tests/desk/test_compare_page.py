"""Page Compare and the mirror on page Trade: every control in the address, bad ones told."""

import re

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from desk.comparing.presets import PRESETS
from desk.texts import text
from etl.entries import LANGUAGES
from tests.desk.framed import charts, hovers, opened, sound, words
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh

pytestmark = pytest.mark.usefixtures("build")
CRUDE = "crude_ru_cn_volume,crude_sa_cn_volume"


def address(app: AppTest) -> dict[str, str]:
    """Return the address as it is written now."""
    found = {name: app.query_params[name] for name in app.query_params}
    return {k: v[0] if isinstance(v, list) else v for k, v in found.items()}


def named(app: AppTest) -> list[str]:
    """Return the lines of the chart by their names in the legend."""
    traces = charts(app)["compare"]
    shown = [t["name"] for t in traces if t.get("name") and t.get("showlegend", True)]
    return list(dict.fromkeys(name for name in shown if not name.startswith("claim ")))


def told(app: AppTest) -> str:
    """Return the words of a page as a reader sees them: without the signs that keep them plain."""
    return re.sub(r"\\(.)", r"\1", words(sound(app)))


def test_the_page_opens_with_exports_and_imports_and_a_short_address() -> None:
    app = sound(opened("compare"))
    assert named(app) == ["China's exports", "China's imports"]
    assert address(app) == {}


def test_an_address_sets_every_control_and_is_kept() -> None:
    asked = {"series": CRUDE, "view": "indexed", "kind": "month", "unit": "mb/d"}
    app = sound(opened("compare", **asked))
    assert not app.warning
    assert app.multiselect(key="compare_series").value == CRUDE.split(",")
    for name in ("view", "kind", "unit"):
        assert app.button_group(key=f"compare_{name}").value == asked[name]
    assert "index, " in words(app)
    assert address(app) == asked
    again = sound(opened("compare", **address(app)))
    assert charts(again) == charts(app)


def test_a_choice_goes_into_the_address_and_a_default_out_of_it() -> None:
    app = sound(opened("compare"))
    app.button_group(key="compare_currency").set_value("CNY").run()
    app.button_group(key="compare_view").set_value("growth").run()
    assert address(sound(app)) == {"currency": "CNY", "view": "growth"}
    app.button_group(key="compare_view").set_value("lines").run()
    assert address(sound(app)) == {"currency": "CNY"}
    assert "CNY bn</b>" in hovers(charts(app)["compare"])


def test_indicators_are_found_by_name_in_the_language_of_the_reader() -> None:
    for language, title in (("en", "Trade · "), ("ru", "Торговля · "), ("zh", "贸易 · ")):
        box = sound(opened("compare", lang=language)).multiselect(key="compare_series")
        assert box.options[0].startswith(title)
        assert len(set(box.options)) == len(box.options) > 100


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_one_click(name: str) -> None:
    preset = PRESETS[name]
    app = sound(opened("compare", series="trade_total,price_brent", kind="ytd"))
    app.button(key=f"preset_{name}").click().run()
    assert not sound(app).info
    assert [shown.value for shown in app.subheader] == [text(f"compare.preset.{name}")]
    assert address(app).get("series", "exports_cn_to_ru,imports_cn_from_ru").split(",") == list(
        preset.series
    )
    assert address(app).get("view", "lines") == preset.view


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_indicator_or_seven_are_refused_with_a_sentence(language: str) -> None:
    one = opened("compare", series="trade_total", lang=language)
    assert text("compare.refused.few", language, least=2, count=1) in told(one)
    seven = "trade_total,price_brent,price_dubai,price_wti,price_gas_eu,price_gas_us,price_lng_jp"
    many = opened("compare", series=seven, lang=language)
    assert text("compare.refused.many", language, most=6, count=7) in told(many)
    assert not charts(one)
    assert not charts(many)
    none = opened("compare", series="", lang=language)
    assert not charts(sound(none))


def test_what_has_no_sum_is_refused_until_seen_otherwise() -> None:
    app = opened("compare", series="crude_ru_cn_volume,price_brent", view="shares")
    assert "Prices, rates, shares and ranks have no sum: Brent" in told(app)
    app.button_group(key="compare_view").set_value("indexed").run()
    assert named(sound(app)) == ["Crude RU, vol.", "Brent"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("view", "pie"), ("kind", "week"), ("currency", "GBP"), ("unit", "furlong")],
)
def test_a_value_that_no_control_has_is_told_and_the_default_used(name: str, value: str) -> None:
    app = sound(opened("compare", **{name: value}))
    [warned] = [shown.value for shown in app.warning]
    assert f"`{name}` = {value}" in warned
    assert charts(app) == charts(opened("compare"))


def test_an_indicator_that_is_not_there_is_told_and_left_out() -> None:
    app = sound(opened("compare", series="trade_total,**x**,price_brent"))
    assert r"`\*\*x\*\*`" in app.warning[0].value
    assert app.multiselect(key="compare_series").value == ["trade_total", "price_brent"]


def test_a_line_a_year_takes_one_of_several() -> None:
    app = sound(opened("compare", series=CRUDE, view="years"))
    assert named(app)[0] == "2015"
    assert "108.47" not in hovers(charts(app)["compare"])
    before = charts(app)["compare"]
    app.button_group(key="compare_of").set_value("crude_sa_cn_volume").run()
    assert address(sound(app))["of"] == "crude_sa_cn_volume"
    assert charts(app)["compare"] != before
    alone = sound(opened("compare", series="trade_total", view="years", kind="ytd"))
    assert "2024: <b>244.819" in hovers(charts(alone)["compare"])


def test_evidence_and_downloads_stand_beside_a_comparison() -> None:
    app = sound(opened("compare", series=CRUDE, view="shares"))
    labels = [tab.label for tab in app.tabs]
    assert len(labels) == 3
    assert not any(label.endswith("(0)") for label in labels[:2]), labels
    assert len(app.get("download_button")) == 7
    app.session_state["table_compare"] = True
    cited = [code.value for code in sound(app.run()).code]
    assert any(words.startswith("amur export compare --series") for words in cited)


def test_a_point_of_a_comparison_is_selected_by_the_address_and_opens_where_it_comes_from() -> None:
    point = "crude_ru_cn_volume:2024-01-01:2024-12-31"
    for view in ("lines", "indexed", "years"):
        app = sound(opened("compare", series=CRUDE, view=view, kind="year", at_compare=point))
        assert not app.info
        shown = view != "years"
        assert (
            text("provenance.title", line="Crude RU, vol.", period="2024") in told(app)
        ) == shown


def test_the_mirror_tells_its_gap_in_dollars_and_per_cent_and_why() -> None:
    app = sound(opened("trade"))
    traces = charts(app)
    assert {"trade_mirror", "trade_mirror_total", "compare"} <= set(traces)
    for whose in ("RU exports, IMF", "RU exports, FCS count", "RU imports, IMF"):
        assert whose in {trace.get("name") for trace in traces["trade_mirror"]}
    assert re.search(r"2023: <b>17\.6\d+ USD bn", hovers(traces["compare"]))
    app.button_group(key="mirror").set_value("total").run()
    app.button_group(key="mirror_unit").set_value("%").run()
    assert address(sound(app)) == {"mirror": "total", "mirror_unit": "%"}
    assert "Trade total − Trade total, IMF" in hovers(charts(app)["compare"])
    for language in LANGUAGES:
        why = text("mirror.why", language)
        assert why.count("- **") == 5
        assert why.strip() in words(sound(opened("trade", lang=language)))


def test_a_computed_point_tells_what_it_is_made_from_and_offers_no_correction() -> None:
    point = "imf_ru_exports_to_cn:2023-01-01:2023-12-31"
    pair = "imports_cn_from_ru,imf_ru_exports_to_cn"
    app = sound(opened("compare", series=pair, view="gap", kind="year", at_compare=point))
    assert "every figure that was reported" in words(app)
    assert "−" in words(app)
    assert not any("corrections" in shown.value for shown in app.caption)
    assert not any(code.value.startswith("imf_ru_exports_to_cn,") for code in app.code)


def test_a_line_a_year_leaves_the_period_of_the_other_views_as_it_was() -> None:
    app = sound(opened("compare", series=CRUDE, view="lines"))
    app.button_group(key="compare_view").set_value("years").run()
    assert address(sound(app)).get("view") == "years"
    app.button_group(key="compare_view").set_value("lines").run()
    assert "kind" not in address(sound(app))


def test_converted_money_tells_its_rate_beside_what_was_reported() -> None:
    point = "exports_cn_to_ru:2022-01-01:2022-12-31"
    app = sound(opened("compare", currency="RUB", kind="year", at_compare=point))
    [said] = [shown.value for shown in app.caption if "converted at the mean rate" in shown.value]
    assert "×" in said
    assert any("Why it is used or not" in frame.value.columns for frame in app.dataframe)


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in another's page, as `embed=true` does in a browser."""
    monkeypatch.setattr(ContextProxy, "is_embedded", True)


@pytest.mark.usefixtures("embedded")
def test_a_comparison_stands_alone_in_another_page_as_its_address_says() -> None:
    asked = {"series": CRUDE, "view": "indexed", "kind": "month", "unit": "mb/d"}
    alone = sound(opened("overview", figure="compare", embed="true", lang="ru", **asked))
    whole = sound(opened("compare", lang="ru", **asked))
    assert charts(alone) == charts(whole)
    assert "Источник" in told(alone)
    assert not alone.tabs
    assert not alone.selectbox
    assert not alone.get("download_button")


@pytest.mark.usefixtures("embedded")
def test_an_embedded_comparison_takes_what_page_compare_leaves_out_of_its_address() -> None:
    for given in ({}, {"view": "growth"}, {"view": "years", "of": "imports_cn_from_ru"}):
        alone = sound(opened("overview", figure="compare", embed="true", **given))
        assert charts(alone) == charts(sound(opened("compare", **given)))


@pytest.mark.usefixtures("embedded")
def test_an_embedded_comparison_that_cannot_be_is_a_sentence() -> None:
    few = sound(opened("overview", figure="compare", embed="true", series="trade_total"))
    assert text("compare.refused.few", least=2, count=1) in told(few)
    bad = opened("overview", figure="compare", embed="true", view="**pie**")
    assert not bad.exception
    assert r"View «\*\*pie\*\*» is unknown here" in bad.error[0].value
    unknown = opened("overview", figure="compare", embed="true", series="trade_total,x")
    assert r"Unknown\: «x»" in unknown.error[0].value


def test_the_address_of_one_comparison_opens_it_with_its_evidence() -> None:
    app = sound(opened("overview", figure="compare", series=CRUDE, view="shares"))
    assert [tab.label for tab in app.tabs]
    assert len(app.get("download_button")) == 7


def test_a_comparison_links_to_itself_alone_and_embedded_with_its_state() -> None:
    app = sound(opened("compare", series=CRUDE, view="gap", unit="%", kind="month"))
    [links] = [one.value for one in app.caption if "embed=true" in one.value]
    for part in ("figure=compare", "view=gap", "kind=month", "unit=%25", "crude_sa_cn_volume"):
        assert links.count(part) == 2
    assert "figures=" not in links
