"""Compare: two to six indicators as lines, index, shares, growth, a line a year, or their gap."""

import streamlit as st

from desk.texts import text
from desk.widgets import compare, filters

view = filters.view()
filters.tell_unknown_parameters(compare.PARAMETERS)
# the figure below is named by the anchor that this heading would take
st.header(text("nav.compare", view.language), anchor=False)
st.caption(text("compare.caption", view.language))
compare.show(compare.choose())
