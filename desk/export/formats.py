"""The formats in which one figure leaves the house."""

import json
from collections.abc import Callable

from desk.export import citation, picture, record, slide, table, workbook
from desk.export.sheet import Sheet
from desk.export.theme import Theme
from desk.figures import Figure
from etl.errors import CannotExport

Maker = Callable[[Figure, Sheet, Theme], bytes]


def as_json(figure: Figure) -> bytes:
    """Return the figure as one JSON object, with its hash and citations."""
    said = record.body(figure) | {
        "sha256": record.fingerprint(figure),
        "citation": {
            "plain": citation.plain(figure),
            "apa": citation.apa(figure),
            "bibtex": citation.bibtex(figure),
            "command": citation.command(figure),
        },
    }
    return (json.dumps(said, ensure_ascii=False, indent=1, default=record.plain) + "\n").encode()


FORMATS: dict[str, Maker] = {
    "png": picture.png,
    "svg": picture.svg,
    "pdf": picture.pdf,
    "csv": lambda figure, sheet, theme: table.as_csv(figure, citation.plain(figure)),
    "json": lambda figure, sheet, theme: as_json(figure),
    "xlsx": lambda figure, sheet, theme: workbook.single(figure),
    "pptx": lambda figure, sheet, theme: slide.single(figure),
}


def make(figure: Figure, form: str, sheet: Sheet, theme: Theme) -> bytes:
    """Return a figure in a format; raise CannotExport for an unknown one or an empty figure."""
    if form not in FORMATS:
        raise CannotExport(f"Format «{form}» is unknown; use one of {', '.join(FORMATS)}.")
    if figure.empty:
        options = figure.options
        raise CannotExport(
            f"«{figure.id}» has no figure from {options.start} to {options.end} that was known on "
            f"{options.as_of}; widen --from and --to, or set a later --as-of."
        )
    return FORMATS[form](figure, sheet, theme)
