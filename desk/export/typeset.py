"""What typst sets in the house typeface: PDF whose text can be searched and read aloud, PNG."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from desk.export import typeface
from etl.errors import CannotExport

MAIN = "main.typ"
POINTS_PER_INCH = 72.0


def pdf(source: str, files: dict[str, bytes], as_of: date) -> bytes:
    """Return a PDF of a typst text and the files that it shows; its date is the as-of day.

    Raise CannotExport when the text cannot be set.
    """
    moment = datetime.combine(as_of, time(), UTC)
    with _laid_out(source, files) as main:
        return typst.compile(
            main, root=main.parent, format="pdf", font_paths=_fonts(), timestamp=moment
        )


def png(source: str, files: dict[str, bytes], pixels_per_point: float) -> bytes:
    """Return the one page of a typst text as PNG; raise CannotExport when it cannot be set."""
    ppi = POINTS_PER_INCH * pixels_per_point
    with _laid_out(source, files) as main:
        return typst.compile(main, root=main.parent, format="png", font_paths=_fonts(), ppi=ppi)


@contextmanager
def _laid_out(source: str, files: dict[str, bytes]) -> Iterator[Path]:
    """Put a text and its files where typst finds them, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="amur-document-") as name:
        folder = Path(name)
        for file, content in ({MAIN: source.encode()} | files).items():
            (folder / file).write_bytes(content)
        try:
            yield folder / MAIN
        except (typst.TypstError, RuntimeError) as error:
            raise CannotExport(f"The document cannot be set ({str(error)[:300]}).") from error


@cache
def _fonts() -> typst.Fonts:
    """Return the house typeface, read once; the machine's own fonts are left out."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[typeface.FOLDER]
    )


def quoted(words: str) -> str:
    """Return words as a typst string: nothing in foreign text is ever run."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'
