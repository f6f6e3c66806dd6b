"""Page Routes: the map, its sources, the same as a table, and what speaks of the routes."""

import pandas as pd
import streamlit as st

from desk import geography, glossary, markup, route_plot, sites, wording
from desk.evidence import Scope
from desk.export import table
from desk.rows import Row
from desk.sites import Known
from desk.texts import text
from desk.widgets import beside, loading
from desk.widgets import glossary as cards
from desk.widgets.filters import view
from desk.widgets.part import part

CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d"]}


def show() -> None:
    """Draw the map with its evidence beside it, its captions and its table beneath."""
    shown = view()
    language = shown.language
    found = loading.sites_known(shown.build, shown.as_of, language)
    day = wording.day(shown.as_of, language)
    st.caption(markup.plain(text("map.caption", language, as_of=day)))
    chart, evidence = st.columns([3, 2], gap="medium")
    with chart:
        _map(found, language)
    with evidence:
        st.subheader(text("map.evidence", language), anchor="evidence")
        scope = Scope(sites.indicators(), shown.start, shown.end, shown.as_of)
        events = loading.site_events(shown.build, shown.start, shown.as_of)
        # a tab that is opened draws the evidence anew, and not the map
        part(beside.show)(scope, "map", events=events)
    _table(found, language)


def _map(found: list[Known], language: str) -> None:
    if all(each.stage == sites.UNKNOWN for each in found):
        st.info(text("map.nothing", language))
    st.plotly_chart(
        route_plot.draw(found, language),
        key="chart_routes",
        config=CONFIG,
        alt=sites.sentence(found, language),
        width="stretch",
    )
    gaps = text("map.gaps", language)
    st.caption(markup.plain(gaps))
    credit = "; ".join(
        f"{markup.link(each.source, each.url)} ({markup.plain(each.licence)})"
        for each in geography.credits_()
    )
    st.caption(text("map.credit", language, credits=credit))
    names = " · ".join(each.name for each in found)
    units = " · ".join(each.flow.unit for each in found if each.flow)
    used = glossary.occurring(f"{gaps} · {names} · {units}", language)
    cards.beside(used, "routes", language)


def _table(found: list[Known], language: str) -> None:
    st.subheader(text("map.table", language), anchor="table")
    heads = {key: text(f"map.head.{key}", language) for key in _row(found[0], language)}
    frame = pd.DataFrame([_row(each, language) for each in found]).rename(columns=heads)
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        column_config={heads["url"]: st.column_config.LinkColumn(display_text="↗")},
        key="table_routes",
    )
    st.download_button(
        text("status_page.download", language),
        frame.map(table.safe).to_csv(index=False).encode("utf-8-sig"),
        file_name="routes.csv",
        mime="text/csv",
        key="download_routes",
        on_click="ignore",
    )


def _row(each: Known, language: str) -> Row:
    flow, reached = each.flow, each.reached
    told = f"{flow.value} {flow.unit} ({flow.period})" if flow else ""
    published = flow.told if flow else ""
    if reached and not flow:
        published = wording.published(reached, language)
    return {
        "name": each.name,
        "product": text(f"map.{each.site.product}", language),
        "status": text(f"map.stage.{each.stage}", language),
        "because": each.why,
        "event": markup.seen(reached["title"]) if reached else "",
        "flow": told,
        "counted": flow.counted if flow else "",
        "publisher": flow.publisher if flow else (reached["publisher"] if reached else ""),
        "published": published,
        "url": flow.url if flow else (reached["url"] if reached else each.site.parts[0].credit.url),
        "capacity": route_plot.capacity(each, language),
        "shape": "; ".join(dict.fromkeys(part.credit.source for part in each.site.parts)),
    }
