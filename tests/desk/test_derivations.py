"""What a computed figure says of itself is told in the language of the reader, all of it."""

import re

import duckdb
import pytest

from desk import derivations
from desk.texts import catalogue

OTHERS = ("ru", "zh")
# words of English in what is ours; names of indicators, units and sources are none
ENGLISH = re.compile(r"(?<![\w])(of|to|at|and|a|against|months|mean|sum|printed|value)(?![\w])")


@pytest.fixture(scope="module")
def told(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return every method of the build with what it says that it took."""
    return con.execute(
        "SELECT DISTINCT method, inputs FROM point WHERE inputs <> '' ORDER BY ALL"
    ).fetchall()


def test_every_phrase_of_the_build_is_said_in_every_language(told: list[tuple[str, str]]) -> None:
    assert len(told) > 8_000
    for language in OTHERS:
        left = [
            (method, words)
            for method, words in told
            if ENGLISH.search(derivations.inputs(words, method, language))
        ]
        assert left == []


def test_every_phrase_of_the_build_is_one_that_its_method_knows(
    told: list[tuple[str, str]],
) -> None:
    unread = [
        (method, words)
        for method, words in told
        if not any(
            derivations._reader(phrase).fullmatch(words)
            for phrase in derivations.PHRASES.get(method, ())
        )
    ]
    assert unread == []


def test_every_method_of_the_build_has_a_name(con: duckdb.DuckDBPyConnection) -> None:
    found = {row[0] for row in con.execute("SELECT DISTINCT method FROM point").fetchall()}
    assert found == set(derivations.PHRASES)
    for name in found:
        assert derivations.method(name, "en") == name
        assert not re.search("[A-Za-z]", derivations.method(name, "zh"))


def test_every_phrase_that_is_written_is_one_of_a_method() -> None:
    used = {phrase for phrases in derivations.PHRASES.values() for phrase in phrases}
    written = {
        key.removeprefix("derived.phrase.")
        for key in catalogue("en")
        if key.startswith("derived.phrase.")
    }
    assert used == written


def test_figures_units_and_months_are_written_as_readers_write_them() -> None:
    words = "to Dec 2025 2228.105 − to Oct 2025 183.243 USD bn"
    said = derivations.inputs(words, "year-to-date difference", "ru")
    assert said == ("с начала года по дек. 2025: 2\xa0228,105 − по окт. 2025: 183,243 млрд долл.")
    said = derivations.inputs(
        "8.76 Mt a year later, printed as -3 % growth", "implied by growth", "zh"
    )
    assert said == "一年后为 8.76 百万吨，所载增速为 -3 %"


def test_what_is_not_known_and_what_others_printed_stays_as_it_is() -> None:
    assert derivations.inputs("by a rule of tomorrow", "converted", "ru") == "by a rule of tomorrow"
    assert derivations.method("rule of tomorrow", "ru") == "rule of tomorrow"
    assert derivations.inputs("mean of 3 monthly figures", "mean of months", "en") == (
        "mean of 3 monthly figures"
    )
    said = derivations.inputs("printed as 247034296 kg (Wind series S5151677)", "reported", "ru")
    assert said == "напечатано: 247034296 kg (Wind series S5151677)"
    assert derivations.whose("Reuters", "zh") == "Reuters"
    assert derivations.whose("Amur: unit price", "zh") == "Amur: 单价"
