"""Articles: search, and the figures of one article beside the charts that they speak of."""

import streamlit as st

from desk.texts import text
from desk.widgets import filters, news

view = filters.view()
filters.tell_unknown_parameters(("search", "topic", "publisher", "article"))
st.header(text("nav.articles", view.language))
found = news.search()
chosen = news.choose(found)
if chosen:
    news.show(chosen)
