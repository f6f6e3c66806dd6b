"""A file as pieces: nothing is lost between them, whatever their size, and each knows its place."""

import hashlib
from pathlib import Path

import pytest

from etl.errors import Unrecognised
from etl.flows import pieces
from etl.flows.pieces import Member, Piece, Reader

LINES = [f'{n},"one\nand ""two""",{"x" * (n % 40)}\n' for n in range(60)]


def read(folder: Path, content: str | bytes) -> tuple[Reader, list[tuple[Piece, str]]]:
    """Return the pieces of a table, each with its lines as they stand when it comes."""
    path = folder / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reader = Reader(Member(path, path.name))
    return reader, [(piece, piece.text()) for piece in reader.pieces(1, folder)]


@pytest.fixture(params=[(7, 50), (64, 50), (64, 300), (1 << 20, 300), (1 << 20, 1 << 20)])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read small blocks into small pieces."""
    block, piece = request.param
    monkeypatch.setattr(pieces, "BUFFER", block)
    monkeypatch.setattr(pieces, "size", lambda: piece)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("end", ["", "no line break at the end"])
def test_pieces_are_all_lines_under_the_header_and_know_where_they_begin(
    tmp_path: Path, end: str
) -> None:
    content = "".join(["header\n", *LINES, end])
    reader, found = read(tmp_path, content)
    assert "".join(text for _, text in found) == content.removeprefix("header\n")
    assert [piece.number for piece, _ in found] == list(range(len(found)))
    line = 2
    for piece, text in found:
        assert piece.first_line == line
        line += text.count("\n")
    assert reader.digest.hexdigest() == hashlib.sha256(content.encode()).hexdigest()


@pytest.mark.usefixtures("small")
def test_a_piece_ends_with_a_row_and_not_between_quotes(tmp_path: Path) -> None:
    for piece, text in read(tmp_path, "".join(["header\n", *LINES]))[1]:
        assert text.count('"') % 2 == 0, piece
        assert text.endswith("\n")


def test_a_quote_that_is_never_closed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "size", lambda: 1000)
    with pytest.raises(Unrecognised, match="never closed"):
        read(tmp_path, 'header\n"' + "1,2\n" * 1000)


def test_empty_lines_are_no_piece_but_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "BUFFER", 10)
    monkeypatch.setattr(pieces, "size", lambda: 10)
    found = read(tmp_path, "header\n" + "\n" * 20 + "1,2\n")[1]
    assert [(piece.first_line, text.strip()) for piece, text in found] == [(22, "1,2")]


def test_the_same_lines_under_another_header_are_another_piece(tmp_path: Path) -> None:
    found = [read(tmp_path, f"{header}\n1,2\n")[1] for header in ("a,b", "b,a")]
    assert found[0][0][1] == found[1][0][1]
    assert found[0][0][0].sha256 != found[1][0][0].sha256
