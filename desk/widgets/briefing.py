"""Page Briefing: choose figures, order, title and a day; see the briefing; take it along."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from desk import briefing, figure_list, markup, plot
from desk.briefing import Briefing, Order
from desk.export import narrative, told
from desk.export.told import Card, Table
from desk.figures import Figure
from desk.texts import text
from desk.unchecked import Unchecked
from desk.widgets import filters, loading
from desk.widgets.downloads import MIMES
from etl.errors import CannotExport

FORMS = ("pptx", "pdf", "xlsx", "zip")
COLUMNS = 2
MOST_TITLE = 120


def choose() -> Order:
    """Draw the choices, all kept in the address, and return what they order."""
    shown = filters.view()
    language = shown.language
    titles = {
        spec.id: text(f"figure.{spec.id}.title", language) for spec in figure_list.load().values()
    }
    figures = _choose_figures(titles, language)
    first = date(filters.FIRST_YEAR, 1, 1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input(
            text("briefing_page.title", language),
            key="title",
            bind="query-params",
            max_chars=MOST_TITLE,
            placeholder=text("brief.title", language),
        )
        since = st.date_input(
            text("filter.since", language),
            value=max(first, shown.as_of - briefing.QUARTER),
            min_value=first,
            max_value=shown.as_of,
            key="since",
            bind="query-params",
            format="YYYY-MM-DD",
            width=150,
        )
    day = since if isinstance(since, date) else shown.as_of - timedelta(days=1)
    return Order(figures, shown.options(), day, title.strip())


def _choose_figures(titles: dict[str, str], language: str) -> tuple[str, ...]:
    """Choose figures in the order in which they are picked; an address may name them."""
    if "figures" not in st.session_state:
        asked = st.query_params.get("figures", ",".join(briefing.FIGURES)).split(",")
        st.session_state["figures"] = [name for name in dict.fromkeys(asked) if name in titles]
    chosen = st.multiselect(
        text("briefing_page.figures", language),
        list(titles),
        key="figures",
        format_func=lambda name: titles[name],
        help=text("briefing_page.figures_help", language),
        persist_state="session",
    )
    filters.remember("figures", ",".join(chosen), ",".join(briefing.FIGURES))
    return tuple(chosen)


def show(order: Order) -> None:
    """Draw the briefing and the buttons that hand it out."""
    shown = filters.view()
    language = shown.language
    if not order.figures:
        st.info(text("briefing_page.none", language))
        return
    try:
        made = loading.briefing(shown.build, order)
    except CannotExport:
        st.info(f"{text('chart.empty', language)} {text('chart.empty_do', language)}")
        return
    _hand_out(made)
    st.subheader(made.title, anchor="briefing")
    st.caption(markup.plain(told.opening(made)))
    cards = told.cards(made)
    for column, card in zip(st.columns(len(cards)), cards, strict=True):
        with column, st.container(border=True):
            st.markdown(_card(card))
    title, lines = told.changes(made)
    st.markdown(f"**{markup.plain(title)}**\n\n" + "\n".join(f"- {markup.plain(x)}" for x in lines))
    for start in range(0, len(made.figures), COLUMNS):
        row = made.figures[start : start + COLUMNS]
        for column, figure in zip(st.columns(COLUMNS, gap="medium"), row, strict=False):
            with column:
                _figure(figure)
    for table in (told.ledger(made), told.claims(made)):
        _table(table)


def _hand_out(made: Briefing) -> None:
    language = made.language
    with st.container(horizontal=True):
        for form in FORMS:
            st.download_button(
                text(f"briefing_page.{form}", language),
                partial(_made, made, form),
                file_name=f"amur_briefing_{made.as_of}.{form}",
                mime=MIMES[form],
                key=f"briefing_{form}",
                on_click="ignore",
                icon=":material/download:",
            )
    with st.expander(text("briefing_page.again", language)):
        st.caption(text("briefing_page.again_help", language))
        st.code(told.command(made), language=None, wrap_lines=True)


def _made(made: Briefing, form: str) -> bytes:
    """Return the briefing in a format: called when a reader asks for it."""
    # what draws takes a second to import
    from desk.export import briefings

    return briefings.make(made, form, lambda name: None)


def _card(card: Card) -> str:
    parts = [f"**{markup.plain(card.name)}**", f"### {markup.plain(card.value)}"]
    parts += [markup.plain(f"{card.period} · {card.growth}" if card.growth else card.period)]
    parts += [markup.plain(line) for line in (card.newest,) if line]
    return "\n\n".join([*parts, f":gray[{markup.plain(card.source)}]"])


def _figure(figure: Figure) -> None:
    st.markdown(f"**{markup.plain(figure.title)}**")
    st.caption(markup.plain(figure.subtitle))
    st.markdown(markup.plain(" ".join(narrative.sentences(figure))))
    st.plotly_chart(
        Unchecked(plot.sketch(figure)),
        key=f"chart_{figure.id}",
        config={"displaylogo": False},
        alt=figure.alt,
        width="stretch",
    )


def _table(table: Table) -> None:
    st.subheader(table.title)
    if table.lead:
        st.markdown(markup.plain(table.lead))
    if table.rows:
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        st.dataframe(rows, hide_index=True)
    if table.left_out:
        st.caption(markup.plain(table.left_out))
