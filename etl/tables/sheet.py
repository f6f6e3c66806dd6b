"""The bytes of an xls, xlsx, csv or saved web page as lines of text cells.

A line keeps the number by which a person finds it: the row of a sheet, the line of a text file.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser

from etl import workbook
from etl.errors import Unrecognised

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-") | {"∶": ":"})


@dataclass(frozen=True)
class Line:
    """One row: its number in the file and its cells, cleaned."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a whole text file, whose encoding is then named."""

    name: str
    lines: list[Line]
    encoding: str = ""


def clean(text: str) -> str:
    """Return the text with narrow letters, plain dashes, and single spaces."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).replace("\u200b", "")
    return " ".join(text.replace("\ufeff", "").split())


def read(name: str, content: bytes) -> list[Sheet]:
    """Return the visible sheets that hold anything; raise Unrecognised."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        sheets = [
            Sheet(title, [_line(number, row) for number, row in enumerate(rows, start=first)])
            for title, first, rows in workbook.sheets(name, content)
        ]
    else:
        text, encoding = _decoded(name, content)
        sheets = [Sheet("", _page(text) if _is_page(text) else _csv(name, text), encoding)]
    kept = [sheet for sheet in sheets if any(any(line.cells) for line in sheet.lines)]
    if not kept:
        raise Unrecognised(f"{name} holds no cells; hand in the table itself.")
    return kept


def _line(number: int, row: list[object]) -> Line:
    return Line(number, [_text(cell) for cell in row])


def _text(cell: object) -> str:
    """Return a cell as text; a number keeps the fifteen digits that a sheet stores."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return clean(str(cell))


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = ["utf-16"]
    elif b"\x00" in content:
        tried = []
    else:
        # Chinese customs writes GBK; the old Comtrade pages wrote Latin 1, which always decodes
        tried = ["utf-8-sig", "gb18030", "latin-1"]
    for encoding in tried:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Unrecognised(
        f"{name} is no text and no workbook; hand in xls, xlsx, csv or a saved page."
    )


def _is_page(text: str) -> bool:
    head = text[:2000].lstrip().lower()
    return head.startswith("<") and ("<html" in head or "<table" in head or "<!doctype" in head)


def _csv(name: str, text: str) -> list[Line]:
    head = "\n".join(text.splitlines()[:40])
    counts = {mark: head.count(mark) for mark in ",;\t"}
    mark = max(counts, key=lambda key: counts[key])
    if mark == ";":
        raise Unrecognised(
            f"{name} separates its cells by semicolons, so that a comma may be a decimal mark; "
            "save it with commas between cells and points in numbers."
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    lines: list[Line] = []
    begins = 1
    try:
        for cells in reader:
            lines.append(Line(begins, [clean(cell) for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unrecognised(
            f"{name}, line {begins}: the row is no CSV ({error}); mend the quotes."
        ) from error
    return lines


class _Tables(HTMLParser):
    """The rows of every table of a page, one after the other; a heading is a row of one cell."""

    HEADINGS = ("title", "caption", "h1", "h2", "h3", "h4")

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._wide = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close()
            self.rows.append([])
        elif tag in self.HEADINGS and self._cell is None:
            self.rows.append([])
            self._cell, self._wide = [], 1
        elif tag in ("td", "th") and self.rows:
            self._close()
            self._cell = []
            wide = dict(attrs).get("colspan") or "1"
            self._wide = min(int(wide), 100) if wide.isdigit() else 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table", *self.HEADINGS):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None:
            self.rows[-1] += [clean("".join(self._cell))] + [""] * (self._wide - 1)
            self._cell = None


def _page(text: str) -> list[Line]:
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [Line(number, cells) for number, cells in enumerate(parser.rows, start=1)]
