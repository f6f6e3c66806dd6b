"""Claims on a page: as the table of an article, all of them, by publisher."""

import pandas as pd
import streamlit as st

from desk import claim_table, markup, quoted, verdicts, wording
from desk.claim_table import Wanted
from desk.rows import Row
from desk.texts import text
from desk.widgets import filters, loading
from desk.widgets.filters import view
from etl.articles import CLAIM_KINDS

SHOWN = 1000
TABLED = 100
# in a narrow window the table scrolls before its sentences become columns of single words
ROOMY = (
    "<style>.st-key-claims_table td {min-width: 5.5rem; vertical-align: top}"
    ".st-key-claims_table td:nth-child(1) {min-width: 9rem}"
    ".st-key-claims_table td:nth-child(3) {min-width: 15rem}</style>"
)
NAMED = ("publisher", "indicator", "verdict", "kind", "year", "words")
KEYS = tuple(f"claim_{name}" for name in NAMED)


def table(rows: list[Row], columns: str) -> None:
    """Draw claims as a table of some columns that shows every sentence whole."""
    language = view().language
    heads = {name: _head(name, language) for name in columns.split()}
    shown = [_worded(row, language) for row in rows[:TABLED]]
    frame = pd.DataFrame(shown)[list(heads)]
    st.html(ROOMY)
    with st.container(key="claims_table"):
        st.table(frame.rename(columns=heads), hide_index=True)
    if len(rows) > TABLED:
        st.caption(text("claims_page.first", language, count=TABLED, all=len(rows)))


def _worded(row: Row, language: str) -> Row:
    """Return the cells of a claim as Markdown: foreign text in it is shown, never interpreted."""
    look = verdicts.LOOKS[row["verdict"]]
    cells = {key: markup.plain(str(cell or "")) for key, cell in _cells(row, language).items()}
    if row["source"] == "draft":
        cells["stated"] = f"{row['number']} · {cells['stated']}"
    cells["verdict"] = f":{look.name}[{cells['verdict']}]"
    if row["evidence"]:
        first = row["evidence"][0]
        cells["why"] += f" {markup.link(first['publisher'], first['url'])}"
    lies = claim_table.chart_of(row)
    if lies:
        cells["chart"] = view().links.link("↗", "", figure=lies[0], **lies[1])
    if cells["extract"]:
        cells["stated"] += f"  \n:small[{cells['extract']}]"
    return cells


def _head(name: str, language: str) -> str:
    keys = {
        "stated": "articles.claim_value",
        "about": "articles.claim_about",
        "period": "articles.claim_period",
        "kind": "articles.claim_kind",
        "verdict": "articles.claim_verdict",
        "why": "articles.claim_explanation",
        "page": "articles.claim_evidence",
        "chart": "articles.claim_chart",
        "article": "claims_page.article",
        "open": "evidence.all_claims",
        "publisher": "filter.publisher",
    }
    return text(keys[name], language)


def _cells(row: Row, language: str) -> Row:
    first = row["evidence"][0] if row["evidence"] else {}
    lies = claim_table.chart_of(row)
    return {
        "stated": claim_table.stated(row, language),
        "about": markup.seen(claim_table.about(row, language)),
        "period": wording.claim_period(row, language),
        "kind": text(f"claim_kind.{row['kind']}", language),
        "verdict": verdicts.word_with_reason(row, language),
        "why": claim_table.why(row, language),
        "page": first.get("url") or None,
        "chart": view().links.of("", figure=lies[0], **lies[1]) if lies else None,
        "extract": quoted.extract(row),
        "open": view().links.of("articles", article=row["article"]),
        "article": markup.seen(row["title"]),
        "publisher": markup.seen(row["publisher"]),
    }


