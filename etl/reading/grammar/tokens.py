"""Text as tokens, tokens as sentences: one pass, linear in the length of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

NUMBER, WORD, SIGN = "number", "word", "sign"
# no figure, word or name of interest is longer; what is, is passed over
LONGEST = 40
# a longer sentence is a list or no prose; it is read in parts
MOST_TOKENS = 300
_TOKEN = re.compile(
    r"(?P<number>(?:(?<![\w.])\.)?\d+(?:[.,]\d+)*)"
    r"|(?P<word>[㐀-鿿]|[^\W\d_㐀-鿿]+(?:['’][^\W\d_㐀-鿿]+)*)"
    r"|(?P<sign>\S)"
)
_DASHES = "‐‑‒–—―−﹣－"
_NO_END = {
    *("mr", "mrs", "ms", "dr", "st", "vs", "no", "nos", "inc", "ltd", "co", "corp", "approx"),
    *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    *("cu", "fig", "gen", "gov", "sen", "rep", "prof", "cf", "ca", "etc", "eg", "ie", "est"),
    *("млн", "млрд", "трлн", "тыс", "куб", "руб", "долл", "г", "гг", "барр"),
}
# Chinese signs and their narrow forms
_WIDE = {"％": "%", "，": ",", "、": ",", "；": ";", "：": ":", "（": "(", "）": ")"}
_ENDS = frozenset("!?。！？")


@dataclass(slots=True, frozen=True)
class Token:
    """A number, a word or one sign, with its place; `low` is what tables are looked up by."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    glued: bool
    owner: bool = False

    @property
    def capital(self) -> bool:
        """Return whether the word begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Sentence:
    """Tokens of one sentence; `paragraph` counts paragraphs, the headline being the first."""

    tokens: list[Token]
    paragraph: int


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text."""
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        kind, start, end = match.lastgroup or SIGN, match.start(), match.end()
        word = match.group()
        low, owner = word, False
        if kind == WORD:
            low = word.lower().replace("’", "'")
            if low.endswith("'s"):
                low, owner = low[:-2], True
        elif kind == SIGN and word in _DASHES:
            low = "-"
        elif kind == SIGN:
            low = _WIDE.get(word, word)
        found.append(Token(kind, word, low[:LONGEST], start, end, start == last, owner))
        last = end
    return found


def low(tokens: Sequence[Token], i: int) -> str:
    """Return the word at a place, lower case, or "" outside of the tokens."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in their order."""
    tokens = tokenise(text)
    found: list[Sentence] = []
    begin = paragraph = 0
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        gap = text[token.end : following.start] if following else ""
        broken = gap.count("\n") > 1 or (bool(gap.strip(" \t")) and not found and not begin)
        if following is None or broken or i - begin >= MOST_TOKENS or _ends(tokens, i):
            found.append(Sentence(tokens[begin : i + 1], paragraph))
            begin = i + 1
            paragraph += broken
    return found


def _ends(tokens: list[Token], i: int) -> bool:
    """Return whether a sentence ends at token i, another following."""
    token, following = tokens[i], tokens[i + 1]
    if token.low in _ENDS:
        return True
    if following.glued and following.low not in ('"', "”", "»", ")"):
        return False
    if token.low != "." or i == 0:
        return False
    if following.kind == WORD and not following.capital and following.low[0].isalpha():
        return following.low[0] >= "㐀"
    before = tokens[i - 1]
    if before.kind == NUMBER:
        return True
    initial = len(before.text) == 1 and before.kind == WORD and before.low < "㐀"
    initial = initial and (before.capital or (i > 1 and tokens[i - 2].low == "."))
    return before.low not in _NO_END and not initial
