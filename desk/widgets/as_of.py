"""The day that a page is looked at from: a field and a slider, and what changed since."""

from datetime import date

import pandas as pd
import streamlit as st

from desk import derivations, markup, units, wording
from desk.texts import text
from desk.widgets import loading
from desk.widgets.part import part

SLIDES_FROM = date(2022, 1, 1)
SLIDER = "as_of_slider"


def choose(first: date, now: date, default: date, language: str) -> date:
    """Draw the field of the as-of day, kept in the address, and return it."""
    chosen = st.date_input(
        text("filter.as_of", language),
        value=default,
        min_value=first,
        max_value=now,
        key="as_of",
        bind="query-params",
        help=text("filter.as_of_help", language),
        format="YYYY-MM-DD",
        width=150,
    )
    return chosen if isinstance(chosen, date) else default


def slide(day: date, now: date, language: str) -> None:
    """Draw the same day on a slider over what has been published since 2022."""
    st.session_state[SLIDER] = min(max(day, SLIDES_FROM), now)
    st.slider(
        text("filter.as_of_slider", language),
        min_value=SLIDES_FROM,
        max_value=now,
        key=SLIDER,
        format="YYYY-MM-DD",
        on_change=_slid,
        width=330,
    )


def _slid() -> None:
    st.session_state["as_of"] = st.session_state[SLIDER]


@part
def changed(build: str, day: date, now: date, language: str) -> None:
    """Draw which reported figures have become known or other since the day: old, new, whose."""
    frame = loading.changes(build, day, now)
    revised = frame[frame["old_value"].notna()]
    told = {
        "day": wording.day(day, language),
        "revised": len(revised),
        "new": len(frame) - len(revised),
    }
    opened = st.expander(text("changed.title", language, **told), key="changed", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.caption(text("changed.caption", language))
        _table(pd.concat([revised, frame[frame["old_value"].isna()]]), language)


def _table(frame: pd.DataFrame, language: str) -> None:
    keys = ("what", "period", "old", "new", "publisher", "published", "open")
    heads = {key: text(f"changed.{key}", language) for key in keys}
    rows = [
        {
            heads["what"]: row[f"title_{language}"],
            heads["period"]: wording.period(
                row["period_kind"], row["period_start"], row["period_end"], language
            ),
            heads["old"]: _figure(row["old_value"], row["unit"], language),
            heads["new"]: _figure(row["new_value"], row["unit"], language),
            heads["publisher"]: markup.seen(derivations.whose(row["publisher"], language)),
            heads["published"]: wording.day(row["published"], language),
            heads["open"]: row["url"],
        }
        for row in frame.to_dict("records")
    ]
    if not rows:
        st.caption(text("changed.none", language))
        return
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=320,
        placeholder="",
        column_config={heads["open"]: st.column_config.LinkColumn(display_text="↗", width="small")},
    )


def _figure(value: float, unit: str, language: str) -> str:
    return (
        "–"
        if pd.isna(value)
        else f"{wording.number(value, language)} {units.symbol(unit, language)}"
    )
