"""The interface texts: three languages with one set of keys, and no key that is not there."""

import re
from pathlib import Path
from string import Formatter

import pytest

from desk.texts import catalogue
from etl.entries import LANGUAGES

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != "en"]
# text("a.b", …) and text("a.b" if … else "c.d", …); f-strings and sums have no literal key
LITERAL = re.compile(
    r"""(?<![\w.])text\(\s*["']([\w.]+)["'](?:\s+if\s[^,]*?\selse\s+["']([\w.]+)["'])?\s*[,)]"""
)


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def _used() -> dict[str, str]:
    """Return the literal keys in code, each with a file that uses it."""
    files = [*(ROOT / "desk").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    return {
        key: str(path.relative_to(ROOT))
        for path in files
        for found in LITERAL.finditer(path.read_text(encoding="utf-8"))
        for key in found.groups()
        if key
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_keys_of_english_and_no_other(language: str) -> None:
    english, other = set(catalogue("en")), set(catalogue(language))
    assert sorted(english - other) == []
    assert sorted(other - english) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_placeholders_of_its_english_one(language: str) -> None:
    other = catalogue(language)
    different = {
        key: (words, other[key])
        for key, words in catalogue("en").items()
        if key in other and _placeholders(words) != _placeholders(other[key])
    }
    assert different == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_empty_unless_the_english_one_is(language: str) -> None:
    other = catalogue(language)
    empty = [
        key
        for key, words in catalogue("en").items()
        if words and key in other and not other[key].strip()
    ]
    assert empty == []


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ('text("nav.trade", language)', ["nav.trade"]),
        ('text(\n    "filter.as_of",\n    language)', ["filter.as_of"]),
        ("f\"{text('articles.none', language)}\"", ["articles.none"]),
        ('text("a.b" if row["x"] else "a.c", language)', ["a.b", "a.c"]),
        ('text("unknown")', ["unknown"]),
        ('text(f"status.{status}", language)', []),
        ("text('event_status.' + status, language)", []),
        ('st.text("words")', []),
    ],
)
def test_a_literal_key_is_found_in_code_and_no_built_one(code: str, keys: list[str]) -> None:
    assert [key for found in LITERAL.finditer(code) for key in found.groups() if key] == keys


def test_every_literal_key_in_code_exists() -> None:
    used = _used()
    assert used
    assert {key: path for key, path in used.items() if key not in catalogue("en")} == {}
