"""A figure on a page: chart, captions, table and download, with its evidence beside it."""

from collections.abc import Callable
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from desk import figure_list, markup, plot, units, wording
from desk.evidence import Scope
from desk.export import table
from desk.figures import Figure
from desk.selection import NOTHING, Selection
from desk.texts import text
from desk.unchecked import Unchecked
from desk.widgets import beside, downloads, glossary, ledger, loading, provenance, selecting
from desk.widgets.filters import view
from desk.widgets.part import part

CHART_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d"]}


def show_figure(figure_id: str, kind: str | None = None, unit: str | None = None) -> None:
    """Draw one figure with its captions, its table and download, and its evidence beside it."""
    shown = view()
    load = partial(loading.figure, shown.build, figure_id, shown.options(kind, unit))
    show_loaded(load, figure_list.find(figure_id).indicators)


def show_loaded(load: Callable[[], Figure], indicators: tuple[str, ...]) -> None:
    """Draw the figure that `load` returns; `indicators` are what its evidence speaks of."""
    made = load()
    st.subheader(made.title, anchor=made.id)
    _explored(load, indicators)
    st.divider()


def show_alone(figure_id: str, kind: str | None = None, unit: str | None = None) -> None:
    """Draw one figure for another's page: title, chart, and what must not be read without."""
    shown = view()
    alone(loading.figure(shown.build, figure_id, shown.options(kind, unit)))


def alone(made: Figure) -> None:
    """Draw a figure that is loaded already for another's page."""
    st.subheader(made.title, anchor=made.id)
    if draw(made, selecting.chosen(made)):
        captions(made)


@part
def _explored(load: Callable[[], Figure], indicators: tuple[str, ...]) -> None:
    """Draw a figure and its evidence; a selection draws these anew and nothing else."""
    shown = view()
    made = load()
    chart, evidence = st.columns([3, 2], gap="medium")
    with chart:
        wanted = selecting.chosen(made)
        _chart(made, wanted)
    with evidence:
        scope = Scope(indicators, shown.start, shown.end, shown.as_of)
        beside.show(scope, made.id, made, wanted)


def _chart(made: Figure, wanted: Selection) -> None:
    if not draw(made, wanted):
        return
    if wanted:
        provenance.show(made, wanted)
    captions(made)
    downloads.show(made)
    downloads.open_in(made)
    glossary.of_figure(made)
    _table_when_opened(made)


def captions(made: Figure) -> None:
    """Draw what must not be read without: source, as-of day, build, caveats."""
    language = made.options.language
    stamp = text(
        "chart.stamp",
        language,
        as_of=wording.day(made.options.as_of, language),
        build=made.build_id,
    )
    st.caption(f"{markup.plain(made.sources)} {markup.plain(stamp)}")
    if made.caveats:
        st.caption("  \n".join(markup.plain(caveat) for caveat in made.caveats))


def draw(made: Figure, wanted: Selection = NOTHING) -> bool:
    """Draw the picture of a figure alone, its selection marked; return whether there is one."""
    language = made.options.language
    st.caption(markup.plain(made.subtitle), help=text("selection.how", language))
    if made.empty:
        st.info(f"{text('chart.empty', language)} {text('chart.empty_do', language)}")
        return False
    st.plotly_chart(
        _drawn(made, selecting.ringed(made, wanted)),
        key=f"chart_{made.id}",
        config=CHART_CONFIG,
        alt=made.alt,
        width="stretch",
        on_select=partial(selecting.take, made.id),
        selection_mode=("points", "box"),
    )
    return True


@lru_cache(maxsize=256)
def _drawn(made: Figure, ringed: Selection) -> Unchecked:
    """Return a figure as Streamlit takes it: drawn once for all who look at it like this."""
    return Unchecked(plot.sketch(made, ringed))


@part
def _table_when_opened(made: Figure) -> None:
    """Draw table and citation once they are opened: few readers do, and it draws them alone."""
    label = text("chart.table", made.options.language)
    with st.expander(label, key=f"table_{made.id}", on_change="rerun") as below:
        if below.open:
            _table(made)


def _table(made: Figure) -> None:
    language = made.options.language
    rows = table.rows(made)
    if rows:
        columns = ["period", "line", "value", "unit", "status", "publisher", "published", "url"]
        heads = {name: text(f"chart.head.{name}", language) for name in columns}
        frame = pd.DataFrame(rows)[columns]
        frame["unit"] = frame["unit"].map(lambda unit: units.symbol(unit, language))
        frame["status"] = frame["status"].map(lambda status: text(f"status.{status}", language))
        st.dataframe(
            frame.rename(columns=heads),
            hide_index=True,
            height=260,
            column_config={heads["url"]: st.column_config.LinkColumn(display_text="↗")},
        )
    else:
        ledger.event_table(made.events, language, height=260)
    downloads.cite(made)
