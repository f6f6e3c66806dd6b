"""Find: a button on every page, the dialog with its box, and what it finds as links."""

import streamlit as st

from desk import markup, wording
from desk.findable import Entry
from desk.finding import LONGEST, Found, Group, asked
from desk.texts import text
from desk.widgets import loading
from desk.widgets.filters import View, view

KEY = "find"
# no browser has it, input methods for Chinese leave it alone, and it is one hand
SHORTCUT = "Alt+Q"
LOOK = (
    "<style>.amur-found h3 {font-size: 1rem; margin: 1rem 0 .25rem; padding: 0}"
    ".amur-found ul {list-style: none; margin: 0; padding: 0}"
    ".amur-found li {margin: 0 0 .5rem; overflow-wrap: anywhere}"
    ".amur-found a {color: inherit}.amur-found small {display: block; opacity: .75}</style>"
)
# Streamlit gives the focus to the dialog itself; a script of ours, and of nobody else, hands it on
FOCUS = (
    "<script>(function hand(left) {"
    "const dialog = document.querySelector('[role=dialog]'), box = dialog?.querySelector('input');"
    "const held = dialog?.contains(document.activeElement) && document.activeElement !== dialog;"
    "if (box && !held) box.focus();"
    "if (left && !held) setTimeout(hand, 100, left - 1);})(50)</script>"
)


def button(shown: View) -> None:
    """Draw the button that opens the dialog; an address with `find` opens it at once.

    A figure that is embedded elsewhere has none.
    """
    if st.context.is_embedded:
        return
    language = shown.language
    pressed = st.button(
        text("find.button", language),
        icon=":material/search:",
        key="find_open",
        shortcut=SHORTCUT,
    )
    if pressed or KEY in st.query_params:
        # the title is in the language of the view, so the dialog is made anew each time
        st.dialog(text("find.title", language), width="medium", on_dismiss=_forget)(_dialog)(shown)


def _forget() -> None:
    """Take the question out of the address and the session when the dialog is closed."""
    st.session_state.pop(KEY, None)
    if KEY in st.query_params:
        del st.query_params[KEY]


def _dialog(shown: View) -> None:
    language = shown.language
    if KEY not in st.session_state:
        st.session_state[KEY] = st.query_params.get(KEY, "")[:LONGEST]
    words = st.text_input(
        text("find.box", language),
        key=KEY,
        max_chars=LONGEST,
        placeholder=text("find.placeholder", language),
    )
    # while it is open, the address says so: a reload or a shared link opens it again. Streamlit's
    # own binding would not let it be taken out when the dialog is closed
    st.query_params[KEY] = words or ""
    st.html(FOCUS, unsafe_allow_javascript=True)
    day = wording.day(shown.as_of, language)
    st.caption(markup.plain(text("find.how", language, as_of=day)))
    if not asked(words or ""):
        st.info(text("find.empty", language))
        return
    found = loading.found(shown.build, shown.as_of, language, words or "")
    for word, near in found.read_as.items():
        told = {"word": markup.plain(word), "near": markup.plain(", ".join(near))}
        st.caption(text("find.read_as", language, **told))
    if not found.groups:
        listed = markup.plain(", ".join(asked(words or "")))
        st.info(text("find.none", language, as_of=day, words=listed))
        st.caption(text("find.none_do", language))
        return
    st.html(LOOK + results(found, language))


def results(found: Found, language: str) -> str:
    """Return what was found as HTML: links by group; every word of others only shown."""
    groups = "".join(_group(group, language) for group in found.groups)
    return f'<div class="amur-found">{groups}</div>'


def _group(group: Group, language: str) -> str:
    head = f"{text(f'find.group.{group.kind}', language)} ({group.count})"
    left = group.count - len(group.entries)
    more = text("find.more", language, count=left) if left > 0 else ""
    rows = "".join(f"<li>{_entry(entry)}</li>" for entry in group.entries)
    end = f"<small>{markup.in_html(more)}</small>" if more else ""
    return f"<h3>{markup.in_html(head)}</h3><ul>{rows}</ul>{end}"


def _entry(entry: Entry) -> str:
    link = markup.html_link(entry.title, address(entry))
    return f"{link}<small>{markup.in_html(entry.about)}</small>"


def address(entry: Entry) -> str:
    """Return where an entry leads: on this desk with the day and language of the view."""
    place = entry.place
    if place.page is None:
        return place.url
    return view().links.of(place.page, **place.parameters) + (
        f"#{place.anchor}" if place.anchor else ""
    )
