"""Trade: totals, balance, growth, year to date, targets, mirror data, shares."""

import streamlit as st

from desk import figure_list
from desk.texts import text
from desk.widgets import chart, filters, mirror

view = filters.view()
spec = figure_list.find("trade_totals")
filters.tell_unknown_parameters(
    {"trade_kind": spec.kinds, "trade_unit": spec.units} | mirror.PARAMETERS
)
st.header(text("nav.trade", view.language))
with st.container(horizontal=True):
    kind = filters.choose_kind(spec.kinds, "trade_kind")
    unit = filters.choose_unit(spec.units, "trade_unit")
chart.show_figure("trade_totals", kind, unit)
chart.show_figure("trade_balance", kind)
chart.show_figure("trade_growth", kind)
chart.show_figure("trade_ytd", unit=unit)
chart.show_figure("trade_rolling")
chart.show_figure("trade_mirror")
chart.show_figure("trade_mirror_total")
mirror.gap()
chart.show_figure("trade_targets")
chart.show_figure("trade_shares")
chart.show_figure("settlement")
