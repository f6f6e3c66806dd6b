"""Partners: any two countries from both sides, and listed goods by way of third countries."""

import streamlit as st

from desk.texts import text
from desk.widgets import filters, flows, partners

view = filters.view()
filters.tell_unknown_parameters(partners.PARAMETERS)
st.header(text("nav.partners", view.language))
found = flows.held()
if found:
    partners.pair(found)
    partners.routes(found)
