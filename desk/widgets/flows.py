"""Charts of customs flows on a page: what is held, what was chosen, a chart beside its evidence."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from desk import flow_marks, flows, markup, renumbering, wording
from desk.evidence import Scope, statements
from desk.export import table
from desk.flow_sheet import About, Sheet
from desk.flows import Side, View
from desk.rows import Row
from desk.texts import text
from desk.widgets import beside
from desk.widgets.chart import CHART_CONFIG
from desk.widgets.filters import view
from desk.widgets.part import part
from etl import paths, warehouse
from etl.errors import AmurError
from etl.flows import lake
from etl.flows.lake import NoFlows, TooSlow
from etl.flows.manifest import Manifest

QUESTIONS: dict[str, Callable[..., Any]] = {
    "sources": flows.sources,
    "reporters": flows.reporters,
    "years": flows.years,
    "partners": flows.partners,
    "goods": flows.goods,
    "history": flows.history,
    "suppliers": flows.suppliers,
    "renumbered": flows.renumbered,
    "recounted": flows.recounted,
    "sellers": flows.sellers,
    "mirror": flows.mirror,
    "routes": flows.routes,
    "late": flows.late,
}


def held() -> Manifest | None:
    """Return the lake; where there is none, say so and how to fetch flows."""
    language = view().language
    try:
        found = lake.held()
    except NoFlows:
        st.info(text("flows.none", language))
        # coloured as shell its comments are too faint to read
        st.code(text("flows.none_do", language), language=None, wrap_lines=True)
        return None
    except AmurError as error:
        st.warning(markup.plain(str(error)))
        return None
    if found.invented:
        st.error(f"**{text('flows.invented', language)}.** {text('flows.invented_note', language)}")
    return found


def asked(found: Manifest, name: str, *arguments: Any) -> Any:
    """Return the answer to a question; the same question of the same lake is asked once."""
    return _asked(str(paths.flows()), found.identity, name, arguments)


@st.cache_data(max_entries=512, show_spinner=False)
def _asked(folder: str, identity: str, name: str, arguments: Any) -> Any:
    return QUESTIONS[name](lake.held(), *arguments)


def looked_at(source: str) -> View:
    """Return how the page looks at flows: the shared filters, and a source."""
    shown = view()
    return View(source, shown.as_of, shown.start, shown.end)


def about(found: Manifest, source: str, whose: str) -> About:
    """Return what every chart of a page says of itself."""
    language = view().language
    line = text(
        "flows.source",
        language,
        source=text(f"flows.source_{source}", language),
        whose=whose,
        released=wording.day(date.fromisoformat(found.last_released), language),
        generation=found.generation,
    )
    return About(language, line, found.invented, lambda iso: flows.area(iso, language))


def with_breaks(
    found: Manifest, told: About, looked: View, sides: Sequence[Side], hs: str, made: Sheet
) -> Sheet:
    """Return a chart of one product with the breaks between revisions of the HS marked on it."""
    if made.empty or not renumbering.asks(hs):
        return made
    breaks = {
        told.area(side.reporter) if side.reporter else told.say("sellers_customs"): (
            renumbering.breaks(hs, asked(found, "renumbered", looked, side, hs))
        )
        for side in sides
    }
    return flow_marks.marked(told, made, breaks)


def show(make: Callable[[], Sheet], indicators: Sequence[str], key: str) -> None:
    """Draw a chart with its captions, table and download, and the evidence beside it.

    A question that takes too long is told in a sentence, and the rest of the page goes on.
    """
    shown = view()
    chart, evidence = st.columns([3, 2], gap="medium")
    with chart:
        try:
            _sheet(make(), key)
        except TooSlow:
            st.warning(text("flows.too_slow", shown.language, seconds=f"{lake.SECONDS:g}"))
        except AmurError as error:
            st.warning(markup.plain(str(error)))
    with evidence:
        scope = Scope(tuple(indicators), shown.start, shown.end, shown.as_of)
        part(beside.show)(scope, key)
    st.divider()


def _sheet(made: Sheet, key: str) -> None:
    st.subheader(made.title, anchor=key)
    if made.empty:
        st.info(text("flows.empty", made.language))
        return
    st.plotly_chart(
        made.plot, key=f"chart_{key}", config=CHART_CONFIG, alt=made.title, width="stretch"
    )
    st.caption("  \n".join(markup.plain(line) for line in [made.source, *made.caveats]))
    with st.expander(text("chart.table", made.language)):
        frame = _frame(made)
        st.dataframe(frame, hide_index=True, height=260)
        st.download_button(
            text("chart.download", made.language),
            _csv(made, frame),
            file_name=f"{made.id}{'_INVENTED' if made.invented else ''}.csv",
            mime="text/csv",
            key=f"download_{key}",
            on_click="ignore",
        )


def _frame(made: Sheet) -> pd.DataFrame:
    heads = {name: text(f"flows.head.{name}", made.language) for name in made.rows[0]}
    return pd.DataFrame(made.rows).rename(columns=heads)


def _csv(made: Sheet, frame: pd.DataFrame) -> bytes:
    """Return the table with its title and source above; invented figures say so in every row."""
    if made.invented:
        frame = frame.assign(**{text("flows.invented", made.language): "!"})
    above = "".join(f"# {line}\n" for line in [made.title, made.source, *made.caveats])
    return (above + frame.map(table.safe).to_csv(index=False)).encode("utf-8-sig")


def stated(indicators: Sequence[str]) -> list[Row]:
    """Return the shares that officials and agencies stated, in the span shown."""
    shown = view()
    with warehouse.connect(warehouse.find(shown.build)) as con:
        rows = statements(con, Scope(tuple(indicators), shown.start, shown.end, shown.as_of))
    return [row for row in rows if row["unit"] == "%"]


def newest_year(years: dict[int, int]) -> tuple[int, int]:
    """Return the newest year of a reporter and how many of its months are told."""
    shown = view()
    kept = {year: months for year, months in years.items() if year <= shown.end.year}
    year = max(kept or years)
    return year, years[year]


def china_and_russia(direction: str) -> Side:
    """Return what China buys from Russia or sells to it."""
    return Side("CHN", "RUS", "M" if direction == "bought" else "X")
