"""The overview: five tiles, the newest events and articles."""

from datetime import date

import streamlit as st

from desk import markup, wording
from desk.overview import Tile
from desk.texts import text
from desk.widgets import beside, loading
from desk.widgets.filters import view

STALE_MONTHS = 6


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
    growth = None
    if tile.growth is not None:
        value, printed = tile.growth
        key = "tile.growth_printed" if printed else "tile.growth_computed"
        growth = text(key, language, value=f"{value:+.1f} %")
    shown = wording.exact(tile.year.value, tile.year.precision, language)
    st.metric(
        f"{tile.label}, {tile.unit} · {tile.year.label}",
        shown,
        growth,
        chart_data=[value for _, value in tile.history],
        chart_type="line",
        help=tile.year.publisher,
    )
    lines = [_provenance(tile.year.publisher, tile.year.published, language)]
    if tile.newest:
        newest = wording.exact(tile.newest.value, tile.newest.precision, language)
        lines.append(f"{tile.newest.label}: **{newest} {markup.plain(tile.unit)}**")
        lines.append(_provenance(tile.newest.publisher, tile.newest.published, language))
    if tile.age_months > STALE_MONTHS:
        lines.append(f":orange[{text('tile.age', language, months=tile.age_months)}]")
    st.caption("  \n".join(lines))


def _provenance(publisher: str, published: date, language: str) -> str:
    return f"{markup.plain(publisher)}, {wording.day(published, language)}"


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
