"""The reviewed files: what was carried over is there, with its pages, titles and words."""

import ast
import re
import tomllib
from pathlib import Path

import duckdb
import pytest

from desk.texts import catalogue
from etl import catalog
from etl.entries import LANGUAGES
from etl.paths import ROOT
from tests.support import DATA, shipped_rows

FILES = sorted(path.name for path in (DATA / "observations").glob("*.csv"))
SOURCES = tomllib.loads((DATA / "catalog" / "sources.toml").read_text(encoding="utf-8"))["source"]


@pytest.mark.parametrize("name", FILES)
def test_every_observation_has_a_page(name: str) -> None:
    rows = shipped_rows(name)
    assert rows
    for number, row in enumerate(rows, start=2):
        url = row["url"] or SOURCES[row["source"]]["url"]
        assert re.match(r"https?://[^\s/]+\.[^\s/]+", url), f"{name}:{number}: {url!r}"


@pytest.mark.parametrize(
    ("topic", "floor"),
    [("trade", 1400), ("energy", 4800), ("prices", 7300), ("fx", 900), ("technology", 75)],
)
def test_what_was_carried_over_is_still_there(
    con: duckdb.DuckDBPyConnection, topic: str, floor: int
) -> None:
    found = con.execute(
        "SELECT count(*) FROM observation o JOIN indicator i ON i.id = o.indicator "
        "WHERE i.topic = ?",
        [topic],
    ).fetchone()
    assert found is not None
    assert found[0] >= floor


@pytest.mark.parametrize(
    ("table", "floor"), [("event", 120), ("article", 167), ("claim", 445), ("correction", 20)]
)
def test_the_ledgers_are_carried_over(
    con: duckdb.DuckDBPyConnection, table: str, floor: int
) -> None:
    found = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert found is not None
    assert found[0] >= floor


def test_every_row_of_the_files_became_an_observation(con: duckdb.DuckDBPyConnection) -> None:
    loaded = con.execute("SELECT file, count(*) FROM observation GROUP BY file").fetchall()
    assert dict(loaded) == {name: len(shipped_rows(name)) for name in FILES}


def test_every_indicator_has_titles_and_labels_in_three_languages() -> None:
    entries = catalog.load(DATA / "catalog").indicators.values()
    for entry in entries:
        for language in LANGUAGES:
            assert entry.title[language].strip(), entry.id
            assert entry.short[language].strip(), entry.id
        assert re.search("[а-яё]", entry.title["ru"], re.IGNORECASE), entry.id
        assert re.search("[一-鿿]", entry.title["zh"]), entry.id


def test_every_source_of_data_says_under_which_licence(con: duckdb.DuckDBPyConnection) -> None:
    silent = con.execute(
        "SELECT DISTINCT s.id FROM observation o JOIN source s ON s.id = o.source "
        "WHERE o.published_precision = 'assumed' AND s.licence = ''"
    ).fetchall()
    assert silent == []


def keys_in_code() -> dict[str, Path]:
    """Return every key that code asks of the text catalogue in so many words."""
    found: dict[str, Path] = {}
    for path in [*(ROOT / "desk").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _asks_for_text(node.func):
                key = node.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found[key.value] = path
    return found


def _asks_for_text(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "text"


def test_every_text_that_code_asks_for_is_written_in_english() -> None:
    asked = {key: path for key, path in keys_in_code().items() if "." in key}
    assert len(asked) > 40
    missing = {key: path.name for key, path in asked.items() if key not in catalogue("en")}
    assert missing == {}


def test_every_figure_has_a_title_in_english() -> None:
    figures = tomllib.loads((DATA / "catalog" / "figures.toml").read_text(encoding="utf-8"))
    for name in figures["figure"]:
        assert catalogue("en").get(f"figure.{name}.title"), name
