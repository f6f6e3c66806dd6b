"""The house slide: a 16:9 template, text that is placed, and alternative text on every object."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Emu, Pt

from desk.export import steady
from desk.export.theme import THEMES

# inches; every machine that opens slides has these faces
WIDE, HIGH, EDGE = 13.333, 7.5, 0.5
LATIN, CHINESE = "Arial", "Microsoft YaHei"
INCH = 914_400
TITLE_ONLY = 5
LIGHT = THEMES["light"]


@dataclass(frozen=True)
class Place:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Return the rectangle as python-pptx takes it."""
        sides = (self.left, self.top, self.width, self.height)
        left, top, width, height = (Emu(round(side * INCH)) for side in sides)
        return left, top, width, height


@dataclass(frozen=True)
class Style:
    """How a paragraph looks: size in points, colour, weight."""

    size: float
    colour: str = LIGHT.ink
    bold: bool = False


TITLE_PLACE = Place(EDGE, 0.25, WIDE - 2 * EDGE, 0.85)
TITLE = Style(26, bold=True)
QUIET = Style(13, LIGHT.quiet)
SMALL = Style(9, LIGHT.quiet)


def new(title: str, language: str, as_of: date) -> Deck:
    """Return an empty deck in the house template."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(round(WIDE * INCH)), Emu(round(HIGH * INCH))
    layouts = deck.slide_layouts
    for number, layout in enumerate(list(layouts)):
        if number != TITLE_ONLY:
            layouts.remove(layout)
    for part in (deck.slide_master, layouts[0]):
        for shape in list(part.placeholders):
            if shape.placeholder_format.type == 1:
                shape.left, shape.top, shape.width, shape.height = TITLE_PLACE.emu
            else:
                shape._element.getparent().remove(shape._element)
    core = deck.core_properties
    core.title, core.author, core.language = title, "Amur", language
    core.last_modified_by, core.comments, core.revision = "Amur", f"As of {as_of}", 1
    return deck


def add(deck: Deck, title: str, language: str) -> Slide:
    """Return a new slide with its title in place."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    shape = slide.shapes.title
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
    frame.auto_size = MSO_AUTO_SIZE.NONE
    _margins(frame)
    _write(frame.paragraphs[0], title, TITLE, language)
    describe(shape, title)
    return slide


def words(
    slide: Slide, place: Place, paragraphs: list[tuple[str, Style]], language: str
) -> BaseShape:
    """Add a box of paragraphs."""
    box = slide.shapes.add_textbox(*place.emu)
    frame = box.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    _margins(frame)
    for number, (text, style) in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _write(paragraph, text, style, language)
    describe(box, " ".join(text for text, _ in paragraphs))
    return box


def inches(length: float) -> Emu:
    """Return a length as python-pptx takes it."""
    return Emu(round(length * INCH))


def cell(target: Any, text: str, style: Style, language: str) -> None:
    """Write one cell of a table."""
    frame = target.text_frame
    frame.word_wrap = True
    target.margin_left = target.margin_right = inches(0.05)
    target.margin_top = target.margin_bottom = inches(0.03)
    _write(frame.paragraphs[0], text, style, language)


def _margins(frame: Any) -> None:
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", 0)


def _write(paragraph: Any, text: str, style: Style, language: str) -> None:
    paragraph.alignment = 1  # left, whatever the master says
    run = paragraph.add_run()
    run.text = text
    face(run.font, style, language)


def face(font: Any, style: Style, language: str) -> None:
    """Set size, colour, weight, and a typeface for Latin, Cyrillic and Chinese."""
    font.size, font.bold = Pt(style.size), style.bold
    font.color.rgb = rgb(style.colour)
    font.name = LATIN
    properties = font._element
    properties.set("lang", {"ru": "ru-RU", "zh": "zh-CN"}.get(language, "en-GB"))
    east = properties.find(qn("a:ea"))
    if east is None:
        east = properties.makeelement(qn("a:ea"), {})
        properties.find(qn("a:latin")).addnext(east)
    east.set("typeface", CHINESE)


def rgb(colour: str) -> RGBColor:
    """Return «#0b6bb8» as python-pptx takes it."""
    return RGBColor.from_string(colour[1:].upper())


def describe(shape: BaseShape, alt: str) -> None:
    """Give an object its alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def note(slide: Slide, paragraphs: list[str]) -> None:
    """Write the speaker notes."""
    slide.notes_slide.notes_text_frame.text = "\n".join(p for p in paragraphs if p)


def save(deck: Deck, as_of: date) -> bytes:
    """Return the file, the same bytes for the same content."""
    out = io.BytesIO()
    deck.save(out)
    return steady.repack(out.getvalue(), as_of)
