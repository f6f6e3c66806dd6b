"""The glossary: what each term means, and which terms a figure uses."""

import re
from dataclasses import dataclass
from functools import cache

from desk.figures import Figure
from desk.folding import fold, is_chinese
from desk.texts import catalogue, text

# what a figure says of its points, and the term that explains it
STATUSES = {"provisional": "provisional", "derived": "derived", "estimated": "estimated"}
KINDS = {"ytd": "ytd", "range": "rolling"}
MARKS = {
    "bounds": "bound",
    "january_february": "january_february",
    "disputed": "disputed",
    "revised": "provisional",
    "marked": "basis",
}
VERDICTS = {
    "agrees": "agrees",
    "revised": "revised_verdict",
    "differs": "differs",
    "not_checkable": "not_checkable",
}


@dataclass(frozen=True)
class Card:
    """One term with its explanation; `triggers` are the words that it is known by in texts.

    A trigger that ends in * is the beginning of a word.
    """

    id: str
    term: str
    explanation: str
    triggers: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Return where the card stands on page Status."""
        return f"term-{self.id}"


@cache
def cards(language: str) -> dict[str, Card]:
    """Return every card by id, in the order of the catalogue of texts."""
    named = [key.split(".")[1] for key in catalogue("en") if key.startswith("glossary.")]
    return {name: _card(name, language) for name in dict.fromkeys(named)}


def _card(name: str, language: str) -> Card:
    words = text(f"glossary.{name}.words", language)
    return Card(
        id=name,
        term=text(f"glossary.{name}.term", language),
        explanation=text(f"glossary.{name}.explanation", language),
        triggers=tuple(fold(word) for word in words.split("|") if word),
    )


def occurring(words: str, language: str) -> list[Card]:
    """Return the cards of the terms that occur in a text, in the order of the glossary.

    What a longer trigger names is not named by a shorter one besides: Power of Siberia 2 is not 1.
    """
    left = fold(words)
    found = set()
    for trigger, pattern, card in _patterns(language):
        if trigger.rstrip("*").split(" ")[0] in left and pattern.search(left):
            found.add(card)
            left = pattern.sub(" · ", left)
    return [card for name, card in cards(language).items() if name in found]


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Return trigger, its expression and the term that it names; the longest trigger first."""
    named = [(trigger, card.id) for card in cards(language).values() for trigger in card.triggers]
    ordered = sorted(named, key=lambda pair: (-len(pair[0]), pair[0]))
    return [(trigger, re.compile(_expression(trigger)), name) for trigger, name in ordered]


def _expression(trigger: str) -> str:
    """Return the expression of a trigger: whole words, or a piece where Chinese is in it."""
    if any(is_chinese(letter) for letter in trigger):
        return re.escape(trigger)
    words = re.escape(trigger).replace(r"\*", r"\w*")
    before = r"(?<!\w)" if trigger[0].isalnum() else ""
    after = r"(?!\w)" if trigger[-1].isalnum() else ""
    return f"{before}{words}{after}"


def of_figure(made: Figure) -> list[Card]:
    """Return the cards of just the terms that a figure's words, units, marks and statuses use."""
    language = made.options.language
    labels = [line.label for line in made.lines]
    said = [made.title, made.subtitle, *made.caveats, *made.symbols.values(), *labels]
    used = {card.id for card in occurring(" · ".join(said), language)}
    points = [point for line in made.lines for point in line.points]
    used |= {STATUSES[point.status] for point in points if point.status in STATUSES}
    used |= {KINDS[made.kind]} if made.kind in KINDS else set()
    used |= {MARKS[mark] for mark in made.marks if mark in MARKS}
    used |= {"event"} if made.events else set()
    used |= {"claim"} if made.claims else set()
    used |= {VERDICTS[row["verdict"]] for row in made.claims}
    used |= {"target"} if any(line.style == "target" for line in made.lines) else set()
    used |= {"step"} if any(line.style == "step" for line in made.lines) else set()
    return [card for name, card in cards(language).items() if name in used]
