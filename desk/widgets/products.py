"""Page Products: what Russia and China sell each other, product by product."""

from functools import partial

import streamlit as st

from desk import flow_marks, flow_plots, flows
from desk.flow_sheet import About, Sheet
from desk.flows import Side, View
from desk.rows import Row
from desk.texts import text
from desk.widgets import filters
from desk.widgets.filters import view
from desk.widgets.flows import (
    about,
    asked,
    china_and_russia,
    looked_at,
    newest_year,
    show,
    stated,
    with_breaks,
)
from etl.flows.manifest import Manifest

DIRECTIONS = ("bought", "sold")
LEVELS = ("2", "4", "6")
PARAMETERS = ("direction", "level", "product2", "product4", "product6", "words", "flow_source")
TOTALS = {
    "bought": (
        "imports_cn_from_ru",
        "crude_ru_cn_value",
        "coal_ru_cn_value",
        "lng_ru_cn_value",
        "oil_products_ru_cn_value",
    ),
    "sold": (
        "exports_cn_to_ru",
        "cn_cars_exported_to_ru_value",
        "trucks_cn_ru_value",
        "machine_tools_8456_8466_cn_ru_value",
        "semiconductors_cn_ru_value",
    ),
}


def choose_source(found: Manifest) -> str:
    """Choose the source where the lake has several; rows of two are never added up."""
    listed = asked(found, "sources")
    if len(listed) == 1:
        return str(listed[0])
    language = view().language
    names = {name: text(f"flows.source_{name}", language) for name in listed}
    return filters.choose(text("flows.choose_source", language), listed, "flow_source", names)


def goods(found: Manifest) -> None:
    """Draw the choices and the four charts of goods, then the shares that officials claim."""
    source, direction, level = _choices(found)
    language = view().language
    looked, side = looked_at(source), china_and_russia(direction)
    years = asked(found, "years", source, side.reporter)
    if not years:
        st.info(text("flows.no_reporter", language, area=flows.area(side.reporter, language)))
        return
    year, months = newest_year(years)
    told = about(found, source, flows.area("CHN", language))
    span = str(year) if months == 12 else text("flows.months", language, year=year, months=months)
    key = (looked, side, int(level), year, months)
    where = {"what": text(f"flows.{direction}", language), "span": span}

    def all_goods() -> list[Row]:
        rows: list[Row] = asked(found, "goods", *key)
        return rows

    show(
        lambda: flow_plots.treemap(told, told.say("treemap", **where), all_goods()),
        TOTALS[direction],
        "goods_treemap",
    )

    def changes() -> Sheet:
        made = flow_plots.changes(told, told.say("changes", **where), all_goods())
        counted = asked(found, "recounted", looked, side, int(level), year)
        return flow_marks.recounted(told, made, year, counted)

    show(changes, TOTALS[direction], "goods_changes")
    code = _search(all_goods(), level)
    if code:
        _product(found, told, looked, side, code, direction)


def _choices(found: Manifest) -> tuple[str, str, str]:
    """Draw the choices; return source, direction and level of detail."""
    language = view().language
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = choose_source(found)
        direction = filters.choose(
            text("flows.direction", language),
            DIRECTIONS,
            "direction",
            {name: text(f"flows.{name}", language) for name in DIRECTIONS},
        )
        level = filters.choose(
            text("flows.level", language),
            LEVELS,
            "level",
            {name: text(f"flows.level_{name}", language) for name in LEVELS},
        )
    return source, direction, level


def _search(rows: list[Row], level: str) -> str:
    """Draw the search by name or code and the table of goods; return the product chosen."""
    language = view().language
    st.subheader(text("flows.search", language), anchor="search")
    words = st.text_input(
        text("flows.words", language), key="words", bind="query-params", width=420
    )
    kept = [
        row
        for row in rows
        if row["hs"].startswith(words.strip()) or words.strip().lower() in row["name"].lower()
    ]
    if not kept:
        st.info(text("flows.no_product", language, words=words))
        return ""
    st.dataframe(
        [
            {text(f"flows.head.{name}", language): row[name] for name in SHOWN_COLUMNS}
            for row in kept[:500]
        ],
        hide_index=True,
        height=260,
        column_config={
            text("flows.head.value", language): st.column_config.NumberColumn(format="compact"),
            text("flows.head.before", language): st.column_config.NumberColumn(format="compact"),
            text("flows.head.unit_value", language): st.column_config.NumberColumn(format="%.2f"),
            text("flows.head.share", language): st.column_config.NumberColumn(format="percent"),
        },
    )
    names = {row["hs"]: f"{row['hs']} {flow_plots.shorten(row['name'], 70)}" for row in kept}
    return filters.choose_listed(
        text("flows.product", language), list(names), f"product{level}", names, 520
    )


SHOWN_COLUMNS = ("hs", "name", "value", "before", "unit_value", "share")


def _product(
    found: Manifest, told: About, looked: View, side: Side, code: str, direction: str
) -> None:
    """Draw one product: value and unit value, dependence, and who replaced whom."""
    heading = {"hs": code, "what": told.say(direction)}
    speak = flows.speaking_of(code, direction, TOTALS[direction])
    told_of = partial(_asked_of, found, looked, side, code)
    marked = partial(with_breaks, found, told, looked)
    whole = Side(side.reporter, "", side.flow)

    def history() -> Sheet:
        title = told.say("history", **heading)
        return marked((whole,), code, flow_plots.history(told, title, told_of("history")))

    def dependence() -> Sheet:
        title = told.say(f"dependence_{direction}", hs=code)
        return marked((whole,), code, flow_plots.dependence(told, title, told_of("suppliers")))

    def replaced() -> Sheet:
        title = told.say(f"replaced_{direction}", hs=code)
        if direction == "sold":
            rows = asked(found, "sellers", looked, "RUS", (code,))
            shares = flow_plots.shares(told, "replaced", title, rows, "seller")
            return marked((Side("", "RUS", "X"),), code, shares)
        shares = flow_plots.shares(told, "replaced", title, told_of("suppliers"), "partner")
        return marked((whole,), code, shares)

    show(history, speak, "product_history")
    show(dependence, speak, "product_dependence")
    show(replaced, speak, "replaced")


def _asked_of(found: Manifest, looked: View, side: Side, code: str, name: str) -> list[Row]:
    rows: list[Row] = asked(found, name, looked, side, code)
    return rows


def claims(found: Manifest) -> None:
    """Draw China's computed share in Russia's purchases beside the shares that were stated."""
    source = asked(found, "sources")[0]
    told = about(found, source, told_by_sellers())
    st.header(text("flows.claims", view().language))
    for name, (codes, indicators) in flows.CLAIMED.items():
        make = partial(_claimed, found, told, source, name, codes, indicators)
        show(make, indicators, f"claimed_{name}")


def _claimed(
    found: Manifest,
    told: About,
    source: str,
    name: str,
    codes: tuple[str, ...],
    indicators: tuple[str, ...],
) -> Sheet:
    rows = asked(found, "sellers", looked_at(source), "RUS", codes)
    return flow_plots.claimed(told, told.say(f"claimed_{name}"), rows, stated(indicators))


def told_by_sellers() -> str:
    """Return in words whose customs tell of sales to Russia."""
    return text("flows.sellers_customs", view().language)
