"""Page Compare: which indicators, how they are seen, and the figure that comes of it.

Every choice is in the address under a short name and in the session under a name of its own; what
is the default of the indicators chosen is left out of the address.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from desk import compare, markup
from desk.comparing import address, offered, presets
from desk.comparing import asked as requests
from desk.comparing.asked import CURRENCIES, PERCENT, VIEWS, Comparison
from desk.comparing.limits import NotComparable
from desk.comparing.offered import Entry, Unit
from desk.texts import text
from desk.widgets import chart, filters, loading
from desk.widgets.filters import view

PARAMETERS = ("series", "view", "kind", "unit", "currency", "of")
# what an address may not hold stays out of it
AS_IT_IS = ""


def choose() -> Comparison:
    """Draw the choices and return what they ask for; a bad address is told, never a crash."""
    shown = view()
    every, units = loading.comparable(shown.build, shown.language)
    known = {name: entry for name, entry in every.items() if entry.offered}
    _offer_presets()
    chosen = _series(known)
    entries = [known[name] for name in chosen]
    seen = _choose(
        "view", VIEWS, {key: text(f"compare.views.{key}", shown.language) for key in VIEWS}
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = requests.kinds(seen)
        names = {key: text(f"kind.{key}", shown.language) for key in kinds}
        kind = _choose("kind", kinds, names, kept=_kind_kept(seen))
        unit = _unit(entries, units, seen)
        currency = _currency(entries, units)
        first = _of(entries) if seen == "years" else ""
    series = (first, *(name for name in chosen if name != first)) if first else chosen
    return Comparison(series, seen, kind, unit, currency)


def show(asked: Comparison, alone: bool = False) -> None:
    """Draw the figure with its evidence, or the sentence that says why there is none.

    `alone`, for another's page, it stands without the evidence.
    """
    shown = view()
    options = shown.options()
    load = partial(loading.comparison, shown.build, asked, options)
    try:
        made = load()
    except NotComparable as refusal:
        st.info(markup.plain(str(refusal)))
        return
    if alone:
        chart.alone(made)
    else:
        chart.show_loaded(load, compare.scope(asked, options).indicators)


def addressed() -> Comparison:
    """Return the comparison that the address asks for, with no choice drawn."""
    return address.read({name: st.query_params[name] for name in st.query_params})


def _offer_presets() -> None:
    """Draw a button for every comparison that is asked for often, all in few lines."""
    language = view().language
    st.caption(text("compare.presets", language))
    with st.container(horizontal=True, gap="small"):
        for name, preset in presets.PRESETS.items():
            st.button(
                text(f"compare.short.{name}", language),
                key=f"preset_{name}",
                help=text(f"compare.preset.{name}", language),
                on_click=_take,
                args=(preset,),
            )


def _take(preset: Comparison) -> None:
    """Put a preset in the place of every choice."""
    st.session_state[_key("series")] = list(preset.series)
    for name in ("view", "unit", "currency"):
        st.session_state[_key(name)] = getattr(preset, name)
    st.session_state[_key(_kind_kept(preset.view))] = preset.kind
    st.session_state.pop(_key("of"), None)


def _kind_kept(seen: str) -> str:
    """A line a year begins with months; the other views go on with the period that they had."""
    return "kind_of_years" if seen == "years" else "kind"


def _key(name: str) -> str:
    """Return the name of a choice in the session: others have a `view` there too."""
    return f"compare_{name}"


def _series(known: dict[str, Entry]) -> tuple[str, ...]:
    """Choose indicators in the order in which they are picked; an address may name them."""
    language, key = view().language, _key("series")
    default = ",".join(presets.DEFAULT.series)
    if key not in st.session_state:
        asked = list(dict.fromkeys(filter(None, st.query_params.get("series", default).split(","))))
        st.session_state[key] = [name for name in asked if name in known]
        _tell_unknown([name for name in asked if name not in known])
    names = {
        entry.id: f"{text(f'compare.topic.{entry.topic}', language)} · {entry.title}"
        for entry in known.values()
    }
    chosen = st.multiselect(
        text("compare.series", language),
        list(known),
        key=key,
        format_func=lambda name: names[name],
        help=text("compare.series_help", language),
        persist_state="session",
    )
    filters.remember("series", ",".join(chosen), default)
    return tuple(chosen)


def _tell_unknown(names: list[str]) -> None:
    if names:
        listed = ", ".join(f"`{markup.plain(name)}`" for name in names)
        st.warning(text("compare.unknown_series", view().language, names=listed))


def _unit(entries: list[Entry], units: dict[str, Unit], seen: str) -> str:
    """Choose a unit where there is a choice: another measure of the volume, a gap in per cent."""
    language = view().language
    there = offered.choices(entries, units)
    if seen == "gap":
        there = [*there, PERCENT]
    names = {unit: units[unit].symbol for unit in there}
    own = text("compare.unit_own", language)
    return _choose("unit", [AS_IT_IS, *there], names | {AS_IT_IS: own}) if there else _none("unit")


def _currency(entries: list[Entry], units: dict[str, Unit]) -> str:
    """Choose a currency where there is money among the indicators."""
    if not any(units[unit].currency for entry in entries for unit in entry.units):
        return _none("currency")
    own = text("compare.currency_own", view().language)
    return _choose("currency", [AS_IT_IS, *CURRENCIES], {AS_IT_IS: own})


def _of(entries: list[Entry]) -> str:
    """Choose the one of several indicators whose years are drawn."""
    if len(entries) < 2:
        return _none("of")
    return _choose("of", [entry.id for entry in entries], {e.id: e.short for e in entries})


def _choose(name: str, options: Sequence[str], names: dict[str, str], kept: str = "") -> str:
    """Draw one choice of a few, kept in the address; a value that is not among them is told.

    `kept` is its name in the session where that is another one.
    """
    language, key = view().language, _key(kept or name)
    asked = st.session_state.get(key, st.query_params.get(name, options[0]))
    if asked not in options:
        if key not in st.session_state:
            _tell_bad(name, asked)
        asked = options[0]
    st.session_state[key] = asked
    labels = {"kind": "filter.period", "unit": "filter.unit"}
    chosen = st.segmented_control(
        text(labels.get(name, f"compare.{name}"), language),
        list(options),
        key=key,
        required=True,
        format_func=lambda option: names.get(option, option),
        persist_state="session",
    )
    return filters.remember(name, str(chosen or options[0]), options[0])


def _tell_bad(name: str, value: str) -> None:
    told = {"name": f"`{name}`", "value": markup.plain(value)}
    st.warning(text("app.bad_parameter", view().language, **told))


def _none(name: str) -> str:
    """Take a choice that these indicators do not offer out of the address, and say so."""
    if _key(name) not in st.session_state and name in st.query_params:
        _tell_bad(name, st.query_params[name])
    return filters.remember(name, AS_IT_IS, AS_IT_IS)
