"""Navigation, shared filters and the freshness line; every page is drawn inside this frame."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from desk import markup
from desk.navigation import PAGES, path
from desk.texts import text
from desk.widgets import addressed, filters, find, frozen, loading, login, welcome
from etl.errors import AmurError, NotBuilt
from etl.warehouse import Build

ICONS = {
    "overview": ":material/dashboard:",
    "trade": ":material/swap_horiz:",
    "energy": ":material/oil_barrel:",
    "pipelines": ":material/conversion_path:",
    "map": ":material/map:",
    "technology": ":material/memory:",
    "products": ":material/inventory_2:",
    "partners": ":material/public:",
    "compare": ":material/compare_arrows:",
    "articles": ":material/article:",
    "briefing": ":material/co_present:",
    "status": ":material/fact_check:",
}


def frame() -> None:
    """Draw what every page has, then the page."""
    language = filters.language()
    st.set_page_config(
        page_title=text("app.title"),
        page_icon="📈",
        layout="wide",
        # with an entry of ours the menu is shown, and in it the choice of the theme
        menu_items={"About": welcome.about(language)},
    )
    allowed = login.passed(language)
    # in another's page our pages are no way to go
    page = _menu(language, hidden=not allowed or st.context.is_embedded)
    if not allowed:
        return
    try:
        build = frozen.build()
    except NotBuilt as error:
        st.title(text("app.title"))
        st.warning(f"{text('app.no_build', language)} {error}")
        st.info(text("app.no_build_do", language))
        return
    loading.keep_open(build)
    try:
        _draw(page, build)
    except AmurError as error:
        # it may repeat what an address says
        st.error(text("app.broken", language, reason=markup.plain(str(error))))


def _menu(language: str, hidden: bool) -> StreamlitPage:
    """Draw the menu; return the page that is asked for."""
    pages = [
        st.Page(
            f"pages/{name}.py",
            title=text(f"nav.{name}", language),
            icon=ICONS[name],
            url_path=path(name),
            default=not path(name),
        )
        for name in PAGES
    ]
    return st.navigation(pages, position="hidden" if hidden else "top")


def _draw(page: StreamlitPage, build: Build) -> None:
    """Draw one figure where the address asks for it, else the page beneath the shared filters."""
    figure = st.query_params.get("figure")
    if figure and st.context.is_embedded:
        st.session_state["view"] = filters.embedded_view(build)
        addressed.figure(figure, alone=True)
        return
    first_line = st.container(horizontal=True, vertical_alignment="center")
    shown = filters.choose_view(build)
    st.session_state["view"] = shown
    with first_line:
        filters.freshness_line(shown)
        find.button(shown)
    if figure:
        addressed.figure(figure)
    else:
        page.run()


frame()
