"""The one figure that an address asks for, of the catalogue or a comparison."""

import streamlit as st

from desk.compare import ID as COMPARISON
from desk.widgets import chart, compare


def figure(name: str, alone: bool = False) -> None:
    """Draw it with its evidence, or `alone` for another's page."""
    if name == COMPARISON:
        compare.show(compare.addressed(), alone)
        return
    draw = chart.show_alone if alone else chart.show_figure
    draw(name, st.query_params.get("kind"), st.query_params.get("unit"))
