"""Navigation, shared filters and the freshness line; every page is drawn inside this frame."""

import streamlit as st

from desk.texts import text
from desk.widgets import chart, filters, login, welcome
from etl import warehouse
from etl.errors import AmurError, NotBuilt

PAGES = (
    "overview",
    "trade",
    "energy",
    "pipelines",
    "technology",
    "products",
    "partners",
    "articles",
    "briefing",
    "status",
)
ICONS = {
    "overview": ":material/dashboard:",
    "trade": ":material/swap_horiz:",
    "energy": ":material/oil_barrel:",
    "pipelines": ":material/conversion_path:",
    "technology": ":material/memory:",
    "products": ":material/inventory_2:",
    "partners": ":material/public:",
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
    page = st.navigation(
        [
            st.Page(
                f"pages/{name}.py",
                title=text(f"nav.{name}", language),
                icon=ICONS[name],
                url_path="" if name == "overview" else name,
                default=name == "overview",
            )
            for name in PAGES
        ],
        position="top" if allowed else "hidden",
    )
    if not allowed:
        return
    try:
        build = warehouse.find(None)
    except NotBuilt as error:
        st.title(text("app.title"))
        st.warning(f"{text('app.no_build', language)} {error}")
        st.info(text("app.no_build_do", language))
        return
    try:
        first_line = st.container()
        shown = filters.choose_view(build)
        st.session_state["view"] = shown
        with first_line:
            filters.freshness_line(shown)
        figure = st.query_params.get("figure")
        if figure:
            chart.show_figure(figure, st.query_params.get("kind"))
        else:
            page.run()
    except AmurError as error:
        st.error(text("app.broken", language, reason=error))


frame()
