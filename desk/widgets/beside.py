"""What stands beside a chart: articles and their claims, pages of its points, events."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from desk import markup, narrowing, quoted, selection, wording
from desk.evidence import Beside, Scope
from desk.figures import Figure
from desk.rows import Row
from desk.selection import NOTHING, Selection
from desk.texts import text
from desk.widgets import loading, selecting
from desk.widgets.filters import view
from etl.entries import LANGUAGES

SHOWN_PAGES = 500
HEIGHT = 480


def show(
    scope: Scope,
    key: str,
    made: Figure | None = None,
    wanted: Selection = NOTHING,
    events: Sequence[Row] = (),
) -> None:
    """Draw what speaks of a chart, or of what is selected on it: articles, pages, events.

    `made` is the figure of the chart, whose claims and events can then be pointed at; `events` are
    those of a chart that is no figure.
    """
    shown = view()
    language = shown.language
    dated = made.events if made else list(events)
    happened = narrowing.happened(dated, wanted)
    if wanted:
        found = narrowing.narrowed(partial(loading.beside, shown.build), scope, dated, wanted)
        count = len(_sources(scope, wanted))
    else:
        found = loading.beside(shown.build, scope)
        count = loading.source_count(shown.build, scope)
    labels = [
        text("evidence.articles", language, count=len(found.articles)),
        text("evidence.pages", language, count=count or len(happened)),
        text("evidence.events", language, count=len(happened)),
    ]
    # the open one alone is drawn: two thirds of the evidence wait until they are asked for
    tabs = st.tabs(labels, key=f"evidence_{key}", on_change="rerun")
    if tabs[0].open:
        with tabs[0], st.container(height=HEIGHT, border=False):
            _articles(found, made, wanted)
    if tabs[1].open:
        with tabs[1]:
            _pages(_sources(scope, wanted) or [_page_of(row) for row in reversed(happened)])
    if tabs[2].open:
        with tabs[2], st.container(height=HEIGHT, border=False):
            _events(happened, made, wanted)


def _sources(scope: Scope, wanted: Selection) -> list[Row]:
    ask = partial(loading.sources, view().build)
    return narrowing.sources(ask, scope, wanted) if wanted else ask(scope)


def _articles(found: Beside, made: Figure | None, wanted: Selection) -> None:
    shown = view()
    if not found.articles:
        st.markdown(text("evidence.no_articles", shown.language))
        return
    day = wording.day(shown.as_of, shown.language)
    st.caption(markup.plain(text("articles.day_note", shown.language, as_of=day)))
    for block in quoted.articles(found, made, shown.language, shown.links):
        if isinstance(block, str):
            st.markdown(block)
        elif made:
            _pointer(block.words, block.label, made, wanted)


def _pointer(words: str, label: str, made: Figure, wanted: Selection) -> None:
    """Draw a button that marks a claim or an event on the chart, or takes its mark away."""
    marked = selection.parse(words) == wanted
    help_ = "selection.marked" if marked else "selection.mark"
    st.button(
        label,
        key=f"point_{made.id}_{words}",
        icon=":material/my_location:",
        type="secondary" if marked else "tertiary",
        help=text(help_, made.options.language),
        on_click=selecting.put,
        args=(made.id, "" if marked else words),
    )


def _pages(rows: list[Row]) -> None:
    """Draw the pages that the points were taken from, those in use first."""
    language = view().language
    if not rows:
        st.caption(text("chart.empty", language))
        return
    keys = ("page", "published", "period", "figure", "used", "of", "note", "open")
    names = {key: text(f"evidence.{key}", language) for key in keys}
    frame = pd.DataFrame(
        [
            {
                names["page"]: row["publisher"],
                names["published"]: wording.published(row, language),
                names["period"]: wording.period(
                    row["period_kind"], row["period_start"], row["period_end"], language
                ),
                names["figure"]: wording.printed(row),
                names["used"]: bool(row["chosen"]),
                names["of"]: row[f"short_{language}"],
                names["note"]: row["correction"] or row["note"],
                names["open"]: row["url"],
            }
            for row in rows[:SHOWN_PAGES]
        ]
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=HEIGHT,
        column_config={names["open"]: st.column_config.LinkColumn(display_text="↗")},
    )


def _page_of(event: Row) -> Row:
    """Return the page that an event was taken from, as a row of the table of pages."""
    named = {key: event[key] for key in ("publisher", "published", "published_text", "url", "note")}
    period = {"period_kind": "day", "period_start": event["date"], "period_end": event["date"]}
    shown = {"bound": "=", "value_text": event["title"], "unit_text": "", "chosen": True}
    topic = {f"short_{key}": event["project"] for key in LANGUAGES}
    return named | period | shown | topic | {"correction": None}


def _events(rows: list[Row], made: Figure | None, wanted: Selection) -> None:
    language = view().language
    if not rows:
        st.markdown(text("evidence.no_events", language))
    for row in reversed(rows):
        label = f"{markup.plain(row['date_text'])} · {markup.plain(row['project'])}"
        if made:
            _pointer(selection.of_event(row), label, made, wanted)
        head = "" if made else f"**{label}** · "
        st.markdown(head + _event(row, language))


def events_markdown(rows: list[Row], language: str) -> str:
    """Return events as Markdown, the newest first."""
    if not rows:
        return text("evidence.no_events", language)
    return "\n\n".join(
        f"**{markup.plain(row['date_text'])}** · {markup.plain(row['project'])} · "
        + _event(row, language)
        for row in reversed(rows)
    )


def _event(row: Row, language: str) -> str:
    return (
        f"{text('event_status.' + row['status'], language)}  \n"
        f"{markup.link(row['title'], row['url'])}  \n"
        f":gray[{markup.plain(row['publisher'])}]"
    )
