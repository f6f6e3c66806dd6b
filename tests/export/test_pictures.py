"""Pictures as independent readers see them: complete, inside their box, readable, searchable."""

import io
import xml.etree.ElementTree as ET
from itertools import combinations

import pypdf
import pytest
from PIL import Image

from desk.export import captions
from desk.export.sheet import PRESETS
from desk.export.theme import LEAST_CONTRAST, THEMES
from desk.palette import contrast
from etl.entries import LANGUAGES
from tests.export import svg_text
from tests.export.conftest import EACH, IN_ALL, SHOWN, Export, Make

SIZES = [(name, language, size) for name in IN_ALL for language in LANGUAGES for size in PRESETS]
PLACED = list(dict.fromkeys([*((n, language, "slide") for n, language in EACH), *SIZES]))
# every figure on the narrowest surface, in the language with the longest words
PLACED += [(name, "ru", "a4") for name, _ in EACH if (name, "ru", "a4") not in PLACED]
# half-transparent marks of legends and labels are not running text
GLYPHS = set("●×◆■▨○▼–– ")


def _joined(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_png_decodes_in_twice_the_pixels_and_shows_something(
    name: str, language: str, export: Export
) -> None:
    with Image.open(io.BytesIO(export(name, "png", language))) as drawn:
        drawn.load()
        assert drawn.format == "PNG"
        assert drawn.size == (2560, 1440)
        colours = drawn.convert("RGB").getcolors(2560 * 1440) or []
    assert len(colours) > 20


@pytest.mark.parametrize(("name", "language"), SHOWN)
def test_a_svg_says_its_title_source_day_and_build(
    name: str, language: str, export: Export, make: Make
) -> None:
    figure = make(name, language=language)
    raw = export(name, "svg", language)
    root = ET.fromstring(raw)
    assert root.findtext(f"{svg_text.SVG}title") == figure.title
    assert figure.alt in (root.findtext(f"{svg_text.SVG}desc") or "")
    drawn = _joined("".join(text.words for text in svg_text.texts(raw)))
    for words in (figure.title, figure.subtitle, figure.sources, captions.stamp(figure)):
        assert _joined(words) in drawn
    for note in captions.notes(figure):
        assert _joined(note) in drawn


@pytest.mark.parametrize(("name", "language", "size"), PLACED)
def test_no_text_is_cut_or_lies_on_another(
    name: str, language: str, size: str, export: Export
) -> None:
    sheet = PRESETS[size]
    found = svg_text.texts(export(name, "svg", language, size))
    for text in found:
        assert 0 <= text.left < text.right <= sheet.width, text
        assert 0 <= text.top < text.bottom <= sheet.height, text
    lying = [(one.words, two.words) for one, two in combinations(found, 2) if one.overlaps(two)]
    assert not lying


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [name for name, _ in EACH])
def test_every_text_can_be_read_on_its_ground(name: str, theme: str, export: Export) -> None:
    found = svg_text.texts(export(name, "svg", "en", "slide", theme))
    ground = THEMES[theme].paper
    on_marks = {str(number) for number in range(100)}
    for text in found:
        if set(text.words) <= GLYPHS or (text.colour == ground and text.words in on_marks):
            continue
        assert contrast(text.colour, ground) >= LEAST_CONTRAST, text


@pytest.mark.parametrize(("name", "language"), SHOWN)
def test_a_pdf_is_one_page_whose_text_can_be_searched(
    name: str, language: str, export: Export, make: Make
) -> None:
    figure = make(name, language=language)
    read = pypdf.PdfReader(io.BytesIO(export(name, "pdf", language)))
    assert len(read.pages) == 1
    text = _joined(read.pages[0].extract_text())
    for words in (figure.title, figure.sources, captions.stamp(figure)):
        assert _joined(words) in text
    assert read.metadata is not None
    assert read.metadata.title == figure.title


def test_a_pdf_draws_in_vectors(export: Export) -> None:
    read = pypdf.PdfReader(io.BytesIO(export("trade_totals", "pdf")))
    assert not read.pages[0].images


def test_a_dark_picture_is_dark(export: Export) -> None:
    with Image.open(io.BytesIO(export("trade_totals", "png", theme="dark"))) as drawn:
        assert drawn.convert("L").getpixel((5, 5)) < 60


def test_a_label_at_the_end_of_every_line_takes_the_place_of_the_legend(
    export: Export, make: Make
) -> None:
    words = [text.words for text in svg_text.texts(export("trade_totals", "svg"))]
    for line in make("trade_totals").lines:
        if line.style == "line":
            label = f"× {line.label}" if line.marked else line.label
            assert words.count(label) == 1
