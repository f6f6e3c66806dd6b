"""Articles: a search, one article, its figures, the charts that they speak of."""

import pandas as pd
import streamlit as st

from desk import claim_table, markup, quoted, wording
from desk.evidence import Search
from desk.rows import Row
from desk.texts import text
from desk.widgets import chart, claims, filters, loading
from desk.widgets.filters import view

SHOWN_CHARTS = 4


def search() -> list[Row]:
    """Draw the search controls and the list of what they find; return it."""
    shown = view()
    language = shown.language
    topics, publishers = loading.choices(shown.build)
    with st.container(horizontal=True):
        words = st.text_input(text("filter.search", language), key="search", bind="query-params")
        any_ = {"": text("filter.any", language)}
        topic = filters.choose_listed(
            text("filter.topic", language),
            ["", *topics],
            "topic",
            any_ | {key: text(f"topic.{key}", language) for key in topics},
            200,
        )
        publisher = filters.choose_listed(
            text("filter.publisher", language), ["", *publishers], "publisher", any_, 240
        )
    wanted = Search(shown.as_of, words or "", topic, publisher, shown.start, shown.end)
    found = loading.articles(shown.build, wanted)
    st.caption(text("articles.found", language, count=len(found)))
    if not found:
        st.info(f"{text('articles.none', language)} {text('articles.none_do', language)}")
    else:
        _list(found, language)
    return found


def _list(found: list[Row], language: str) -> None:
    keys = ("date", "title", "publisher", "topics", "claims")
    names = {key: text(f"articles.columns_{key}", language) for key in keys}
    frame = pd.DataFrame(
        [
            {
                names["date"]: wording.published(row, language),
                names["title"]: row["title"],
                names["publisher"]: row["publisher"],
                names["topics"]: ", ".join(text(f"topic.{key}", language) for key in row["topics"]),
                names["claims"]: row["claim_count"],
            }
            for row in found
        ]
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=280,
        column_config={names["title"]: st.column_config.TextColumn(width="large")},
    )


def choose(found: list[Row]) -> Row | None:
    """Draw the choice of one article and return it."""
    if not found:
        return None
    language = view().language
    rows = {row["id"]: row for row in found}
    titles = {key: f"{row['published_text']} · {row['title']}" for key, row in rows.items()}
    # a link to an article opens the one that speaks for its story
    speaks = {other["id"]: key for key, row in rows.items() for other in row["also"]}
    asked = st.session_state.get("article") or st.query_params.get("article", "")
    if speaks.get(asked, asked) in rows:
        st.session_state["article"] = speaks.get(asked, asked)
    else:
        st.session_state.pop("article", None)
    chosen = filters.choose_listed(
        text("articles.pick", language), list(rows), "article", titles, 900
    )
    return rows.get(chosen)


def show(article: Row) -> None:
    """Draw one article: reference, our summary, its figures, the charts that they speak of."""
    shown = view()
    language = shown.language
    st.subheader(markup.plain(article["title"]), anchor="article")
    st.markdown(_reference(article, language))
    if article["seen"]:
        st.caption(text("articles.seen", language))
    if article["quality"] == "low":
        st.caption(text("articles.low", language))
    if article["summary"]:
        st.markdown(f"**{text('articles.summary', language)}**: {markup.plain(article['summary'])}")
    found = loading.claims_of(shown.build, article["id"], shown.as_of)
    st.markdown(f"**{text('articles.claims', language)}**")
    if not found:
        st.info(text("articles.no_claims", language))
        return
    day = wording.day(shown.as_of, language)
    counts = text("articles.verdicts", language, counts=claim_table.counts(found, language))
    st.caption(f"{counts} {text('articles.day_note', language, as_of=day)}")
    claims.table(found, "stated verdict why about period kind chart")
    specs = claim_table.figures_of(found)[:SHOWN_CHARTS]
    if specs:
        st.markdown(f"**{text('articles.charts', language)}**")
    for spec, kind in specs:
        chart.show_figure(spec.id, kind)


def _reference(article: Row, language: str) -> str:
    """Return who published it when, its link, and where else its story stands."""
    wire = text("articles.wire", language, wire=article["wire"]) if article["wire"] else ""
    opened = (
        markup.link(text("evidence.open", language), article["url"])
        if article["url"]
        else text("articles.from_file", language)
    )
    lines = [
        f"{markup.plain(article['publisher'])}, {wording.published(article, language)} "
        f"{markup.plain(wire)} · {opened}",
        quoted.also_at(article, language),
    ]
    return "  \n".join(filter(None, lines))
