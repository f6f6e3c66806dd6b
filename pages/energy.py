"""Energy: volume, value, unit price against its benchmark, share, rank and other suppliers."""

import streamlit as st

from desk.texts import text
from desk.widgets import chart, filters
from desk.widgets.part import part

FIGURES = {
    "crude": (
        "crude_volume",
        "crude_value",
        "crude_price",
        "crude_discount",
        "crude_effects",
        "crude_share",
        "crude_suppliers",
    ),
    "coal": ("coal_volume", "coal_grades", "coal_price", "coal_share", "coal_suppliers"),
    "lng": ("lng_volume", "lng_value", "lng_price", "lng_benchmark", "lng_suppliers"),
    "gas": ("gas_volume", "gas_value", "gas_price", "gas_benchmark"),
}
KINDS = {
    "crude": ("month", "year", "ytd"),
    "coal": ("year", "month"),
    "lng": ("year", "month"),
    "gas": ("year", "month"),
}
UNITS = ("Mt", "mb/d")


@part
def products() -> None:
    """Draw the choices and the figures of a product: the rest of the page stays as it is."""
    language = filters.view().language
    names = {product: text(f"product.{product}", language) for product in FIGURES}
    with st.container(horizontal=True):
        product = filters.choose(text("filter.product", language), list(FIGURES), "product", names)
        kind = filters.choose_kind(KINDS[product], f"{product}_kind")
        unit = filters.choose_unit(UNITS, "crude_unit") if product == "crude" else None
    for figure_id in FIGURES[product]:
        chart.show_figure(figure_id, kind, unit)


filters.tell_unknown_parameters(
    {"product": tuple(FIGURES), "crude_unit": UNITS}
    | {f"{product}_kind": kinds for product, kinds in KINDS.items()}
)
st.header(text("nav.energy", filters.view().language))
products()
chart.show_figure("ranks")
