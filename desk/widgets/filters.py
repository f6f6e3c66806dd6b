"""The shared filters: as-of day, years, language; and small choices, all kept in the address."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import streamlit as st

from desk import compare, figure_list, freshness, markup, selection
from desk.address import Address
from desk.lines import Options
from desk.texts import text
from desk.widgets import as_of, frozen, loading
from etl import warehouse
from etl.warehouse import Build

FIRST_YEAR = 1996
DEFAULT_FROM = 2015
SHARED = (
    "as_of",
    "from",
    "to",
    "lang",
    "figure",
    "embed",
    "claim",
    "build",
    "welcome",
    "find",
)
LANGUAGES = {"en": "English", "ru": "Русский", "zh": "中文"}


@dataclass(frozen=True)
class View:
    """What every page is looked at through: a build, a day, a span of years, a language.

    `links` makes addresses that keep it.
    """

    build: str
    as_of: date
    start: date
    end: date
    language: str
    links: Address

    def options(self, kind: str | None = None, unit: str | None = None) -> Options:
        """Return the same as options of a figure."""
        return Options(self.as_of, self.start, self.end, self.language, kind, unit)


def view() -> View:
    """Return the view that app.py put into the session."""
    found: View = st.session_state["view"]
    return found


def today() -> date:
    """Return the current day."""
    return datetime.now(UTC).date()


def language() -> str:
    """Return the language that the address or the session asks for, before anything is drawn."""
    recall("lang", list(LANGUAGES))
    return str(st.session_state["lang"])


def choose_view(build: Build) -> View:
    """Draw the shared filters and return what they say; a bad address is told, never a crash."""
    _tell_bad_address()
    now = today()
    years = list(range(FIRST_YEAR, now.year + 1))
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        chosen = language()
        day = as_of.choose(date(FIRST_YEAR, 1, 1), now, _newest_day(build, now), chosen)
        as_of.slide(day, now, chosen)
        first = st.selectbox(
            text("filter.from", chosen),
            years,
            index=years.index(DEFAULT_FROM),
            key="from",
            bind="query-params",
            width=110,
        )
        last = st.selectbox(
            text("filter.to", chosen),
            years,
            index=len(years) - 1,
            key="to",
            bind="query-params",
            width=110,
        )
        chosen = choose_listed(
            text("filter.language", chosen), list(LANGUAGES), "lang", LANGUAGES, 130
        )
        frozen.control(build, day.isoformat(), chosen)
    frozen.tell(build, chosen)
    if day < now:
        as_of.changed(warehouse.current().id, day, now, chosen)
    low, high = sorted((int(first), int(last)))
    return View(build.id, day, date(low, 1, 1), date(high, 12, 31), chosen, links())


def embedded_view(build: Build) -> View:
    """Return what the address says, with nothing drawn: for one figure in another's page."""
    asked = st.query_params
    now = today()
    day = asked.get("as_of", "")
    years = [
        int(asked[name]) if _is_year(asked.get(name, "")) else default
        for name, default in (("from", DEFAULT_FROM), ("to", now.year))
    ]
    return View(
        build.id,
        date.fromisoformat(day) if _is_day(day) else _newest_day(build, now),
        date(min(years), 1, 1),
        date(max(years), 12, 31),
        language(),
        links(),
    )


def _newest_day(build: Build, now: date) -> date:
    """Return the day to look from where none is asked for: of a frozen build the day it was made.

    A link that is frozen must not drift with the calendar.
    """
    if not frozen.asked():
        return now
    built = datetime.fromisoformat(loading.head(build.id, now)["built"]).date()
    return min(built, now)


def _tell_bad_address() -> None:
    """Say which shared parameters of the address cannot be read."""
    checks = {"as_of": _is_day, "from": _is_year, "to": _is_year, "lang": LANGUAGES.__contains__}
    for name, good in checks.items():
        value = st.query_params.get(name)
        if value is not None and not good(value):
            _tell_bad(name, value, "en")


def _is_day(value: str) -> bool:
    try:
        return date(FIRST_YEAR, 1, 1) <= date.fromisoformat(value) <= today()
    except ValueError:
        return False


def _is_year(value: str) -> bool:
    return value.isdigit() and FIRST_YEAR <= int(value) <= today().year


def tell_unknown_parameters(known: Collection[str]) -> None:
    """Say which parameters of the address no control of this page reads.

    `known` are their names, or a mapping of each to what it may be: then a value that it may not
    be is told too.
    """
    at = {f"{selection.PREFIX}{figure_id}" for figure_id in (*figure_list.load(), compare.ID)}
    unknown = [name for name in st.query_params if name not in {*SHARED, *known, *at}]
    if unknown:
        names = ", ".join(f"`{markup.plain(name)}`" for name in unknown)
        st.info(text("app.unknown_parameter", view().language, names=names))
    if isinstance(known, Mapping):
        for name, options in known.items():
            value = st.query_params.get(name)
            if value is not None and value not in options:
                _tell_bad(name, value, view().language)


def _tell_bad(name: str, value: str, language: str) -> None:
    told = {"name": f"`{name}`", "value": markup.plain(value)}
    st.warning(text("app.bad_parameter", language, **told))


def freshness_line(shown: View) -> None:
    """Say what this desk is: as-of day, newest period, build."""
    head = loading.head(shown.build, shown.as_of)
    st.caption(freshness.sentence(head, shown.build, shown.as_of, shown.language))


def recall(key: str, options: Sequence[str]) -> None:
    """Take a choice from the address when the session has none yet.

    Streamlit's own binding writes the label into the address; a link must survive a change of
    language, so ours writes the option.
    """
    if key not in st.session_state:
        asked = st.query_params.get(key, options[0])
        st.session_state[key] = asked if asked in options else options[0]


def remember(key: str, value: str, default: str) -> str:
    """Keep a choice in the address, and leave the address short where it is the default."""
    if value != default:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
    return value


def choose(label: str, options: Sequence[str], key: str, names: Mapping[str, str]) -> str:
    """Draw one choice of a few, kept in the address, and return it."""
    recall(key, options)
    chosen = st.segmented_control(
        label,
        list(options),
        key=key,
        required=True,
        format_func=lambda option: names.get(option, option),
        # on a phone a long row would end beyond the edge
        wrap=True,
        persist_state="session",
    )
    return remember(key, str(chosen or options[0]), options[0])


def choose_listed(
    label: str, options: Sequence[str], key: str, names: Mapping[str, str], width: int
) -> str:
    """Draw one choice of many, kept in the address, and return it."""
    recall(key, options)
    chosen = st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda option: names.get(option, option),
        width=width,
        persist_state="session",
    )
    return remember(key, str(chosen or ""), options[0])


def choose_kind(kinds: Sequence[str], key: str) -> str:
    """Choose a period kind."""
    language = view().language
    names = {kind: text(f"kind.{kind}", language) for kind in kinds}
    return choose(text("filter.period", language), kinds, key, names)


def choose_unit(units: Sequence[str], key: str) -> str:
    """Choose a unit."""
    return choose(text("filter.unit", view().language), units, key, {})


def links() -> Address:
    """Return how addresses begin as the desk is looked at now: its day and language go along."""
    asked = st.query_params
    kept = tuple((name, str(asked[name])) for name in ("as_of", "lang", "build") if name in asked)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return Address(f"/{base}" if base else "", kept)
