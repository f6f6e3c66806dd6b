"""What opens beneath a chart when points are selected: a calculation, every report, vintages."""

import pandas as pd
import streamlit as st

from desk import (
    calculation,
    claim_table,
    compare,
    correction,
    derivations,
    markup,
    reasons,
    selection,
    units,
    vintage_plot,
    wording,
)
from desk.calculation import Calculated
from desk.figures import Figure
from desk.lines import Line, Point
from desk.rows import Row
from desk.selection import Selection
from desk.texts import text
from desk.widgets import loading, selecting

SHOWN = 4
NAMED = 4


def show(made: Figure, wanted: Selection) -> None:
    """Draw what is selected by name, and of its points where they come from."""
    language = made.options.language
    chosen = selection.points(made, wanted)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text("selection.chosen", language, names=_names(made, chosen, wanted)))
        st.button(
            text("selection.clear", language),
            key=f"clear_{made.id}",
            icon=":material/close:",
            on_click=selecting.put,
            args=(made.id, ""),
        )
    if len(chosen) > 1:
        _calculated(calculation.of(chosen), language)
    for line, point in chosen[:SHOWN]:
        _reported(made, line, point)
    if len(chosen) > SHOWN:
        told = text("provenance.first_shown", language, count=SHOWN, all=len(chosen))
        st.caption(told)


def _names(made: Figure, chosen: list[tuple[Line, Point]], wanted: Selection) -> str:
    language = made.options.language
    names = [f"{line.label}, {point.label}" for line, point in chosen]
    names += [
        f"{row['publisher']}: {wording.claim(row, language)}"
        for row in made.claims
        if claim_table.name(row) in wanted.claims
    ]
    names += [row["date_text"] for row in made.events if row["id"] in wanted.events]
    listed = "; ".join(markup.plain(name) for name in dict.fromkeys(names[:NAMED]))
    left = len(names) - NAMED
    return text("selection.more", language, names=listed, count=left) if left > 0 else listed


def _calculated(rows: list[Calculated], language: str) -> None:
    heads = {
        key: text(f"calculation.{key}", language)
        for key in ("line", "span", "unit", "count", "sum", "mean", "growth")
    }
    frame = pd.DataFrame([_row(row, language) for row in rows]).rename(columns=heads)
    st.table(frame, hide_index=True)
    st.caption(text("calculation.caption", language))


def _row(row: Calculated, language: str) -> dict[str, str]:
    if row.total is None:
        why = text(f"calculation.{row.why_not}", language)
        total = text("calculation.not_added", language, reason=why)
    else:
        total = wording.exact(row.total, row.precision, language)
    growth = "–" if row.growth is None else f"{wording.exact(row.growth, 0.1, language)} %"
    return {
        "line": markup.plain(row.line.label),
        "span": f"{row.points[0].label} – {row.points[-1].label}",
        "unit": units.symbol(row.line.unit, language),
        "count": str(len(row.points)),
        "sum": total,
        "mean": "–" if row.mean is None else wording.exact(row.mean, row.precision, language),
        "growth": growth,
    }


def _reported(made: Figure, line: Line, point: Point) -> None:
    """Draw every observation of a point, how it was known over time, and a line to correct it."""
    options, language = made.options, made.options.language
    told = text("provenance.title", language, line=line.label, period=point.label)
    st.markdown(f"**{markup.plain(told)}**")
    if made.id == compare.ID and point.source == "amur":
        st.caption(f"{markup.plain(point.publisher)}: {markup.plain(point.inputs)}")
        if line.computed:
            # of a gap, an index or a share nobody printed anything: only of what it is made from
            return
    found = loading.provenance(
        made.build_id, line.indicator, (point.start, point.end), line.unit, options.as_of
    )
    if not found.rows:
        st.caption(text("provenance.nothing_printed", language))
        return
    _table(found.rows, made)
    if found.vintages:
        unit = units.symbol(found.vintages[0]["unit"], language)
        hollow = any(row["status"] == "derived" for row in found.vintages)
        st.caption(
            text("provenance.vintages", language, unit=unit)
            + (f". {text('provenance.vintages_implied', language)}" if hollow else "")
        )
        st.plotly_chart(
            vintage_plot.draw(found.vintages, language),
            key=f"vintages_{made.id}_{selection.of_point(line, point)}",
            config={"displayModeBar": False},
            alt=text("provenance.vintages", language, unit=unit),
        )
    _correction(made, line, point, found.rows)


def _table(rows: list[Row], made: Figure) -> None:
    language = made.options.language
    keys = ("used", "value", "publisher", "published", "why", "open")
    heads = {key: text(f"provenance.{key}", language) for key in keys}
    frame = pd.DataFrame(
        [
            {
                "used": "✓" if row["chosen"] else "",
                "value": wording.as_reported(row, language),
                "publisher": markup.seen(derivations.whose(row["publisher"], language)),
                "published": wording.published(row, language)
                if row.get("published_text")
                else wording.day(row["published"], language),
                "why": reasons.say(row, made.options.as_of, language),
                "open": row["url"],
            }
            for row in rows
        ]
    )
    st.dataframe(
        frame.rename(columns=heads),
        hide_index=True,
        height="content" if len(rows) < 8 else 300,
        placeholder="",
        column_config={
            heads["used"]: st.column_config.TextColumn(width="small"),
            heads["why"]: st.column_config.TextColumn(width="large"),
            heads["open"]: st.column_config.LinkColumn(display_text="↗", width="small"),
        },
    )


def _correction(made: Figure, line: Line, point: Point, rows: list[Row]) -> None:
    """Draw the line that would rule out the figure in use."""
    language = made.options.language
    used = [
        row
        for row in rows
        if row["chosen"]
        and row["why"] != "derived"
        and (row["unit"], row["period_kind"]) == (line.unit, point.kind)
    ]
    if not used:
        return
    with st.expander(text("provenance.correction", language), icon=":material/edit:"):
        st.caption(text("provenance.correction_do", language))
        reason = text("provenance.correction_reason", language)
        start, end = point.start.isoformat(), point.end.isoformat()
        st.code(
            correction.line(line.indicator, start, end, used[0], reason),
            language=None,
            wrap_lines=True,
        )
