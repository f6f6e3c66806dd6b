"""Cached reading of texts that were handed in.

Apart from `loading`, for what reads texts is slow to import and only page Articles needs it.
"""

from datetime import date

import streamlit as st

from desk import drafts
from desk.drafts import Draft
from desk.rows import Row
from etl import warehouse
from etl.reading.facts import Facts


@st.cache_resource(max_entries=2, show_spinner=False)
def known(build: str) -> Facts:
    """Return what a build knows, in memory: what texts are judged by."""
    with warehouse.connect(warehouse.find(build)) as con:
        return drafts.facts_of(con)


@st.cache_data(max_entries=16, show_spinner=False)
def claims(build: str, draft: Draft, as_of: date) -> list[Row]:
    """Return the claims of a text that was handed in."""
    return drafts.claims(draft, known(build), as_of)


@st.cache_data(max_entries=64, show_spinner=False)
def article(draft: Draft) -> str | None:
    """Return the id that a text has once it is on the desk, or None where it is no article."""
    return drafts.article_id(draft)
