"""The mirror: one flow as both sides count it, their gap by year, and why there is one."""

from dataclasses import replace
from functools import partial

import streamlit as st

from desk.comparing.asked import PERCENT
from desk.comparing.limits import NotComparable
from desk.comparing.presets import PRESETS
from desk.texts import text
from desk.widgets import chart, filters, loading
from desk.widgets.filters import view

FLOWS = ("imports", "exports", "total")
UNITS = ("USD bn", PERCENT)
PARAMETERS = {"mirror": FLOWS, "mirror_unit": UNITS}


def gap() -> None:
    """Draw the gap of the flow chosen, in dollars or per cent, and explain it."""
    shown = view()
    language = shown.language
    st.markdown(f"**{text('mirror.heading', language)}**")
    names = {flow: text(f"mirror.{flow}", language) for flow in FLOWS}
    with st.container(horizontal=True):
        flow = filters.choose(text("mirror.flow", language), FLOWS, "mirror", names)
        unit = filters.choose(text("filter.unit", language), UNITS, "mirror_unit", {})
    asked = replace(PRESETS[f"mirror_{flow}"], unit=unit)
    load = partial(loading.comparison, shown.build, asked, shown.options())
    try:
        load()
    except NotComparable:
        # these can be compared: what is missing is a period that both sides are known of
        st.info(f"{text('chart.empty', language)} {text('chart.empty_do', language)}")
    else:
        chart.show_loaded(load, asked.series)
    st.markdown(f"**{text('mirror.why_title', language)}**\n{text('mirror.why', language)}")
