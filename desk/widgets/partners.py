"""Page Partners: any two countries from both sides, and listed goods by way of third ones."""

from functools import partial

import streamlit as st

from desk import flow_marks, flow_plots, flows, renumbering
from desk.flow_sheet import About, Sheet
from desk.flows import Side, View
from desk.texts import text
from desk.widgets import filters
from desk.widgets.filters import view
from desk.widgets.flows import about, asked, looked_at, show, with_breaks
from desk.widgets.products import choose_source, told_by_sellers
from etl.flows.manifest import Manifest

PARAMETERS = ("reporter", "partner", "flow_source", "goods")
GOODS = ("TOTAL", "27", "84", "85", "87", "8541", "8542", "8703")
TRADE = ("trade_total", "exports_cn_to_ru", "imports_cn_from_ru")
LISTED = (
    "semiconductors_hk_ru_value",
    "semiconductors_cn_ru_value",
    "machine_tools_8456_8466_cn_ru_value",
    "ics_cn_ru_value",
)


def pair(found: Manifest) -> None:
    """Draw the choice of two countries and of goods, and what each tells of the other."""
    language = view().language
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = choose_source(found)
        looked = looked_at(source)
        listed = asked(found, "reporters", source)
        one = _country("reporter", _first(listed, "CHN"))
        others = [iso for iso in asked(found, "partners", looked, one) if iso != one]
        if not others:
            st.info(text("flows.empty", language))
            return
        other = _country("partner", _first(others, "RUS"))
        names = {code: text(f"flows.goods_{code}", language) for code in GOODS}
        code = filters.choose_listed(text("flows.goods", language), GOODS, "goods", names, 260)
    whose = " · ".join(flows.area(iso, language) for iso in (one, other))
    told = about(found, source, whose)
    title = told.say("mirror", one=told.area(one), other=told.area(other), goods=names[code])

    def drawn() -> Sheet:
        rows = asked(found, "mirror", looked, one, other, code)
        named: dict[str, list[tuple[int, float]]] = {}
        for row in rows:
            way = "tells_exports" if row["flow"] == "X" else "tells_imports"
            partner = other if row["reporter"] == one else one
            label = told.say(way, reporter=told.area(row["reporter"]), partner=told.area(partner))
            named.setdefault(label, []).append((row["year"], row["value"]))
        drawn = flow_plots.lines(told, "mirror", title, named, told.say("mirror_note"))
        sides = (Side(one, other, ""), Side(other, one, ""))
        return with_breaks(found, told, looked, sides, code, drawn)

    show(drawn, TRADE if {one, other} == {"CHN", "RUS"} else (), "mirror")


def _first(listed: list[str], wanted: str) -> list[str]:
    """Return the countries with the one first that the page opens with."""
    return [wanted, *(iso for iso in listed if iso != wanted)] if wanted in listed else listed


def _country(key: str, listed: list[str]) -> str:
    language = view().language
    names = {iso: flows.area(iso, language) for iso in listed}
    return filters.choose_listed(text(f"flows.{key}", language), listed, key, names, 220)


def routes(found: Manifest) -> None:
    """Draw listed goods from China to places between, and from these to Russia."""
    language = view().language
    source = asked(found, "sources")[0]
    looked = looked_at(source)
    told = about(found, source, told_by_sellers())
    st.header(text("flows.routes", language))
    st.caption(text("flows.routes_caption", language, count=len(flows.listed())))
    for leg in ("in", "out"):
        show(partial(_leg, found, looked, told, leg), LISTED, f"route_{leg}")


def _leg(found: Manifest, looked: View, told: About, leg: str) -> Sheet:
    """Return one leg of the way: into the places between, or out of them."""
    named: dict[str, list[tuple[int, float]]] = {}
    for row in asked(found, "routes", looked, "CHN", "RUS"):
        direct = (row["reporter"], row["partner"]) == ("CHN", "RUS")
        into = row["reporter"] == "CHN"
        if direct or into != (leg == "in"):
            continue
        hub = told.area(row["partner"] if into else row["reporter"])
        named.setdefault(hub, []).append((row["year"], row["value"]))
    title = told.say(f"route_{leg}")
    late = flow_marks.late(told, asked(found, "late", looked, "CHN", renumbering.LAST))
    return flow_plots.lines(told, f"route_{leg}", title, named, told.say("routes_note"), *late)
