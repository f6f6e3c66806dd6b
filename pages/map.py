"""Routes: a map of pipelines and LNG plants with status and flow, as known on the day."""

import streamlit as st

from desk.texts import text
from desk.widgets import filters, route_map

view = filters.view()
filters.tell_unknown_parameters(())
st.header(text("nav.map", view.language))
route_map.show()
