"""A file of flows as a table of the database: CSV a piece at a time, the others whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb

from etl.errors import SourceFailed, Unrecognised
from etl.flows import forms
from etl.flows.forms import Form
from etl.flows.pieces import Piece, Reader
from etl.sources import comtrade_flow
from etl.sql import statement
from etl.tables import comtrade_csv, gacc_query, sheet
from etl.tables.handed import Handed

BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Table(Protocol):
    """What can be read into views `piece` (typed) and `piece_text`, with what its form says."""

    form: Form

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces in their order; what it costs in memory is bounded."""

    def typed(self, con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
        """Make view `piece`; reading it raises duckdb.Error where a figure is none."""

    def text(self, con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
        """Make view `piece_text`."""

    def demand_whole(self, count: int) -> None:
        """Raise Unrecognised where so many rows mean that the rest was cut off."""


def open_table(con: duckdb.DuckDBPyConnection, reader: Reader, folder: Path, today: date) -> Table:
    """Return the table of a file by what its first bytes are; raise Unrecognised."""
    start = reader.start(4096)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return Answer(con, reader, folder)
    if start.startswith(BOOKS):
        return Customs(con, reader, folder, today)
    header = reader.header()
    try:
        return Csv(reader, forms.recognise(reader.member, header), folder)
    except Unrecognised:
        first = sheet.read(reader.member.name, header + b"\n") if header.strip() else []
        if first and gacc_query.looks_like(first[0]):
            return Customs(con, reader, folder, today)
        raise


@dataclass
class Csv:
    """A CSV file of any size."""

    reader: Reader
    form: Form
    folder: Path

    def pieces(self) -> Iterator[Piece]:
        """Yield whole lines."""
        return self.reader.pieces(1, self.folder)

    def typed(self, con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
        """Let the database type the figures as it reads."""
        self._set(con, piece, as_text=False)
        con.execute(statement("lake/piece"))

    def text(self, con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
        """Read every cell as text."""
        self._set(con, piece, as_text=True)
        con.execute(statement("lake/piece_text"))

    def demand_whole(self, count: int) -> None:
        """Refuse what UN Comtrade cut off."""
        if self.form.source == "comtrade" and count in (500, comtrade_csv.CAP):
            raise Unrecognised(
                f"{self.reader.member.name} holds {count} rows, as many as the server ever gives: "
                "the rest is cut off. Ask for fewer codes, partners or periods."
            )

    def _set(self, con: duckdb.DuckDBPyConnection, piece: Piece, as_text: bool) -> None:
        values = {
            "path": str(piece.path),
            "columns": self.form.types(as_text),
            "delimiter": self.form.delimiter,
            "before": piece.first_line - 1,
        }
        for name, value in values.items():
            con.execute(f"SET VARIABLE {name} = ?", [value])


class _Whole:
    """A table that is read at once into table `whole`."""

    def __init__(self, reader: Reader, form: Form) -> None:
        self.reader, self.form = reader, form

    def pieces(self) -> Iterator[Piece]:
        """Yield the one piece; its bytes have been read already."""
        yield Piece(0, 1, None, self.reader.digest.hexdigest(), self.reader.member.size)

    def typed(self, con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
        """Make both views."""
        con.execute(statement("lake/whole"))

    def text(self, con: duckdb.DuckDBPyConnection, piece: Piece) -> None:
        """Make both views."""
        con.execute(statement("lake/whole"))

    def demand_whole(self, count: int) -> None:
        """Nothing: its reader has looked already."""


class Answer(_Whole):
    """An answer of UN Comtrade, as its server gave it: JSON."""

    def __init__(self, con: duckdb.DuckDBPyConnection, reader: Reader, folder: Path) -> None:
        """Read it with the connector's own statements; raise Unrecognised."""
        super().__init__(reader, Form("UN Comtrade JSON", "comtrade", ()))
        body = folder / "body.json"
        reader.unpack(body)
        name = reader.member.name
        try:
            if comtrade_flow.lines(con, body) in (0, 500, comtrade_csv.CAP):
                raise Unrecognised(f"{name} holds no row, or as many as the server ever gives.")
        except SourceFailed as error:
            raise Unrecognised(f"{name}: {error.what}; {error.fix}.") from error
        except duckdb.OutOfMemoryException as error:
            raise Unrecognised(
                f"{name} does not fit into AMUR_MEMORY; allow more, or download it as CSV."
            ) from error
        con.execute(statement("lake/whole_comtrade"))


class Customs(_Whole):
    """A table of China customs' query site, summed by HS code as `amur ingest` reads it."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, reader: Reader, folder: Path, today: date
    ) -> None:
        """Read it with the reader of downloaded tables; raise Unrecognised or BadInput."""
        # a third of a second, which a CSV file need not wait
        import pandas as pd

        super().__init__(reader, Form(gacc_query.KIND, "gacc", ()))
        body = folder / "body"
        reader.unpack(body)
        name = reader.member.name
        handed = Handed(name.rsplit("/", 1)[-1], "", today)
        found = [one for one in sheet.read(name, body.read_bytes()) if gacc_query.looks_like(one)]
        if len(found) != 1:
            raise Unrecognised(
                f"{name} holds no table of flows, or several; China customs' query by HS code is "
                "the one that is known."
            )
        rows = gacc_query.flows(found[0], handed)
        frame = pd.DataFrame(
            [
                {
                    "line": flow.line,
                    "reporter": flow.reporter,
                    "partner": flow.partner,
                    "flow": flow.flow,
                    "revision": "",
                    "hs": flow.hs,
                    "period": f"{flow.start:%Y%m}",
                    "value": _digits(flow.value),
                    "weight": _digits(flow.weight),
                    "quantity": _digits(flow.quantity),
                    "unit": flow.quantity_unit if flow.quantity is not None else "",
                    "released": day,
                }
                for flow, day in rows
            ],
        ).astype({"value": "string", "weight": "string", "quantity": "string"})
        con.register("flows_read", frame)
        con.execute(statement("lake/whole_frame"))
        con.unregister("flows_read")


def _digits(figure: object) -> str | None:
    return None if figure is None else format(figure, "f")
