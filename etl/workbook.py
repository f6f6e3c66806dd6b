"""Open an xls or xlsx that nobody vouches for: no bomb, no panic, visible sheets only."""

import io
import re
import zipfile
import zlib

import python_calamine

from etl.errors import Unrecognised

CELLS = 5_000_000
PART_MB = 64
_PLACE = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')


def sheets(name: str, content: bytes) -> list[tuple[str, int, list[list[object]]]]:
    """Return title, number of the first row (from 1) and rows of each visible sheet.

    Raises Unrecognised when the bytes are no workbook, locked, broken or far too large.
    """
    if content.startswith(b"PK"):
        _demand_sane(name, content)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            wanted = [
                entry.name
                for entry in book.sheets_metadata
                if entry.typ == python_calamine.SheetTypeEnum.WorkSheet
                and entry.visible == python_calamine.SheetVisibleEnum.Visible
            ]
            return [_rows(book.get_sheet_by_name(title)) for title in wanted]
    except python_calamine.PasswordError as error:
        raise Unrecognised(f"{name} is locked by a password; save it without one.") from error
    except BaseException as error:
        # a broken file makes the reader panic, which is no Exception and has no name to import
        if not _is_broken(error):
            raise
        raise Unrecognised(
            f"{name} begins like a workbook but cannot be opened ({error}); download it again."
        ) from error


def _is_broken(error: BaseException) -> bool:
    named = type(error).__name__ == "PanicException"
    return named or isinstance(error, python_calamine.CalamineError)


def _demand_sane(name: str, content: bytes) -> None:
    """Raise when an xlsx unpacks to far more than it should.

    The reader holds every cell between the first and the last in memory, and dies where it cannot.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
            if "xl/workbook.xml" not in parts:
                raise Unrecognised(f"{name} is packed, but no xlsx; hand in the table itself.")
            for part in parts:
                with archive.open(part) as handle:
                    body = handle.read(PART_MB * 2**20 + 1)
                if len(body) > PART_MB * 2**20:
                    raise Unrecognised(
                        f"{name} unpacks to more than {PART_MB} MB; nothing is read."
                    )
                if part.startswith("xl/worksheets/"):
                    _demand_small(name, body)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise Unrecognised(f"{name} cannot be unpacked ({error}); download it again.") from error


def _demand_small(name: str, body: bytes) -> None:
    wide = tall = 0
    for column, row in _PLACE.findall(body):
        number = 0
        for letter in column:
            number = number * 26 + letter - 64
        wide, tall = max(wide, number), max(tall, int(row))
    if wide * tall > CELLS:
        raise Unrecognised(
            f"{name} has a sheet that spans {tall} rows by {wide} columns; no table that is known "
            "here is so large."
        )


def _rows(sheet: python_calamine.CalamineSheet) -> tuple[str, int, list[list[object]]]:
    first = sheet.start[0] + 1 if sheet.start else 1
    return sheet.name, first, [list(row) for row in sheet.to_python(skip_empty_area=True)]
