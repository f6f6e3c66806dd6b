"""Products: what Russia and China sell each other, down to six digits, and whose share it is."""

import streamlit as st

from desk.texts import text
from desk.widgets import filters, flows, products

view = filters.view()
filters.tell_unknown_parameters(products.PARAMETERS)
st.header(text("nav.products", view.language))
found = flows.held()
if found:
    products.goods(found)
    products.claims(found)
