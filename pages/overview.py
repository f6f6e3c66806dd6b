"""The five figures that a briefing opens with, the newest events, the newest articles."""

import streamlit as st

from desk.texts import text
from desk.widgets import chart, filters, tiles, welcome

view = filters.view()
filters.tell_unknown_parameters(())
st.header(text("app.tagline", view.language))
welcome.show()
tiles.show()
chart.show_figure("trade_totals")
left, right = st.columns(2, gap="large")
with left:
    st.subheader(text("overview.events", view.language))
    tiles.newest_events(12)
with right:
    st.subheader(text("overview.articles", view.language))
    tiles.newest_articles(8)
