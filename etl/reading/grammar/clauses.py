"""What a sentence speaks of: clauses, and the countries, goods and flows named in them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.tokens import Token, low
from etl.reading.grammar.topics import PAIR

_PEOPLE = words("partners_people")


@dataclass(slots=True, frozen=True)
class Named:
    """Something named at tokens `start` to before `end`."""

    what: str
    start: int
    end: int


@dataclass(slots=True)
class Clauses:
    """The clauses of a sentence by their first tokens, and what each names."""

    tokens: Sequence[Token]
    starts: list[int]
    countries: list[Named] = field(default_factory=list)
    products: list[Named] = field(default_factory=list)
    flows: list[Named] = field(default_factory=list)

    def of(self, at: int) -> int:
        """Return the number of the clause that token `at` lies in."""
        return bisect_right(self.starts, at) - 1

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the first token of a clause and the one behind its last."""
        last = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.tokens)
        return self.starts[number], last

    def within(self, found: list[Named], number: int) -> list[Named]:
        """Return what of `found` lies in a clause."""
        first, last = self.bounds(number)
        return [item for item in found if first <= item.start < last]


def clauses(tokens: Sequence[Token]) -> Clauses:
    """Divide a sentence and list what it names."""
    starts = [0]
    for at, token in enumerate(tokens):
        parted = token.low == "-" and not token.glued and not _glued(tokens, at + 1)
        if at > starts[-1] and (parted or phrases("clause").at(tokens, at)):
            starts.append(at)
    return Clauses(
        tokens,
        starts,
        countries=[
            item
            for item in _named("country", tokens)
            if not _lower_us(tokens, item) and not _is_speaker(tokens, item)
        ],
        products=_named("product", tokens),
        flows=_named("flow", tokens),
    )


def _glued(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].glued


def _named(table: str, tokens: Sequence[Token]) -> list[Named]:
    return [Named(what, start, end) for what, start, end in phrases(table).all(tokens) if what]


def _is_speaker(tokens: Sequence[Token], item: Named) -> bool:
    """Return whether a country only says who speaks: "US officials estimate"."""
    return item.what not in PAIR and low(tokens, item.end) in _PEOPLE


def _lower_us(tokens: Sequence[Token], item: Named) -> bool:
    """The pronoun "us" is no country, and neither is the US of a currency."""
    token = tokens[item.start]
    if token.low != "us":
        return False
    following = tokens[item.end].low if item.end < len(tokens) else ""
    return token.text != "US" or following in ("$", "dollar", "dollars")
