"""Numbers as written: digits and words, thousands and decimal marks, scales, fractions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading.grammar.lexicon import tables
from etl.reading.grammar.tokens import NUMBER, SIGN, Token, low

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_THOUSANDS_BY_POINT = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_SPACES = "\u00a0\u2009\u202f"
LONGEST_NUMBER = 18


@dataclass(slots=True, frozen=True)
class Numeral:
    """A number from token `start` to before `end`: `figure` as printed, times `scale`."""

    figure: float
    scale: float
    start: int
    end: int
    written: str

    @property
    def value(self) -> float:
        """Return the number itself, without the noise of binary fractions."""
        return float(f"{self.figure * self.scale:.12g}")


def numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """Return the number that begins at token i."""
    token = tokens[i]
    if token.kind == NUMBER:
        return _digits(tokens, i)
    if token.kind == SIGN:
        return None
    return _words(tokens, i)


def _digits(tokens: Sequence[Token], i: int) -> Numeral | None:
    figure = _figure(tokens[i].text)
    if figure is None:
        return None
    end = i + 1
    # 10 000 with a hard or a plain space: groups of exactly three digits
    while (
        end < len(tokens)
        and tokens[i].text.isdigit()
        and len(tokens[i].text) <= 3
        and tokens[end].kind == NUMBER
        and re.fullmatch(r"\d{3}(?:[.,]\d+)?", tokens[end].text)
        and tokens[end].start == tokens[end - 1].end + 1
        and end - i < 5
    ):
        tail = float(tokens[end].text.replace(",", "."))
        figure = figure * 1000 + tail
        end += 1
    if end < len(tokens) and tokens[end].low == "½":
        figure, end = figure + 0.5, end + 1
    if low(tokens, end) == "-" and low(tokens, end + 1) == "odd":
        return Numeral(figure, 1.0, i, end + 2, "digits")
    scale, end = _scale(tokens, end)
    return Numeral(figure, scale, i, end, "digits")


def _figure(text: str) -> float | None:
    """Return the figure of digits, or None where they are none (a date, a code)."""
    if len(text) > LONGEST_NUMBER:
        return None
    if _PLAIN.fullmatch(text):
        return float(text)
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if _THOUSANDS_BY_POINT.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def _scale(tokens: Sequence[Token], end: int) -> tuple[float, int]:
    """Return the scale words behind a number multiplied (hundred million), and the place behind."""
    scales, scale = tables()["scale"], 1.0
    for _ in range(3):
        at = end
        if at + 1 < len(tokens) and tokens[at].low == "-" and tokens[at + 1].low in scales:
            at += 1
        if at >= len(tokens) or tokens[at].low not in scales:
            break
        if len(tokens[at].low) == 1 and not _short_scale(tokens, at):
            break
        scale, end = scale * scales[tokens[at].low], at + 1
        if end < len(tokens) and tokens[end].low == "." and _abbreviated(tokens, end):
            end += 1
    return scale, end


def _short_scale(tokens: Sequence[Token], at: int) -> bool:
    """A letter that scales is glued to its number ($3m), and is no unit itself (m3, b/d)."""
    if tokens[at].low >= "㐀":
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    unit = following and following.glued and following.low in ("/", "3", "³")
    return tokens[at].glued and not unit


def _abbreviated(tokens: Sequence[Token], at: int) -> bool:
    """The point behind млн. and the like belongs to the word where the sentence goes on."""
    return at + 1 < len(tokens) and "а" <= tokens[at - 1].low[0] <= "я"


def _words(tokens: Sequence[Token], i: int) -> Numeral | None:
    """Return a number in words: two, twenty-five, a hundred, one and a half million, half a."""
    numbers, scales = tables()["number"], tables()["scale"]
    fractions = tables()["fraction"]
    first = tokens[i].low
    if first == "half" and low(tokens, i + 1) in ("a", "an"):
        return _scaled(tokens, 0.5, i, i + 2)
    if first in ("a", "one") and low(tokens, i + 1) == "quarter" and low(tokens, i + 2) == "of":
        if low(tokens, i + 3) in ("a", "one"):
            return _scaled(tokens, 0.25, i, i + 4)
        return None
    if first in ("a", "an") and low(tokens, i + 1) in scales:
        behind = [low(tokens, i + 2 + k) for k in range(3)]
        if behind == ["and", "a", "half"]:
            return Numeral(1.5, scales[low(tokens, i + 1)], i, i + 5, "words")
        return _scaled(tokens, 1.0, i, i + 1)
    if first not in numbers:
        return None
    figure, end = float(numbers[first]), i + 1
    end, figure = _tens(tokens, end, figure)
    if low(tokens, end) == "point" and low(tokens, end + 1) in numbers:
        figure, end = figure + numbers[low(tokens, end + 1)] / 10, end + 2
    and_half = [low(tokens, end + k) for k in range(3)]
    if and_half[:2] == ["and", "a"] and and_half[2] in ("half", "quarter"):
        return _scaled(tokens, figure + 1 / fractions[and_half[2]], i, end + 3)
    return _scaled(tokens, figure, i, end, in_words=True)


def _tens(tokens: Sequence[Token], end: int, figure: float) -> tuple[int, float]:
    """Add the units behind tens: twenty-five, twenty five."""
    numbers = tables()["number"]
    at = end + (low(tokens, end) == "-")
    unit = numbers.get(low(tokens, at), 0)
    if figure >= 20 and figure % 10 == 0 and 0 < unit < 10:
        return at + 1, figure + unit
    return end, figure


def _scaled(
    tokens: Sequence[Token], figure: float, start: int, end: int, in_words: bool = False
) -> Numeral:
    scale, end = _scale(tokens, end)
    # two hundred and forty million, three hundred thousand
    if in_words and scale == 100 and low(tokens, end) == "and":
        rest = _words(tokens, end + 1) if end + 1 < len(tokens) else None
        if rest and rest.figure < 100:
            return Numeral(figure * 100 + rest.figure, rest.scale, start, rest.end, "words")
    return Numeral(figure, scale, start, end, "words")
