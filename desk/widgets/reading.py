"""Read a text: paste, address or file; its figures underlined with their verdicts; then keep it."""

from dataclasses import replace
from datetime import date

import streamlit as st

from desk import claim_table, drafts, figures, markup, request, verdicts, wording
from desk.drafts import Draft
from desk.rows import Row
from desk.texts import text
from desk.widgets import chart, claims, draft_loading, filters, loading, runs
from desk.widgets.filters import view
from etl import runs as reports
from etl.errors import AmurError

SHOWN_CHARACTERS = 20_000
SHOWN_CHARTS = 3
HEIGHT = 560
WAYS = ("text", "address", "file")
# our own words alone: the page's text goes through Markdown
UNDERLINED = (
    "<style>.st-key-draft_text span.stMarkdownColoredText"
    "{text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px}"
    "</style>"
)


def show() -> None:
    """Draw the draft that the address names, or the form that makes one."""
    language = view().language
    name = st.query_params.get("draft", "")
    draft = drafts.find(name) if name else None
    if name and draft is None:
        st.warning(text("read.gone", language))
    if draft is None:
        _form(language)
    else:
        _draft(draft, language)


def _form(language: str) -> None:
    st.caption(text("read.caption", language))
    # where readers may not ask for a refresh, they may not send this machine to the network either
    ways = [way for way in WAYS if way != "address" or request.offered()]
    names = {way: text(f"read.way_{way}", language) for way in ways}
    way = filters.choose(text("read.way", language), ways, "from_what", names)
    with st.form("read", border=False):
        given = _given(way, language)
        with st.container(horizontal=True):
            day = st.date_input(
                text("read.day", language),
                value=view().as_of,
                max_value=filters.today(),
                key="read_day",
                format="YYYY-MM-DD",
                help=text("read.day_help", language),
                width=170,
            )
            heads = {}
            if way == "text":
                heads = {
                    key: st.text_input(text(f"read.{label}", language), key=f"read_{key}")
                    for key, label in (
                        ("publisher", "publisher"),
                        ("title", "title"),
                        ("url", "page"),
                    )
                }
        asked = st.form_submit_button(
            text("read.go", language), icon=":material/plagiarism:", key="read_go"
        )
    if asked:
        _read(way, given, day if isinstance(day, date) else view().as_of, heads, language)


def _given(way: str, language: str) -> str | tuple[str, bytes]:
    """Draw the input of one way and return what is in it; nothing is an empty text."""
    if way == "text":
        return st.text_area(
            text("read.text", language),
            key="read_text",
            height=260,
            max_chars=drafts.MOST_CHARACTERS,
            help=text("read.text_help", language, most=drafts.MOST_CHARACTERS),
        )
    if way == "address":
        return st.text_input(text("read.address", language), key="read_address").strip()
    file = st.file_uploader(
        text("read.file", language),
        type=[suffix.removeprefix(".") for suffix in drafts.SUFFIXES],
        max_upload_size=drafts.CAP_MB,
        key="read_file",
    )
    return (file.name, file.getvalue()) if file else ""


def _read(
    way: str, given: str | tuple[str, bytes], day: date, heads: dict[str, str], language: str
) -> None:
    """Read what was given and go to the draft; say in a sentence what stands in the way."""
    if not given or (isinstance(given, str) and not given.strip()):
        st.info(text("read.nothing", language))
        return
    try:
        with st.spinner(text("read.reading", language)):
            if isinstance(given, tuple):
                made = drafts.of_file(*given, day)
            elif way == "address":
                made = drafts.of_address(given, day)
            else:
                made = drafts.of_text(given, day, **{key: heads[key].strip() for key in heads})
            name = drafts.keep(made)
    except AmurError as error:
        st.warning(text("read.failed", language, told=markup.plain(str(error))))
        return
    st.query_params["draft"] = name
    st.rerun()


def _draft(draft: Draft, language: str) -> None:
    """Draw a text that was read: its words, its figures, their charts, and what to do with it."""
    shown = view()
    found = draft_loading.claims(shown.build, draft, shown.as_of)
    st.subheader(markup.plain(draft.title), anchor="draft")
    publisher = draft.publisher or text("read.unnamed", language)
    opened = markup.link(text("evidence.open", language), draft.url) if draft.url else ""
    named = [markup.plain(publisher), wording.day(draft.published, language), opened]
    st.markdown(" · ".join(filter(None, named)))
    days = {"day": draft.published, "as_of": shown.as_of}
    days_said = {key: wording.day(day, language) for key, day in days.items()}
    counts = claim_table.counts(found, language)
    said = (
        text("read.found", language, count=len(found), counts=counts)
        if found
        else text("read.no_claims", language)
    )
    st.caption(f"{said} {text('read.as_of', language, **days_said)}")
    _what_to_do(draft, language)
    words, beside = st.columns([1, 1], gap="medium")
    with words:
        _words(draft, found, language)
    with beside:
        _charts(found, language)
    if found:
        st.markdown(f"**{text('read.figures', language)}**")
        claims.table(found, "stated verdict why about period kind")


