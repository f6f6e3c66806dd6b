"""Tables of page Status."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from desk import derivations
from desk.export import table
from desk.texts import text
from desk.widgets import loading
from desk.widgets.filters import today, view
from etl.entries import LANGUAGES

LINK = {"url": st.column_config.LinkColumn(display_text="↗")}


def sources() -> None:
    """Draw the sources with their freshness and licences."""
    shown = view()
    st.subheader(text("status_page.sources", shown.language), anchor="sources")
    st.caption(text("status_page.sources_caption", shown.language))
    frame = pd.DataFrame(loading.status(shown.build, shown.as_of).sources)
    frame["retrieved"] = pd.to_datetime(frame["retrieved"])
    columns = (
        "name class observations newest_period newest_published retrieved next_expected stale "
        "error ends licence redistribution url"
    )
    _draw(frame[columns.split()], "sources", shown.language)


def changes() -> None:
    """Draw what is new and revised since a day."""
    shown = view()
    language = shown.language
    default = shown.as_of - timedelta(days=365)
    since = st.date_input(
        text("filter.since", language),
        value=default,
        max_value=today(),
        key="since",
        bind="query-params",
        format="YYYY-MM-DD",
        width=180,
    )
    day = since if isinstance(since, date) else default
    st.subheader(text("status_page.changes", language, since=day), anchor="changes")
    frame = loading.changes(shown.build, day, shown.as_of)
    if frame.empty:
        st.info(text("status_page.no_changes", language))
        return
    new = int(frame["old_value"].isna().sum())
    st.caption(text("status_page.changes_caption", language, new=new, revised=len(frame) - new))
    columns = (
        f"published title_{language} period_start period_end old_value new_value unit publisher url"
    )
    shown_rows = frame[columns.split()].assign(
        publisher=frame["publisher"].map(lambda name: derivations.whose(name, language))
    )
    _table(shown_rows, "changes", language)


def revisions() -> None:
    """Draw the periods with more than one published value."""
    shown = view()
    st.subheader(text("status_page.revisions", shown.language), anchor="revisions")
    st.caption(text("status_page.revisions_caption", shown.language))
    frame = loading.status(shown.build, shown.as_of).revisions
    others = [f"title_{other}" for other in LANGUAGES if other != shown.language]
    _table(frame.drop(columns=others), "revisions", shown.language)


def checks() -> None:
    """Draw what the checks of the build found."""
    shown = view()
    frame = loading.status(shown.build, shown.as_of).checks
    failed = int((~frame["passed"]).sum())
    total = frame["check"].nunique()
    st.subheader(text("status_page.checks", shown.language), anchor="checks")
    st.caption(text("status_page.checks_caption", shown.language, failed=failed, total=total))
    _table(frame, "checks", shown.language)


def corrections() -> None:
    """Draw the figures that are ruled out, with their reasons."""
    shown = view()
    st.subheader(text("status_page.corrections", shown.language), anchor="corrections")
    st.caption(text("status_page.corrections_caption", shown.language))
    _table(loading.status(shown.build, shown.as_of).corrections, "corrections", shown.language)


def dictionary() -> None:
    """Draw the indicators, the constants and the data dictionary."""
    shown = view()
    language = shown.language
    tables = loading.status(shown.build, shown.as_of)
    st.subheader(text("status_page.dictionary", language), anchor="dictionary")
    _table(tables.indicators, "indicators", language)
    st.markdown(f"**{text('status_page.constants', language)}**")
    _table(tables.constants, "constants", language)
    _table(tables.dictionary, "dictionary", language)


def _table(frame: pd.DataFrame, name: str, language: str) -> None:
    """Draw a table with its download."""
    frame = _draw(frame, name, language)
    st.download_button(
        text("status_page.download", language),
        frame.map(table.safe).to_csv(index=False).encode("utf-8-sig"),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"download_{name}",
        on_click="ignore",
    )


def _draw(frame: pd.DataFrame, name: str, language: str) -> pd.DataFrame:
    """Draw a table and return it as drawn: days as days, names with spaces, nothing for a gap."""
    days = frame.select_dtypes("datetime").columns
    written = {column: frame[column].dt.strftime("%Y-%m-%d").fillna("") for column in days}
    frame = frame.assign(**written)
    frame = frame.rename(columns=lambda name: name.removesuffix(f"_{language}").replace("_", " "))
    st.dataframe(
        frame,
        hide_index=True,
        height=300,
        column_config=LINK,
        key=f"table_{name}",
        placeholder="",
    )
    return frame
