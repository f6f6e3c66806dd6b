"""A briefing in every format: complete, searchable, described; it never says more than the data."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import duckdb
import openpyxl
import pypdf
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Deck

from desk import briefing
from desk.briefing import Briefing, Order
from desk.export import briefings, narrative, told
from desk.lines import Options
from etl.entries import LANGUAGES
from etl.errors import CannotExport
from etl.warehouse import Build
from tests.export.conftest import FIGURES, FROM, TO, Make
from tests.support import TODAY

Load = Callable[..., Briefing]
SINCE = date(2026, 1, 1)
CLAIM = {
    "title": "Trade fell by half",
    "publisher": "A paper",
    "published_text": "2026-02-01",
    "url": "https://example.org/1",
    "indicator": "trade_total",
    "value": 120.0,
    "low": 120.0,
    "high": 120.0,
    "bound": "=",
    "unit": "USD bn",
    "change": None,
    "direction": None,
    "period_start": date(2025, 1, 1),
    "period_end": date(2025, 12, 31),
    "verdict": "differs",
    "reason": "unexplained",
    "explanation_en": "The data say 228.1 USD bn.",
}


def quietly(name: str) -> None:
    """Show no progress."""


@pytest.fixture(scope="session")
def load(con: duckdb.DuckDBPyConnection, build: Build) -> Load:
    """Return what loads a briefing: a language, figures, an as-of day."""

    @cache
    def loaded(
        language: str = "en",
        figures: tuple[str, ...] = ("trade_totals", "crude_volume", "pos2_timeline"),
        as_of: date = TODAY,
    ) -> Briefing:
        order = Order(figures, Options(as_of, FROM, TO, language), SINCE)
        return briefing.load(con, order, build.id, quietly)

    return loaded


@pytest.fixture(scope="session")
def written(load: Load) -> Callable[..., bytes]:
    """Return a briefing in a format and a language."""

    @cache
    def made(form: str, language: str = "en") -> bytes:
        return briefings.make(load(language), form, quietly)

    return made


def _joined(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deck_opens_with_five_figures_and_has_a_slide_a_figure(
    language: str, load: Load, written: Callable[..., bytes]
) -> None:
    made = load(language)
    deck: Deck = Presentation(io.BytesIO(written("pptx", language)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    ledger, claims = told.ledger(made), told.claims(made)
    figures = [figure.title for figure in made.figures]
    assert titles[:-1] == [made.title, *figures, ledger.title, claims.title]
    opening = "\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    for card in told.cards(made):
        assert card.value in opening
    for line in told.changes(made)[1]:
        assert line in opening


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_object_of_a_deck_is_described_and_every_slide_has_notes(
    language: str, written: Callable[..., bytes]
) -> None:
    deck: Deck = Presentation(io.BytesIO(written("pptx", language)))
    assert round(deck.slide_width / deck.slide_height, 3) == 1.778
    for slide in deck.slides:
        assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in slide.shapes)
        assert slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            assert 0 <= shape.left < shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top < shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_can_be_searched_and_draws_in_vectors(
    language: str, load: Load, written: Callable[..., bytes]
) -> None:
    made = load(language)
    read = pypdf.PdfReader(io.BytesIO(written("pdf", language)))
    text = _joined("".join(page.extract_text() for page in read.pages))
    for figure in made.figures:
        assert _joined(figure.title) in text
        for sentence in narrative.sentences(figure):
            assert _joined(sentence) in text
    for row in told.ledger(made).rows:
        assert _joined(row[0]) in text
    assert not any(page.images for page in read.pages)
    assert read.metadata is not None
    assert read.metadata.title == made.title
    headings = [item.title for item in read.outline if not isinstance(item, list)]
    assert [figure.title for figure in made.figures] == headings[1 : len(made.figures) + 1]


def test_a_workbook_holds_the_points_of_all_figures(
    load: Load, written: Callable[..., bytes]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    rows = list(book["Data"].iter_rows(min_row=2, values_only=True))
    points = sum(len(line.points) for figure in load().figures for line in figure.lines)
    assert len(rows) == points
    assert {row[0] for row in rows} == {"trade_totals", "crude_volume"}


def test_an_archive_holds_everything_and_its_own_sums(
    load: Load, written: Callable[..., bytes]
) -> None:
    with zipfile.ZipFile(io.BytesIO(written("zip"))) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    assert {"README.md", "citations.bib", "citations.txt", "SHA256SUMS"} <= set(files)
    assert files["briefing.pptx"] == written("pptx")
    assert files["briefing.pdf"] == written("pdf")
    for figure in load().figures:
        for form in ("png", "svg", "csv", "json"):
            assert f"figures/{figure.id}.{form}" in files
        assert figure.title in files["README.md"].decode()
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert told.command(load()) in files["README.md"].decode()


@pytest.mark.parametrize("form", briefings.FORMATS)
def test_a_second_briefing_is_the_first(
    form: str, load: Load, written: Callable[..., bytes]
) -> None:
    assert briefings.make(load(), form, quietly) == written(form)


def test_progress_names_every_figure(load: Load) -> None:
    done: list[str] = []
    briefings.make(load(), "pdf", done.append)
    assert done == ["trade_totals", "crude_volume", "pos2_timeline"]


def test_nothing_published_later_is_in_a_briefing_of_an_earlier_day(load: Load) -> None:
    early = load(as_of=date(2025, 1, 31))
    days = [point.published for f in early.figures for line in f.lines for point in line.points]
    assert max(days) <= date(2025, 1, 31)
    assert all(row["published"] <= date(2025, 1, 31) for row in early.ledger)


def test_a_day_before_everything_is_refused(load: Load) -> None:
    with pytest.raises(CannotExport, match="--as-of"):
        load(figures=("trade_totals",), as_of=date(1990, 1, 1))


def test_claims_that_differ_are_shown_with_what_the_data_say(load: Load) -> None:
    made = replace(load(), differing=[CLAIM], judged=True)
    deck: Deck = Presentation(io.BytesIO(briefings.make(made, "pptx", quietly)))
    table = next(
        shape.table
        for slide in deck.slides
        if slide.shapes.title.text_frame.text == told.claims(made).title
        for shape in slide.shapes
        if shape.has_table
    )
    cells = [cell.text for cell in table.rows[1].cells]
    assert "Trade fell by half" in cells[0]
    assert "120 USD bn (2025)" in cells[1]
    assert cells[2] == "The data say 228.1 USD bn."


def test_a_build_without_verdicts_does_not_say_that_all_claims_agree(load: Load) -> None:
    unjudged = replace(load(), differing=[], judged=False)
    judged = replace(unjudged, judged=True)
    assert told.claims(unjudged).lead != told.claims(judged).lead


def test_foreign_text_is_set_as_it_is(load: Load) -> None:
    sly = '#panic("x") *bold* $x$ <a> @ref \\ "quoted" [b] {c} =1+1'
    made = replace(load(), differing=[CLAIM | {"title": sly}], judged=True)
    read = pypdf.PdfReader(io.BytesIO(briefings.make(made, "pdf", quietly)))
    text = "".join(page.extract_text() for page in read.pages)
    assert _joined(sly) in _joined(text)


@pytest.mark.parametrize("name", FIGURES)
def test_every_level_in_the_sentences_is_a_figure_of_the_series(name: str, make: Make) -> None:
    figure = make(name, language="en")
    sentences = narrative.sentences(figure)
    assert 1 <= len(sentences) <= 2
    if figure.chart == "timeline":
        assert figure.events[-1]["title"] in sentences[0]
        return
    symbol = re.escape(figure.symbol.replace("rank", ""))
    levels = [
        float(found.replace(",", "").replace("−", "-"))
        for sentence in sentences
        for found in re.findall(rf"(−?\d[\d,]*\.?\d*)\u00a0?{symbol}(?![\d.])", sentence)
        if symbol
    ]
    known = [v for line in figure.lines for p in line.points for v in _values(p)]
    for level in levels:
        near = min(abs(level - value) for value in known)
        percent = figure.unit != "%" and f"{level:g} %" in " ".join(sentences)
        assert near <= abs(level) * 0.001 + 0.05 or percent, (level, sentences)


def _values(point: object) -> list[float]:
    named = (getattr(point, key) for key in ("value", "low", "high", "old_value"))
    return [value for value in named if value is not None]


def test_a_change_in_percent_follows_from_the_two_levels_told(make: Make) -> None:
    said = narrative.sentences(make("trade_totals", language="en"))[0]
    assert (
        said == "Trade total, 2025: 228.1\u00a0USD bn, 6.8 % less than in 2024 (244.8\u00a0USD bn)."
    )


def test_a_derived_figure_is_called_so(make: Make) -> None:
    assert "(derived)" in narrative.sentences(make("trade_balance", language="en"))[0]


def test_a_share_gets_no_change_in_percent(make: Make) -> None:
    for name in ("trade_growth", "trade_balance"):
        assert "% more" not in narrative.sentences(make(name, language="en"))[0]


def test_chinese_counts_in_hundred_millions_and_russian_writes_a_comma(make: Make) -> None:
    assert "2,281亿美元" in narrative.sentences(make("trade_totals", language="zh"))[0]
    assert "228,1\u00a0млрд долл." in narrative.sentences(make("trade_totals", language="ru"))[0]
