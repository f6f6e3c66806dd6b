"""What a reader takes along from a chart: files that are made when asked for, and the citation."""

from functools import partial

import streamlit as st

from desk import figure_list
from desk.export import citation
from desk.export.sheet import PRESETS
from desk.export.theme import THEMES
from desk.figures import Figure
from desk.texts import text
from desk.widgets.filters import view

MIMES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
}
FIGURE_FORMS = ("png", "svg", "pdf", "pptx", "xlsx", "csv", "json")


def show(made: Figure) -> None:
    """Draw a button a format."""
    with st.container(horizontal=True, gap="small"):
        for form in FIGURE_FORMS:
            st.download_button(
                form.upper(),
                partial(_made, made, form),
                file_name=f"{made.id}_{made.options.as_of}.{form}",
                mime=MIMES[form],
                key=f"download_{form}_{made.id}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def open_in(made: Figure) -> None:
    """Draw where the same view opens: alone, in another's page, on page Briefing.

    A briefing is made of figures of the catalogue: a comparison is none.
    """
    spec = figure_list.load().get(made.id)
    language = made.options.language
    look = {"figure": made.id, "kind": made.kind, **made.asked}
    if spec and made.unit in spec.units:
        look["unit"] = made.unit
    kept = {"from": str(made.options.start.year), "to": str(made.options.end.year)}
    kept["as_of"] = made.options.as_of.isoformat()
    to = view().links.link
    links = [
        to(text("open_in.alone", language), "", **look, **kept),
        to(text("open_in.embed", language), "", embed="true", **look, **kept),
    ]
    if spec:
        words = text("open_in.briefing", language)
        links.append(to(words, "briefing", figures=made.id, **kept))
    st.caption(" · ".join(links))


def _made(made: Figure, form: str) -> bytes:
    """Return a figure in a format: called when a reader asks for it, not when a page is drawn."""
    # what draws takes a second to import
    from desk.export import formats

    return formats.make(made, form, PRESETS["slide"], THEMES["light"])


def cite(made: Figure) -> None:
    """Draw the citation in three forms, each with a button that copies it."""
    language = made.options.language
    st.caption(text("cite.how", language))
    for name, words in (
        ("plain", citation.plain(made)),
        ("APA", citation.apa(made)),
        ("BibTeX", citation.bibtex(made)),
        ("amur", citation.command(made)),
    ):
        st.caption(name)
        st.code(words, language=None, wrap_lines=True)
