"""Technology and payments: machine tools, microelectronics, cars, settlement currencies."""

import streamlit as st

from desk.texts import text
from desk.widgets import chart, filters

view = filters.view()
filters.tell_unknown_parameters(())
st.header(text("nav.technology", view.language))
for figure_id in (
    "machine_tools",
    "semiconductors",
    "chips_value",
    "settlement",
    "cars_units",
    "cars_value",
):
    chart.show_figure(figure_id)
