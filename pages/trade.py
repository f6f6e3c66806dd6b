"""Trade: totals, balance, growth, year to date, targets, mirror data, shares."""

import streamlit as st

from desk import figure_list
from desk.texts import text
from desk.widgets import chart, filters, mirror
from desk.widgets.part import part

SPEC = figure_list.find("trade_totals")


@part
def totals() -> None:
    """Draw the choices and the figures that they touch: they draw these anew, the rest stays."""
    with st.container(horizontal=True):
        kind = filters.choose_kind(SPEC.kinds, "trade_kind")
        unit = filters.choose_unit(SPEC.units, "trade_unit")
    chart.show_figure("trade_totals", kind, unit)
    chart.show_figure("trade_balance", kind)
    chart.show_figure("trade_growth", kind)
    chart.show_figure("trade_ytd", unit=unit)


filters.tell_unknown_parameters(
    {"trade_kind": SPEC.kinds, "trade_unit": SPEC.units} | mirror.PARAMETERS
)
st.header(text("nav.trade", filters.view().language))
totals()
chart.show_figure("trade_rolling")
chart.show_figure("trade_mirror")
chart.show_figure("trade_mirror_total")
mirror.gap()
chart.show_figure("trade_targets")
chart.show_figure("trade_shares")
chart.show_figure("settlement")
