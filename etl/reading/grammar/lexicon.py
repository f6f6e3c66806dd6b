"""The tables of words: phrases found by their tokens, the longest first.

Every table is data under `words/`, one file a language; the files are merged, since a text may
mix languages and their words do not collide.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from etl.reading.grammar.tokens import Token, tokenise

FOLDER = Path(__file__).parent / "words"
Said = TypeVar("Said")


@dataclass(slots=True)
class _Node(Generic[Said]):
    next: dict[str, "_Node[Said]"] = field(default_factory=dict)
    said: Said | None = None


class Phrases(Generic[Said]):
    """Phrases and what they mean; between the words of a phrase a hyphen may stand."""

    def __init__(self, table: Mapping[str, Said]) -> None:
        """Take a table of phrases."""
        self._roots: dict[str, _Node[Said]] = {}
        for phrase, said in table.items():
            self._add([token.low for token in tokenise(phrase)], said)

    def _add(self, words: list[str], said: Said) -> None:
        words = [word for word in words if word != "-"] or words
        level = self._roots
        for word in words[:-1]:
            level = level.setdefault(word, _Node()).next
        level.setdefault(words[-1], _Node()).said = said

    def at(self, tokens: Sequence[Token], i: int) -> tuple[Said, int] | None:
        """Return what the longest phrase at token i means, and the place behind it."""
        if i >= len(tokens):
            return None
        node = self._roots.get(tokens[i].low)
        best: tuple[Said, int] | None = None
        i += 1
        while node is not None:
            if node.said is not None:
                best = (node.said, i)
            if not node.next or i >= len(tokens):
                break
            if tokens[i].low == "-" and i + 1 < len(tokens) and "-" not in node.next:
                i += 1
            node = node.next.get(tokens[i].low)
            i += 1
        return best

    def before(self, tokens: Sequence[Token], end: int, most: int = 4) -> tuple[Said, int] | None:
        """Return what the longest phrase that ends before token `end` means, and its place."""
        for start in range(max(0, end - most), end):
            found = self.at(tokens, start)
            if found and found[1] == end:
                return found[0], start
        return None

    def everywhere(self, tokens: Sequence[Token]) -> Iterator[tuple[Said, int, int]]:
        """Return the longest phrase at every token, also inside another."""
        for i, token in enumerate(tokens):
            found = self.at(tokens, i) if token.low in self._roots else None
            if found:
                yield found[0], i, found[1]

    def all(self, tokens: Sequence[Token]) -> Iterator[tuple[Said, int, int]]:
        """Return every phrase with its place, from the left, none inside another."""
        i = 0
        while i < len(tokens):
            found = self.at(tokens, i) if tokens[i].low in self._roots else None
            if found:
                yield found[0], i, found[1]
                i = found[1]
            else:
                i += 1


@lru_cache(maxsize=1)
def tables() -> dict[str, dict[str, Any]]:
    """Return the tables of all languages, merged by name."""
    merged: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            known = merged.setdefault(name, {})
            if name == "words":
                table = {key: f"{known.get(key, '')} {value}" for key, value in table.items()}
            known.update(table)
    return merged


@lru_cache(maxsize=128)
def words(name: str) -> frozenset[str]:
    """Return one set of words, of all languages."""
    return frozenset(str(tables()["words"][name]).split())


@lru_cache(maxsize=64)
def phrases(name: str) -> Phrases[Any]:
    """Return the phrases of one table."""
    return Phrases(tables()[name])
