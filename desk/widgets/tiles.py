"""The overview: five tiles, the newest events and articles."""

from datetime import date

import streamlit as st

from desk import markup, overview, wording
from desk.overview import Tile
from desk.texts import text
from desk.widgets import beside, loading
from desk.widgets.filters import view


def show() -> None:
    """Draw the five figures that a briefing opens with."""
    shown = view()
    language = shown.language
    st.subheader(text("overview.tiles", language))
    st.caption(text("overview.caption", language))
    found = loading.tiles(shown.build, shown.as_of, language)
    for place, (column, tile) in enumerate(zip(st.columns(5), found, strict=True)):
        # by its name house.css keeps room for the figure; all five are as high as the highest
        with column, st.container(border=True, key=f"tile_{place}", height="stretch"):
            _tile(tile, language)


def _tile(tile: Tile, language: str) -> None:
    if tile.year is None:
        st.markdown(f"**{tile.label}**")
        st.info(text("chart.empty", language))
        return
    told = overview.told(tile, tile.year, language)
    st.metric(
        told.heading,
        told.value,
        told.growth,
        chart_data=[value for _, value in tile.history],
        chart_type="line",
        help=markup.plain(tile.year.publisher),
    )
    st.caption("  \n".join(told.lines))


def newest_events(count: int) -> None:
    """Draw the newest events of all projects."""
    shown = view()
    rows = loading.events(shown.build, (), date(1990, 1, 1), shown.as_of, shown.as_of)
    st.markdown(beside.events_markdown(rows[-count:], shown.language))


def newest_articles(count: int) -> None:
    """Draw the newest articles."""
    shown = view()
    rows = loading.newest_articles(shown.build, shown.as_of, count)
    st.markdown(
        "\n\n".join(
            f"**{markup.link(row['title'], row['url'])}**  \n"
            f"{markup.plain(row['publisher'])}, {wording.published(row, shown.language)}  \n"
            f"{markup.plain(row['summary'])}"
            for row in rows
        )
    )
