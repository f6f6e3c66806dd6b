"""The typeface draws whatever exports say, and words are measured as they are drawn."""

import io
import tomllib
from functools import cache

import duckdb
import pypdf
import pytest
from PIL import ImageFont

from desk.export import typeface, typeset
from desk.texts import FOLDER as TEXTS
from etl.entries import LANGUAGES
from tests.support import DATA, TODAY

FILES = (typeface.REGULAR, typeface.BOLD, typeface.CHINESE)
MIXED = "来源：Gazprom via Foreign Affairs NZ; Новости, official fjord ffi"


@cache
def _drawn(character: str, name: str) -> bytes:
    font = ImageFont.truetype(str(typeface.FOLDER / name), 32, layout_engine=ImageFont.Layout.BASIC)
    return bytes(font.getmask(character))


def _missing(words: str) -> set[str]:
    """Return the characters that each file draws as its empty box."""
    return {
        character
        for character in set(words)
        if not character.isspace()
        and all(_drawn(character, name) == _drawn("\uffff", name) for name in FILES[::2])
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_ours_can_be_drawn(language: str) -> None:
    assert not _missing((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


def test_every_name_and_title_of_the_data_can_be_drawn(con: duckdb.DuckDBPyConnection) -> None:
    asked = (
        "SELECT publisher FROM observation UNION SELECT counter FROM observation "
        "UNION SELECT title FROM event UNION SELECT said_by FROM event "
        "UNION SELECT publisher FROM article UNION SELECT title FROM article"
    )
    words = " ".join(row[0] or "" for row in con.execute(asked).fetchall())
    assert not _missing(words)


def test_every_name_of_the_catalogue_can_be_drawn() -> None:
    for name in ("indicators", "units", "sources"):
        text = (DATA / "catalog" / f"{name}.toml").read_text(encoding="utf-8")
        tomllib.loads(text)
        assert not _missing(text)


def test_a_missing_character_is_noticed() -> None:
    assert _missing("क") == {"क"}


def test_a_line_of_three_scripts_is_drawn_with_each_in_its_own_font() -> None:
    source = f'#set text(font: ("Noto Sans", "Noto Sans SC"))\n#{typeset.quoted(MIXED)}'
    read = pypdf.PdfReader(io.BytesIO(typeset.pdf(source, {}, TODAY)))
    assert "".join(read.pages[0].extract_text().split()) == "".join(MIXED.split())


@pytest.mark.parametrize("name", FILES)
def test_a_font_file_stays_below_two_mebibytes(name: str) -> None:
    assert (typeface.FOLDER / name).stat().st_size < 2 * 1024 * 1024


def test_no_line_is_wider_than_its_room_and_no_word_is_lost() -> None:
    for words in (
        MIXED,
        "俄罗斯与中国的贸易额（包括石油、天然气和煤炭），按中国海关统计。",
        "a" * 200,
    ):
        lines = typeface.wrap(words, 12, 150)
        assert all(typeface.width(line, 12) <= 150 for line in lines)
        assert "".join("".join(lines).split()) == "".join(words.split())


def test_chinese_punctuation_starts_no_line() -> None:
    lines = typeface.wrap("俄罗斯，中国，石油，天然气，煤炭，贸易，能源，管道。" * 3, 12, 100)
    assert not [line for line in lines if line[0] in typeface.CLOSING]
