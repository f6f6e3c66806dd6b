"""Find: one question over figures, indicators, events, articles and terms, in three languages.

Everything that can be found stands in a list of entries, as known on a day; a question is matched
against it word by word. Pure but for the open read-only connection to one build that it is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import duckdb

from desk.findable import Entry
from desk.folding import fold, is_chinese, split, stem
from desk.sql import statement

GROUPS = ("figure", "indicator", "event", "article", "term")
# a question is a few words; what is longer is cut, so that nobody's paste keeps the desk busy
LONGEST = 200
# Chinese is written without spaces: a run is one word here, and no word of a reader is longer
LONGEST_RUN, LONGEST_PIECE = 40, 10
MOST_WORDS = 12
SHOWN = 8
# letters from which on a word may hold one slip, or two
ONE_SLIP, TWO_SLIPS = 4, 8
# how much a word weighs that is found whole, at the beginning of a word, or in another form
NAME = (10.0, 7.0, 5.0)
ALSO = (6.0, 4.0, 3.0)
BODY = (3.0, 2.0, 1.0)


@dataclass(frozen=True)
class Group:
    """The best entries of one kind, and how many there are of it in all."""

    kind: str
    entries: list[Entry]
    count: int


@dataclass(frozen=True)
class Found:
    """What a question found, the best group first; `read_as` names words that were misspelt."""

    groups: list[Group] = field(default_factory=list)
    read_as: dict[str, list[str]] = field(default_factory=dict)


def asked(words: str) -> list[str]:
    """Return the folded words of a question, each once; none where it asks nothing."""
    found = (word[:LONGEST_RUN] for word in split(fold(words[:LONGEST])))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def find(con: duckdb.DuckDBPyConnection, entries: list[Entry], words: str) -> Found:
    """Return the entries that hold every word of a question, best first by group."""
    wanted = asked(words)
    if not wanted:
        return Found()
    read_as = {}
    for word in wanted:
        if not any(_weight(entry, word) for entry in entries):
            read_as[word] = _near(con, entries, word)
    choices = [read_as.get(word) or [word] for word in wanted]
    whole = " ".join(wanted)
    scored = [(score, entry) for entry in entries if (score := _score(entry, choices, whole))]
    return Found(_grouped(scored), {word: near for word, near in read_as.items() if near})


def _score(entry: Entry, choices: list[list[str]], whole: str) -> float:
    """Return how well an entry answers; 0 where a word is missing."""
    total = 0.0
    for words in choices:
        best = max(_weight(entry, word) for word in words)
        if not best:
            return 0.0
        total += best
    if any(name == whole for name in entry.words.names):
        return total + 30
    if any(name.startswith(whole) for name in entry.words.names):
        return total + 15
    return total + (8 if any(whole in name for name in entry.words.names) else 0)


def _weight(entry: Entry, word: str) -> float:
    """Return what a word of the question is worth in an entry: the most that a field gives it."""
    for text, (exact, begins, form) in (
        (entry.words.name, NAME),
        (entry.words.also, ALSO),
        (entry.words.body, BODY),
    ):
        if is_chinese(word):
            if word in text:
                return exact
            if _in_pieces(word, text):
                return form
        elif f" {word} " in text:
            return exact
        elif f" {word}" in text:
            return begins
        elif (root := stem(word)) != word and f" {root}" in text:
            return form
    return 0.0


def _in_pieces(word: str, text: str) -> bool:
    """Return whether Chinese that is written as one run stands in a text as pieces of two and more.

    俄罗斯原油 is found where 俄罗斯 and 原油 are.
    """
    reached = {0}
    for end in range(2, len(word) + 1):
        starts = range(max(0, end - LONGEST_PIECE), end - 1)
        if any(start in reached and word[start:end] in text for start in starts):
            reached.add(end)
    return len(word) in reached


def _near(con: duckdb.DuckDBPyConnection, entries: list[Entry], word: str) -> list[str]:
    """Return the words of the desk that a misspelt one may stand for; a code is no word."""
    if len(word) < ONE_SLIP or is_chinese(word) or any(letter.isdigit() for letter in word):
        return []
    slips = 1 if len(word) < TWO_SLIPS else 2
    values = {"words": _vocabulary(entries), "asked": word, "slips": slips}
    return [str(row[0]) for row in con.execute(statement("find_near"), values).fetchall()]


def _vocabulary(entries: Iterable[Entry]) -> list[str]:
    """Return every word that entries are known by, long enough to be misspelt."""
    lines = (entry.words.name + entry.words.also for entry in entries)
    known = {word for line in lines for word in line.split()}
    return sorted(word for word in known if len(word) >= ONE_SLIP and not is_chinese(word))


def _grouped(scored: list[tuple[float, Entry]]) -> list[Group]:
    """Return the best of each kind, the kind with the best entry first."""
    # of equal ones the newest first, else as the catalogue has them
    ordered = sorted(scored, key=lambda pair: (-pair[0], -_age(pair[1].day)))
    best = dict.fromkeys(GROUPS, 0.0)
    kept: dict[str, list[Entry]] = {kind: [] for kind in GROUPS}
    for score, entry in ordered:
        best[entry.kind] = max(best[entry.kind], score)
        kept[entry.kind].append(entry)
    kinds = sorted((kind for kind in GROUPS if kept[kind]), key=lambda kind: -best[kind])
    return [Group(kind, kept[kind][:SHOWN], len(kept[kind])) for kind in kinds]


def _age(day: date | None) -> int:
    return day.toordinal() if day else 0
