"""Events as a table to read: the ledger."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from desk import units, wording
from desk.ledger import state_of_play
from desk.rows import Row
from desk.texts import text
from desk.widgets import loading
from desk.widgets.filters import view


def event_table(rows: list[Row], language: str, height: int | None = None) -> None:
    """Draw the ledger of events; what is not known is a blank."""
    keys = (
        "date event status said_by confirmed_by price_settled contract_signed capacity source link"
    )
    names = {key: text(f"ledger.{key}", language) for key in keys.split()}
    frame = pd.DataFrame([_ledger_row(row, names, language) for row in reversed(rows)])
    st.dataframe(
        frame,
        hide_index=True,
        height=height or "auto",
        column_config={
            names["link"]: st.column_config.LinkColumn(display_text="↗"),
            names["event"]: st.column_config.TextColumn(width="large"),
        },
    )


def _ledger_row(row: Row, names: dict[str, str], language: str) -> dict[str, Any]:
    capacity = ""
    if row["capacity_value"]:
        unit = units.symbol(row["capacity_unit"], language)
        capacity = f"{wording.number(row['capacity_value'], language)} {unit}"
    answers = {
        key: text(f"yesno.{row[key]}", language) if row[key] else ""
        for key in ("price_settled", "contract_signed")
    }
    return {
        names["date"]: row["date_text"],
        names["event"]: row["title"],
        names["status"]: text(f"event_status.{row['status']}", language),
        names["said_by"]: row["said_by"],
        names["confirmed_by"]: row["confirmed_by"],
        names["price_settled"]: answers["price_settled"],
        names["contract_signed"]: answers["contract_signed"],
        names["capacity"]: capacity,
        names["source"]: row["publisher"],
        names["link"]: row["url"],
    }


def show(project: str) -> None:
    """Draw the ledger of one project over its state of play, as known on the as-of day."""
    shown = view()
    language = shown.language
    rows = loading.events(shown.build, (project,), date(1990, 1, 1), shown.as_of, shown.as_of)
    st.subheader(text("ledger.title", language), anchor="ledger")
    st.caption(text("ledger.caption", language))
    st.markdown(state_of_play(rows, language))
    event_table(rows, language, height=460)
    st.divider()
