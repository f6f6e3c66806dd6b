"""What is selected on a chart: taken from a click or the evidence, kept in the address."""

from typing import Any

import streamlit as st

from desk import selection
from desk.figures import Figure
from desk.selection import Selection
from desk.texts import text


def chosen(made: Figure) -> Selection:
    """Return what is selected on a figure; what has no mark on it now is told and left out."""
    key = f"{selection.PREFIX}{made.id}"
    if key not in st.query_params and st.session_state.get(key):
        # another page was looked at in between
        st.query_params[key] = st.session_state[key]
    asked = selection.parse(st.query_params.get(key, ""))
    if not asked:
        pointed = st.query_params.get("claim", "")
        return selection.on(made, Selection(claims=(pointed,)))
    found = selection.on(made, asked)
    if not found:
        st.caption(text("selection.gone", made.options.language))
    return found


def put(figure_id: str, words: str) -> None:
    """Select marks by their words, or nothing."""
    st.session_state[f"{selection.PREFIX}{figure_id}"] = words
    if words:
        st.query_params[f"{selection.PREFIX}{figure_id}"] = words
    else:
        st.query_params.pop(f"{selection.PREFIX}{figure_id}", None)
        st.query_params.pop("claim", None)


def take(figure_id: str) -> None:
    """Select what was clicked or framed on the chart itself; nothing, where it was let go."""
    words = ",".join(str(mark.get("customdata") or "") for mark in _marks(figure_id))
    taken = str(selection.parse(words))
    st.session_state[f"taken_{figure_id}"] = taken
    put(figure_id, taken)


def ringed(made: Figure, wanted: Selection) -> Selection:
    """Return what must be ringed: all that the chart does not show as selected by itself.

    A chart that is drawn anew forgets what was clicked on it, and one that is not keeps how far
    the reader has zoomed: so a click on it adds nothing to the picture as long as it lasts.
    """
    last = st.session_state.get(f"drawn_{made.id}")
    now = (made.build_id, made.options)
    by_itself = (
        last == (now, "")
        and bool(_marks(made.id))
        and st.session_state.get(f"taken_{made.id}") == str(wanted)
    )
    ring = Selection() if by_itself else wanted
    st.session_state[f"drawn_{made.id}"] = (now, str(ring))
    return ring


def _marks(figure_id: str) -> list[Any]:
    event = st.session_state.get(f"chart_{figure_id}")
    return list(event.selection.points) if event else []