def _words(draft: Draft, found: list[Row], language: str) -> None:
    st.html(UNDERLINED)
    with st.container(height=HEIGHT, key="draft_text"):
        st.markdown(underlined(draft.text[:SHOWN_CHARACTERS], found))
    if len(draft.text) > SHOWN_CHARACTERS:
        st.caption(text("read.shown", language, shown=SHOWN_CHARACTERS, all=len(draft.text)))


def underlined(words: str, found: list[Row]) -> str:
    """Return a text as Markdown, each figure in the colour of its verdict with sign and number."""
    paragraphs = []
    start = 0
    rows = sorted(found, key=lambda row: (row["start"], -row["end"]))
    for line in words.split("\n"):
        end = start + len(line)
        paragraphs.append(_paragraph(words, start, end, rows))
        start = end + 1
    return "\n\n".join(filter(None, paragraphs))


def _paragraph(words: str, start: int, end: int, rows: list[Row]) -> str:
    done, pieces = start, []
    for row in rows:
        if done <= row["start"] and row["end"] <= end:
            look = verdicts.LOOKS[row["verdict"]]
            figure = markup.plain(words[row["start"] : row["end"]])
            pieces.append(markup.piece(words[done : row["start"]]))
            pieces.append(f":{look.name}[{figure}] :small[{look.sign}{row['number']}]")
            done = row["end"]
    return "".join([*pieces, markup.piece(words[done:end])]).strip()


def _charts(found: list[Row], language: str) -> None:
    """Draw the figures that the text speaks of, with its own claims marked on them."""
    shown = view()
    specs = claim_table.figures_of(found)[:SHOWN_CHARTS]
    st.markdown(f"**{text('read.charts', language)}**")
    if not specs:
        st.caption(text("read.no_chart", language))
        return
    with st.container(height=HEIGHT, border=False):
        for spec, kind in specs:
            made = loading.figure(shown.build, spec.id, shown.options(kind))
            st.markdown(f"**{markup.plain(made.title)}**")
            own = [
                row | {"explanation": row[f"explanation_{language}"]}
                for row in found
                if figures.drawable(row, made.lines)
            ]
            chart.draw(replace(made, claims=own))


def _what_to_do(draft: Draft, language: str) -> None:
    """Draw what may be done with a draft: add it to the desk, discard it, read another."""
    now = request.progress()
    running = bool(now and now.running)
    name = draft_loading.article(draft)
    held = name is not None and loading.has_article(view().build, name)
    if name and held and not running:
        opened = view().links.link(text("read.open", language), "articles", article=name)
        st.success(text("read.added", language, link=opened))
    elif not running:
        _tell_refusal(draft, language)
    with st.container(horizontal=True):
        if request.offered() and not held:
            _adding(draft, running, language)
        word = "another" if held else "discard"
        if st.button(text(f"read.{word}", language), key="draft_discard", disabled=running):
            drafts.discard(draft.id)
            del st.query_params["draft"]
            st.rerun()
    if running:
        runs.follow("read.adding")


def _adding(draft: Draft, running: bool, language: str) -> None:
    asked = st.button(
        text("read.add", language),
        icon=":material/add:",
        key="draft_add",
        disabled=running,
        help=text("read.add_help", language),
    )
    if not asked:
        return
    try:
        path = drafts.page(draft, text("read.unnamed", "en"))
        request.start("ingest", str(path))
    except AmurError as error:
        st.warning(markup.plain(str(error)))
        return
    st.session_state["adding"] = draft.id
    st.rerun()


def _tell_refusal(draft: Draft, language: str) -> None:
    """Say why the draft that was to be added is not on the desk."""
    if st.session_state.get("adding") != draft.id:
        return
    now = request.progress()
    if now and now.exit == 0:
        st.info(text("read.held", language))
        return
    report = reports.last() or {}
    told = (now.told if now else "") or str(report.get("error") or "") or text("unknown", language)
    st.warning(text("read.refused", language, told=markup.plain(told)))
