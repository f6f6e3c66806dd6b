"""Glossary cards: those that a chart needs beneath it, all of them on page Status."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from desk import glossary, markup
from desk.figures import Figure
from desk.glossary import Card
from desk.texts import text
from desk.widgets.filters import view

COLUMNS = 3
SMALL = "<style>.st-key-glossary h3 {font-size: 1.05rem; padding: .25rem 0}</style>"
# Streamlit goes to the anchor of an address before the tables above it have their height; until the
# reader moves, a script of ours goes there again: once an anchor, however often the page is drawn
STAY = (
    "<script>if (window.stayed !== location.hash) {"
    "window.stayed = location.hash;"
    "let moved = false;"
    "for (const sign of ['wheel', 'keydown', 'pointerdown', 'touchstart'])"
    " addEventListener(sign, () => moved = true, {once: true});"
    "(function stay(left) {"
    "const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));"
    "if (place && !moved) place.scrollIntoView();"
    "if (left && !moved && location.hash) setTimeout(stay, 300, left - 1);})(12)}</script>"
)


def of_figure(made: Figure) -> None:
    """Draw a button that opens the cards of just the terms which a figure uses."""
    beside(_of_figure(made), made.id, made.options.language)


@lru_cache(maxsize=256)
def _of_figure(made: Figure) -> tuple[Card, ...]:
    return tuple(glossary.of_figure(made))


def beside(cards: Sequence[Card], name: str, language: str) -> None:
    """Draw a button that opens some cards."""
    if not cards:
        return
    with st.popover(
        text("card.button", language, count=len(cards)),
        icon=":material/help:",
        type="tertiary",
        key=f"terms_{name}",
    ):
        page = view().links.of("status")
        told = [_markdown(card, page) for card in cards]
        st.markdown("\n\n".join([*told, f"[{text('card.all', language)}]({page}#glossary)"]))


@lru_cache(maxsize=512)
def _markdown(card: Card, page: str) -> str:
    """Return a card; its term links to its place among all."""
    term, told = markup.plain(card.term), markup.plain(card.explanation)
    return f"**[{term}]({page}#{card.anchor})**  \n{told}"


def everything() -> None:
    """Draw every card, each under a heading that an address can name."""
    language = view().language
    st.subheader(text("status_page.glossary", language), anchor="glossary")
    st.caption(text("card.caption", language))
    st.html(SMALL)
    cards = list(glossary.cards(language).values())
    each = -(-len(cards) // COLUMNS)
    with st.container(key="glossary"):
        for number, column in enumerate(st.columns(COLUMNS, gap="medium")):
            with column:
                for card in cards[number * each : (number + 1) * each]:
                    st.subheader(markup.plain(card.term), anchor=card.anchor)
                    st.markdown(markup.plain(card.explanation))
    st.html(STAY, unsafe_allow_javascript=True)
