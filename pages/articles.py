"""Articles: search and open one; read a text; all figures stated; accuracy by publisher."""

import streamlit as st

from desk.texts import text
from desk.widgets import claims, filters, news, reading

SECTIONS = ("articles", "read", "claims", "publishers")

view = filters.view()
filters.tell_unknown_parameters(
    ("show", "search", "topic", "publisher", "article", "draft", "from_what", *claims.KEYS)
)
st.header(text("nav.articles", view.language))
names = {section: text(f"section.{section}", view.language) for section in SECTIONS}
section = filters.choose(text("articles.section", view.language), SECTIONS, "show", names)
# only the section that is asked for is drawn
if section == "read":
    reading.show()
elif section == "claims":
    claims.everything()
elif section == "publishers":
    claims.publishers()
else:
    found = news.search()
    chosen = news.choose(found)
    if chosen:
        news.show(chosen)
