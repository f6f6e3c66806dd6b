"""Page Articles: a text read and added or discarded, all figures stated, accuracy by publisher."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from desk import drafts, request
from desk.widgets import claims as claims_widget
from etl import refresh, runs, warehouse
from tests.desk.framed import charts, opened, sound, words
from tests.desk.framed import framed as framed
from tests.desk.refreshes import alone as alone
from tests.desk.refreshes import state, wait_for
from tests.support import Small, article, observation

DAY = date(2025, 1, 20)
TEXT = (
    "Trade in May\n\nTrade between China and Russia was worth $19.8 billion in May 2024, customs "
    "said. It had been $30 billion in May 2024 by another count of the same trade. China and "
    "Russia want to raise it to $300 billion by 2030, **officials** said <b>again</b> on Monday."
)


@pytest.fixture(autouse=True)
def desk(small_shipped: Small, alone: None) -> Iterator[Small]:
    """Build a small desk: one month of trade, told by two pages, and one article."""
    claim = {"period_start": "2024-05-01", "period_end": "2024-05-31"}
    exact = claim | {"value": 19.8, "low": 19.8, "high": 19.8, "bound": "="}
    small_shipped.observations(observation(publisher="RIA Novosti", url="https://ria.ru/1"))
    small_shipped.articles(article(exact))
    refresh.run(lambda stage: None)
    st.cache_data.clear()
    st.cache_resource.clear()
    yield small_shipped
    st.cache_data.clear()
    st.cache_resource.clear()


def read(text: str = TEXT, **heads: str) -> AppTest:
    """Paste a text into the page and have it read."""
    app = sound(opened("articles", show="read"))
    app.text_area(key="read_text").set_value(text)
    app.date_input(key="read_day").set_value(DAY)
    for key, value in heads.items():
        app.text_input(key=f"read_{key}").set_value(value)
    return sound(app.button(key="read_go").click().run())


def draft_of(app: AppTest) -> str:
    found = app.query_params["draft"]
    return found if isinstance(found, str) else str(found[0])


def tables(app: AppTest) -> list[list[dict[str, str]]]:
    return [table.value.to_dict("records") for table in app.table]


def test_a_pasted_text_is_read_at_once_with_its_figures_underlined() -> None:
    app = read(publisher="Example")
    shown = words(app)
    assert ":green[\\$19\\.8 billion] :small[✓1]" in shown
    assert ":red[\\$30 billion] :small[✗2]" in shown
    assert "\\*\\*officials\\*\\*" in shown
    assert "\\<b\\>again" in shown
    [rows] = tables(app)
    assert [row["Verdict"].split("[")[0] for row in rows] == [":green", ":red", ":gray"]
    assert all(row["Why"] for row in rows)
    assert rows[0]["Period"] == "May 2024"
    traces = charts(app)["trade_totals"]
    assert {"claim agrees", "claim differs"} <= {trace.get("name") for trace in traces}
    assert "3 figures: ✓ agrees 1, ✗ differs 1, ? not checkable 1." in shown


def test_the_address_opens_the_draft_again_and_a_lost_one_is_told() -> None:
    name = draft_of(read())
    again = sound(opened("articles", show="read", draft=name))
    assert ":small[✓1]" in words(again)
    lost = sound(opened("articles", show="read", draft="0" * 16))
    assert "no longer kept here" in words(lost)
    assert lost.text_area(key="read_text")


def test_discarding_forgets_the_text_and_shows_the_form() -> None:
    app = read()
    name = draft_of(app)
    app = sound(app.button(key="draft_discard").click().run())
    assert drafts.find(name) is None
    assert "draft" not in app.query_params
    assert app.text_area(key="read_text")


@pytest.mark.parametrize("text", ["", "   \n"])
def test_without_a_text_a_sentence_says_what_to_do(text: str) -> None:
    assert "There is no text yet" in words(read(text))


def test_an_address_that_is_none_is_a_sentence() -> None:
    app = read(url="javascript:alert(1)")
    assert "could not be read" in words(app)
    assert "draft" not in app.query_params


def test_a_text_without_figures_says_so() -> None:
    app = read("China and Russia met.")
    assert "No figure was found" in words(app)
    assert not app.table


def test_adding_runs_ingest_and_the_new_build_has_the_claims() -> None:
    before = warehouse.current()
    app = read(publisher="Example")
    app = sound(app.button(key="draft_add").click().run())
    assert app.button(key="draft_add").disabled
    wait_for(lambda: state() != "running")
    app = sound(app.run())
    after = warehouse.current()
    assert before.id != after.id
    assert app.success[0].value.startswith("It is on the desk")
    assert not [button for button in app.button if button.key == "draft_add"]
    made = drafts.find(draft_of(app))
    assert made is not None
    name = str(drafts.article_id(made))
    with warehouse.connect(after) as con:
        told = con.execute(
            "SELECT c.line_value, v.verdict FROM claim c "
            "JOIN verdict v ON v.article = c.article AND v.number = c.number "
            "WHERE c.article = ? AND v.as_of = 'build' ORDER BY c.number",
            [name],
        ).fetchall()
    assert [verdict for _, verdict in told] == ["agrees", "differs", "not_checkable"]
    assert told[0][0] == pytest.approx(19.8)
    page = sound(opened("articles", article=name))
    assert "«Trade between China and Russia was worth" in page.table[0].value.to_string().replace(
        "\\", ""
    )


def test_a_text_that_is_no_article_is_not_added_and_the_reason_is_told() -> None:
    before = warehouse.current()
    app = read("Trade between China and Russia was worth $19.8 billion in May 2024.")
    app = sound(app.button(key="draft_add").click().run())
    wait_for(lambda: state() != "running")
    app = sound(app.run())
    assert "It was not added" in words(app)
    assert "too few for an article" in words(app)
    assert warehouse.current().id == before.id
    assert not app.button(key="draft_add").disabled


def test_where_refreshing_is_off_nothing_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMUR_REFRESH_NOW", "0")
    app = read()
    assert ":small[✓1]" in words(app)
    assert not [button for button in app.button if button.key == "draft_add"]
    assert app.button(key="draft_discard")
    form = sound(opened("articles", show="read"))
    assert form.button_group(key="from_what").options == ["pasted text", "a file"]


def test_only_one_thing_at_a_time_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    app = read()
    monkeypatch.setattr(request, "progress", lambda: request.Progress("running", "building"))
    app = app.run()
    assert app.button(key="draft_add").disabled


def test_an_article_has_a_table_of_its_claims_with_verdict_why_and_links() -> None:
    app = sound(opened("articles", article="a1"))
    [[row]] = tables(app)
    assert row["Verdict"] == ":green[✓ agrees]"
    assert "19" in row["Why"]
    assert "(https://ria.ru/1)" in row["Why"]
    assert "figure=trade_totals" in row["Chart"]
    assert "claim=a1.1" in row["Chart"]


def test_the_link_of_a_claim_opens_its_chart_with_the_claim_ringed() -> None:
    app = sound(opened("overview", figure="trade_totals", kind="month", claim="a1.1"))
    sizes = [trace.get("marker", {}).get("size") for trace in charts(app)["trade_totals"]]
    assert 30 in sizes


def test_the_evidence_beside_a_chart_tells_verdict_why_and_the_judging_page() -> None:
    app = sound(opened("trade", trade_kind="month"))
    told = [shown.value for shown in app.markdown]
    place = next(n for n, words in enumerate(told) if "Trade sets a record" in words)
    panel = "\n".join(told[place : place + 3])
    assert "[RIA Novosti](https://ria.ru/1)" in panel
    assert "/articles?article=a1" in panel
    pointer = next(button for button in app.button if button.key.startswith("point_trade_totals"))
    assert "✓ agrees" in pointer.label


def test_all_figures_stated_are_filtered_and_the_address_keeps_it() -> None:
    app = sound(opened("articles", show="claims"))
    assert len(app.dataframe[0].value) == 1
    assert "1 of 1 figures" in words(app)
    app.selectbox(key="claim_verdict").set_value("differs").run()
    assert "No figure matches." in words(sound(app))
    again = sound(opened("articles", show="claims", claim_verdict="agrees", claim_year="2024"))
    assert again.selectbox(key="claim_verdict").value == "agrees"
    assert len(again.dataframe[0].value) == 1
    assert again.get("download_button")
    assert not sound(opened("articles", show="claims", claim_words="nothing such")).dataframe


def test_a_publisher_with_few_judged_claims_has_counts_and_no_share() -> None:
    app = sound(opened("articles", show="publishers"))
    [row] = app.dataframe[0].value.to_dict("records")
    assert (row["Publisher"], row["✓ agrees"], row["Judged"]) == ("TASS", 1, 1)
    assert row["Share right"] == "too few"
    assert "%" not in json.dumps(row)


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
@pytest.mark.parametrize("section", ["read", "claims", "publishers"])
def test_every_section_runs_in_every_language(section: str, language: str) -> None:
    app = sound(opened("articles", show=section, lang=language))
    assert not app.warning


def test_only_the_section_that_is_asked_for_is_drawn() -> None:
    app = sound(opened("articles"))
    assert not app.text_area
    assert not [box for box in app.selectbox if str(box.key).startswith("claim_")]


def test_a_day_before_the_article_hides_its_claims() -> None:
    app = sound(opened("articles", show="claims", as_of="2024-12-31"))
    assert "0 of 0 figures" in words(app)
    assert "No article is known" in words(
        sound(opened("articles", show="publishers", as_of="2024-12-31"))
    )


def test_hostile_titles_in_the_tables_are_inert(desk: Small) -> None:
    title = "\u202e=HYPERLINK(1) **b** <i>[x](javascript:1)"
    desk.articles(article({"period_start": "2024-05-01", "period_end": "2024-05-31"}, title=title))
    refresh.run(lambda stage: None)
    app = sound(opened("articles", show="claims"))
    [told] = app.dataframe[0].value["Article"]
    assert "\u202e" not in told
    panel = "".join(m.value for m in sound(opened("trade", trade_kind="month")).markdown)
    assert "\\*\\*b\\*\\* \\<i\\>\\[x\\]" in panel
    assert "\u202e" not in panel


def test_status_tells_which_claims_are_judged_otherwise(desk: Small) -> None:
    quiet = sound(opened("status"))
    assert "changed no verdict" in words(quiet)
    ria = {"publisher": "RIA Novosti", "url": "https://ria.ru/1"}
    desk.observations(observation(value="25.1", **ria))
    refresh.run(lambda stage: None)
    digest = runs.last_digest()
    assert digest is not None
    assert digest["verdicts"]
    for language, was, now in (("en", "✓ agrees", "✗ differs"), ("ru", "✓", "✗")):
        app = sound(opened("status", lang=language))
        found = [frame.value for frame in app.dataframe if len(frame.value.columns) == 6]
        [row] = [row for frame in found for row in frame.to_dict("records") if "✗" in str(row)]
        cells = list(row.values())
        assert cells[:2] == ["TASS", "Trade sets a record"]
        assert cells[3].startswith(was)
        assert cells[4].startswith(now)
        assert cells[5]


def test_the_table_of_claims_says_where_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_widget, "TABLED", 2)
    app = read()
    assert len(tables(app)[0]) == 2
    assert "The first 2 of 3 are shown." in words(app)
