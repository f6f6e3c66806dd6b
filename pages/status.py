"""Status: sources, last run, checks, what changed, corrections, glossary, data dictionary."""

import streamlit as st

from desk.texts import text
from desk.widgets import filters, glossary, runs, tables

view = filters.view()
filters.tell_unknown_parameters(("since",))
st.header(text("nav.status", view.language))
tables.sources()
runs.last_run()
runs.changed_verdicts()
tables.changes()
tables.revisions()
tables.checks()
tables.corrections()
glossary.everything()
tables.dictionary()
