"""Pipelines and Arctic LNG 2: deliveries against steps, and the ledger of Power of Siberia 2."""

import streamlit as st

from desk.texts import text
from desk.widgets import chart, filters, ledger

view = filters.view()
filters.tell_unknown_parameters(())
st.header(text("nav.pipelines", view.language))
chart.show_figure("pos2_timeline")
ledger.show("Power of Siberia 2")
chart.show_figure("pos1_deliveries")
chart.show_figure("far_east_timeline")
chart.show_figure("oil_links")
chart.show_figure("arctic_lng2")
