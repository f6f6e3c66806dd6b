"""Orientation for a first visit: what this is, how sure it is, where to go from here."""

import streamlit as st

from desk import orientation
from desk.texts import text
from desk.widgets import filters
from desk.widgets.part import part

OPEN, SHUT = "1", "0"


@part
def show() -> None:
    """Draw the strip; once shut it stays a line, in the address as `welcome=0`.

    Its title stays where it is either way: what is below moves by the height of the three parts.
    """
    language = filters.view().language
    filters.recall("welcome", (OPEN, SHUT))
    strip = st.expander(
        text("welcome.title", language),
        expanded=st.session_state["welcome"] == OPEN,
        key="welcome_open",
        icon=":material/info:",
        on_change="rerun",
    )
    st.session_state["welcome"] = OPEN if strip.open else SHUT
    filters.remember("welcome", st.session_state["welcome"], OPEN)
    if strip.open:
        with strip:
            said = _parts(language)
            for column, part in zip(st.columns(len(said)), said, strict=True):
                column.markdown(part)


def about(language: str) -> str:
    """Return the same words for the menu, where every page has them."""
    return "\n\n".join(_parts(language))


def _parts(language: str) -> list[str]:
    # the menu is drawn before there is a view
    address = filters.links()
    links = {page: address.link(text(f"nav.{page}", language), page) for page in orientation.PAGES}
    return orientation.parts(language, links)
