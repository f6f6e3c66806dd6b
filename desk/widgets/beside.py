"""What stands beside a chart: articles and their claims, pages of its points, events."""

import pandas as pd
import streamlit as st

from desk import markup, wording
from desk.evidence import Scope
from desk.series import Row
from desk.texts import text
from desk.widgets import claims, filters, loading
from desk.widgets.filters import view
from etl.entries import LANGUAGES

SHOWN_ARTICLES = 8
SHOWN_CLAIMS = 6
SHOWN_PAGES = 500
HEIGHT = 480


@st.fragment
def show(scope: Scope, events: list[Row], key: str) -> None:
    """Draw what speaks of a figure: articles with their claims, pages of the points, events.

    Articles are drawn at once, the other two when they are opened: then this alone is drawn anew.
    `key` is of this page alone.
    """
    shown = view()
    found = loading.beside(shown.build, scope)
    language = shown.language
    labels = [
        text("evidence.articles", language, count=len(found["articles"])),
        text("evidence.pages", language, count=len(found["pages"] or events)),
        text("evidence.events", language, count=len(events)),
    ]
    articles, pages, dated = st.tabs(labels, key=f"evidence_{key}", on_change="rerun")
    with articles, st.container(height=HEIGHT, border=False):
        st.markdown(_articles_markdown(found["articles"], found["claims"], language))
    if pages.open:
        with pages:
            _pages(found["pages"] or [_page_of(row) for row in reversed(events)], language)
    if dated.open:
        with dated, st.container(height=HEIGHT, border=False):
            st.markdown(events_markdown(events, language))


def _articles_markdown(articles: list[Row], stated: list[Row], language: str) -> str:
    if not articles:
        return text("evidence.no_articles", language)
    day = wording.day(view().as_of, language)
    blocks = [f":small[{markup.plain(text('articles.day_note', language, as_of=day))}]"]
    for article in articles[:SHOWN_ARTICLES]:
        said = [row for row in stated if row["story"] == article["story"]]
        blocks += [_article(article, language), *_claims(article, said, language)]
    left = len(articles) - SHOWN_ARTICLES
    if left > 0:
        blocks.append(text("evidence.more_articles", language, count=left))
    return "\n\n".join(blocks)


def _article(article: Row, language: str) -> str:
    lines = (
        f"**{markup.link(article['title'], article['url'])}**",
        f"{markup.plain(article['publisher'])}, {wording.published(article, language)}",
        markup.plain(article["summary"]),
        also_at(article, language),
    )
    return "  \n".join(filter(None, lines))


def _claims(article: Row, said: list[Row], language: str) -> list[str]:
    """Return the claims of an article as quotes, and a link to all that it states."""
    told = dict.fromkeys(claims.markdown(row, language) for row in said[:SHOWN_CLAIMS])
    left = len(said) - SHOWN_CLAIMS
    more = f"{text('evidence.more_claims', language, count=left)} · " if left > 0 else ""
    every = text("evidence.all_claims", language)
    end = f":small[{more}{filters.link(every, 'articles', article=article['id'])}]"
    quoted = [*told, end]
    return ["\n>\n".join(f"> {each.replace(chr(10), chr(10) + '> ')}" for each in quoted)]


def also_at(article: Row, language: str) -> str:
    """Return where else the story of an article stands: it counts once."""
    if not article["also"]:
        return ""
    listed = ", ".join(markup.link(row["publisher"], row["url"]) for row in article["also"])
    return f"{text('evidence.also_at', language)} {listed}"


def _pages(rows: list[Row], language: str) -> None:
    """Draw the pages that the points were taken from, those in use first."""
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


def events_markdown(rows: list[Row], language: str) -> str:
    """Return events as Markdown, the newest first."""
    if not rows:
        return text("evidence.no_events", language)
    return "\n\n".join(
        f"**{markup.plain(row['date_text'])}** · {markup.plain(row['project'])} · "
        f"{text('event_status.' + row['status'], language)}  \n"
        f"{markup.link(row['title'], row['url'])}  \n"
        f":gray[{markup.plain(row['publisher'])}]"
        for row in reversed(rows)
    )
