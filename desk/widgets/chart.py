"""A figure on a page: chart, captions, table and download, with its evidence beside it."""

import pandas as pd
import streamlit as st

from desk import figure_list, markup, plot, wording
from desk.evidence import Scope
from desk.export import table
from desk.figures import Figure
from desk.texts import text
from desk.widgets import beside, downloads, ledger, loading
from desk.widgets.filters import view

CHART_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d"]}


def show_figure(figure_id: str, kind: str | None = None, unit: str | None = None) -> None:
    """Draw one figure with its captions, its table and download, and its evidence beside it."""
    shown = view()
    made = loading.figure(shown.build, figure_id, shown.options(kind, unit))
    show_made(made, figure_list.find(figure_id).indicators)


def show_made(made: Figure, indicators: tuple[str, ...]) -> None:
    """Draw a figure that was made already; `indicators` are what its evidence speaks of."""
    shown = view()
    st.subheader(made.title, anchor=made.id)
    chart, evidence = st.columns([3, 2], gap="medium")
    with chart:
        _chart(made, st.query_params.get("claim", ""))
    with evidence:
        scope = Scope(indicators, shown.start, shown.end, shown.as_of)
        beside.show(scope, made.events)
    st.divider()


def _chart(made: Figure, pointed: str) -> None:
    language = made.options.language
    if not draw(made, pointed):
        return
    stamp = text(
        "chart.stamp",
        language,
        as_of=wording.day(made.options.as_of, language),
        build=made.build_id,
    )
    st.caption(f"{markup.plain(made.sources)} {markup.plain(stamp)}")
    if made.caveats:
        st.caption("  \n".join(markup.plain(caveat) for caveat in made.caveats))
    downloads.show(made)
    with st.expander(text("chart.table", language)):
        _table(made)


def draw(made: Figure, pointed: str = "") -> bool:
    """Draw the picture of a figure alone, one claim pointed at; return whether there is one."""
    language = made.options.language
    st.caption(markup.plain(made.subtitle))
    if made.empty:
        st.info(f"{text('chart.empty', language)} {text('chart.empty_do', language)}")
        return False
    st.plotly_chart(
        plot.draw(made, pointed),
        key=f"chart_{made.id}",
        config=CHART_CONFIG,
        alt=made.alt,
        width="stretch",
    )
    return True


def _table(made: Figure) -> None:
    language = made.options.language
    rows = table.rows(made)
    if rows:
        columns = ["period", "line", "value", "unit", "status", "publisher", "published", "url"]
        st.dataframe(
            pd.DataFrame(rows)[columns],
            hide_index=True,
            height=260,
            column_config={"url": st.column_config.LinkColumn(display_text="↗")},
        )
    else:
        ledger.event_table(made.events, language, height=260)
    downloads.cite(made)
