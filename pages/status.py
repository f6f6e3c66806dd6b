"""Status: sources and freshness, last run, checks, what changed, corrections, dictionary."""

import streamlit as st

from desk.texts import text
from desk.widgets import filters, runs, tables

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
tables.dictionary()
