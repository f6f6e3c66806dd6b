"""A figure on one page that typst sets around its vector picture: as PDF, and as PNG."""

from desk.export import typeset
from desk.export.sheet import Sheet
from desk.figures import Figure

# a CSS pixel is three quarters of a point
POINTS = 0.75
PAGE = """#set document(title: {title}, author: "Amur", keywords: {keywords}, date: auto)
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#set text(font: ("Noto Sans", "Noto Sans SC"), lang: "{language}")
#image("figure.svg", width: 100%, alt: {alt})
"""


BARE = """#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image("figure.svg", width: 100%)
"""


def pixels(svg: bytes, sheet: Sheet, scale: float) -> bytes:
    """Return a PNG of `scale` pixels for every pixel of the sheet."""
    source = BARE.format(width=sheet.width, height=sheet.height)
    return typeset.png(source, {"figure.svg": svg}, scale)


def picture(figure: Figure, svg: bytes, sheet: Sheet) -> bytes:
    """Return one page of exactly the size of the picture."""
    source = PAGE.format(
        title=typeset.quoted(figure.title),
        keywords=f"({typeset.quoted(figure.id)}, {typeset.quoted(figure.build_id)})",
        width=sheet.width * POINTS,
        height=sheet.height * POINTS,
        language=figure.options.language,
        alt=typeset.quoted(figure.alt),
    )
    return typeset.pdf(source, {"figure.svg": svg}, figure.options.as_of)