def everything() -> None:
    """Draw all claims under their filters, with a download."""
    shown = view()
    language = shown.language
    rows = loading.all_claims(shown.build, shown.as_of)
    found = claim_table.matching(rows, _wanted(rows, language), language)
    day = wording.day(shown.as_of, language)
    st.caption(
        text("claims_page.caption", language, count=len(found), all=len(rows), as_of=day)
        + f" {claim_table.counts(found, language)}"
    )
    if not found:
        st.info(f"{text('claims_page.none', language)} {text('claims_page.none_do', language)}")
        return
    if len(found) > SHOWN:
        st.caption(text("claims_page.cut", language, count=SHOWN))
    _sheet(found[:SHOWN], language)
    st.download_button(
        text("chart.download", language),
        claim_table.as_csv(found, language),
        file_name=f"claims_{shown.as_of}.csv",
        mime="text/csv",
        key="download_claims",
        on_click="ignore",
    )


def _sheet(rows: list[Row], language: str) -> None:
    """Draw many claims, a line each; a cell is read whole on a click."""
    links = ("page", "chart", "open")
    columns = ("stated", "verdict", "why", "about", "period", "kind", "publisher", "article")
    heads = {name: _head(name, language) for name in (*columns, *links)}
    frame = pd.DataFrame([_cells(row, language) for row in rows])[list(heads)]
    arrow = st.column_config.LinkColumn(display_text="↗", width="small")
    st.dataframe(
        frame.rename(columns=heads),
        hide_index=True,
        height=480,
        key="claims_all",
        placeholder="",
        column_config={heads[name]: arrow for name in links}
        | {heads["why"]: st.column_config.TextColumn(width="large")},
    )


def _wanted(rows: list[Row], language: str) -> Wanted:
    """Draw the filters of all claims and return what they say."""
    names = {row["indicator"]: row[f"short_{language}"] for row in rows}
    names["other"] = text("claims_page.other", language)
    years = {year for row in rows if row["period_start"] for year in _years(row)}
    listed = [*sorted(names.keys() - {"other"}, key=lambda key: str(names[key])), "other"]
    said = {key: text(f"verdict.{key}", language) for key in verdicts.LOOKS}
    kinds = {key: text(f"claim_kind.{key}", language) for key in CLAIM_KINDS}
    with st.container(horizontal=True):
        words = st.text_input(
            text("claims_page.words", language), key="claim_words", bind="query-params", width=280
        )
        pages = sorted({row["page"] for row in rows})
        return Wanted(
            words or "",
            _any("publisher", text("filter.publisher", language), pages, {}, 210),
            _any("indicator", text("claims_page.indicator", language), listed, names, 230),
            _any("verdict", text("claims_page.verdict", language), list(said), said, 150),
            _any("kind", text("claims_page.kind", language), list(kinds), kinds, 150),
            _any(
                "year",
                text("claims_page.year", language),
                [str(year) for year in sorted(years, reverse=True)],
                {},
                120,
            ),
        )


def _years(row: Row) -> range:
    return range(row["period_start"].year, row["period_end"].year + 1)


def _any(name: str, label: str, options: list[str], names: dict[str, str], width: int) -> str:
    any_ = {"": text("filter.any", view().language)}
    return filters.choose_listed(label, ["", *options], f"claim_{name}", any_ | names, width)


def publishers() -> None:
    """Draw how often the claims of each publisher agree, with a share only of enough of them."""
    shown = view()
    language = shown.language
    rows = verdicts.accuracy(loading.all_claims(shown.build, shown.as_of))
    if not rows:
        st.info(text("publishers_page.none", language))
        return
    st.caption(text("publishers_page.caption", language, least=verdicts.LEAST_JUDGED))
    heads = {"publisher": text("publishers_page.publisher", language)}
    heads |= {
        key: f"{look.sign} {text(f'verdict.{key}', language)}"
        for key, look in verdicts.LOOKS.items()
    }
    heads |= {key: text(f"publishers_page.{key}", language) for key in ("judged", "share")}
    few = text("publishers_page.too_few", language)
    shares = [few if row["share"] is None else f"{row['share']:.0%}" for row in rows]
    frame = pd.DataFrame(rows).assign(share=shares)
    frame["publisher"] = frame["publisher"].map(markup.seen)
    st.dataframe(
        frame[list(heads)].rename(columns=heads),
        hide_index=True,
        height=480,
        key="accuracy",
        placeholder="",
    )
