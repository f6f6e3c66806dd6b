"""Briefing: figures chosen and put in order, seen, and taken along as slides, document or data."""

import streamlit as st

from desk.texts import text
from desk.widgets import briefing, filters

view = filters.view()
filters.tell_unknown_parameters(("figures", "title", "since"))
st.header(text("nav.briefing", view.language))
st.caption(text("briefing_page.caption", view.language))
briefing.show(briefing.choose())
