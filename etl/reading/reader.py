"""`read`: from the text of an article to its claims."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from etl.reading.claim import Claim
from etl.reading.grammar import changes, finer, kinds, linking, mention, periods
from etl.reading.grammar.borrowing import Unit, last_unit
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.changes import Change
from etl.reading.grammar.clauses import Clauses, clauses
from etl.reading.grammar.dating import Dated, Dating
from etl.reading.grammar.finer import Catalogued
from etl.reading.grammar.lexicon import phrases, words
from etl.reading.grammar.linking import Subject
from etl.reading.grammar.quantities import Quantity, quantities
from etl.reading.grammar.tokens import Sentence, Token, low, sentences
from etl.reading.grammar.topics import MONEY, OTHER, PAIR, Topic

# a text is read so far; what comes behind is no article
LONGEST_TEXT = 2_000_000
_PAST = words("reader_past")
_PRONOUNS = words("reader_pronouns")


@dataclass
class _Story:
    """What is carried from sentence to sentence; `first` is what the article begins with."""

    as_of: date
    own: Catalogued | None = None
    span: Span | None = None
    whole: Span | None = None
    topic: Topic = field(default_factory=Topic)
    first: Topic | None = None
    unit: Unit | None = None
    paragraph: int = 0


@dataclass(frozen=True)
class _Said:
    """One sentence taken apart."""

    tokens: list[Token]
    quantities: list[Quantity]
    changes: list[Change | None]
    clauses: Clauses
    dating: Dating


@dataclass(frozen=True)
class Stated:
    """A claim with the sentence that states it."""

    claim: Claim
    sentence: str


def read(text: str, as_of: date, own: Catalogued | None = None) -> list[Claim]:
    """Return the claims of a text in their order; `as_of` is the day of the article.

    With `own`, what the catalogue adds, claims carry its finer id, too.
    """
    return [stated.claim for stated in read_sentences(text, as_of, own)]


def read_sentences(text: str, as_of: date, own: Catalogued | None = None) -> Iterator[Stated]:
    """Return the claims of a text in their order, each with its sentence."""
    told = sentences(text[:LONGEST_TEXT])
    # a sentence by itself is taken to be of the pair; an article says whom it is about
    alone = not told or told[-1].paragraph == 0
    story = _Story(as_of, own, topic=Topic(paired=alone))
    for sentence in told:
        first, last = sentence.tokens[0].start, sentence.tokens[-1].end
        for claim in _claims(text, sentence, story):
            yield Stated(claim, text[first:last])


def _claims(text: str, sentence: Sentence, story: _Story) -> Iterator[Claim]:
    if sentence.paragraph != story.paragraph:
        story.span = _wider(story)
    said = _taken_apart(sentence, story)
    carried = _topic(sentence, said.clauses, story)
    first: Subject | None = None
    last: Subject | None = None
    first_dated: Dated | None = None
    foreseen = bool(said.quantities)
    for number, quantity in enumerate(said.quantities):
        subject = linking.subject(said.clauses, said.quantities, said.changes, number, carried)
        kind = kinds.kind(said.tokens, quantity, said.quantities)
        dated = _dated(said, number, kind, story.as_of)
        foreseen = foreseen and kind in ("forecast", "target", "hypothetical")
        first_dated, last, first = first_dated or dated, subject, first or subject
        carried = subject.topic
        yield _claim(text, said, number, subject, kind, dated, story)
    story.unit = last_unit(said.tokens, story.unit)
    if not foreseen:
        story.span = said.dating.topic(first_dated)
    if first is not None:
        story.whole = story.whole or story.span
        story.first = story.first or first.topic
    _carry(said.clauses, last, story)
    story.paragraph = sentence.paragraph


def _wider(story: _Story) -> Span | None:
    """Return the period of a new paragraph: that of the article, after a part of it alone."""
    span, whole = story.span, story.whole
    if span is None or whole is None:
        return span
    part = whole.months >= 12 and whole.start <= span.start and span.end <= whole.end
    longer = span.end == whole.end and span.start < whole.start
    return whole if part or longer else span


def _taken_apart(sentence: Sentence, story: _Story) -> _Said:
    tokens = sentence.tokens
    found = quantities(tokens, story.unit)
    taken = {at for quantity in found for at in range(quantity.start, quantity.end)}
    told = periods.mentions(tokens, story.as_of, taken)
    moved: list[Change | None] = []
    for number in range(len(found)):
        moved.append(changes.change(tokens, found, number, moved))
    dating = Dating(tokens, found, moved, told, story.span, story.as_of)
    return _Said(tokens, found, moved, clauses(tokens), dating)


def _dated(said: _Said, number: int, kind: str, as_of: date) -> Dated:
    """Return the period of a quantity, or none where it has none by its nature."""
    quantity, change = said.quantities[number], said.changes[number]
    dated = said.dating.dated(number)
    span = dated.span
    yearly = quantity.unit.endswith("/yr")
    share = change is None and quantity.unit == "%"
    small = quantity.unit in MONEY and quantity.magnitude < 1e6
    price = "/" in quantity.unit and quantity.unit[:3] in MONEY
    ahead = dated.said and span is not None and span.end > as_of
    if _is_over(said, number, span, as_of) and kind in ("forecast", "hypothetical"):
        return dated
    if kind == "capacity" or (kind == "unconfirmed" and yearly):
        span = None
    if kind == "hypothetical" and not ahead:
        span = None
    if yearly and span and span.end <= as_of:
        span = None
    same = any(found.role == mention.SAME for found in said.dating.mentions)
    share = share and not _is_told(said)
    if not dated.said and (share or small or price) and not same:
        span = None
    if share and _is_now(said, number):
        span = None
    if span and kind in ("forecast", "target") and dated.floating and span.end < as_of:
        later = span.shifted(-12)
        span = later if later.end > as_of else span
    return replace(dated, span=span)


def _is_over(said: _Said, number: int, span: Span | None, as_of: date) -> bool:
    """Return whether a level that another is held against lies in a period that is over."""
    quantity = said.quantities[number]
    before = said.tokens[quantity.start - 1].low if quantity.start else ""
    compared = before in ("from", "against", "than", "versus", "vs")
    return compared and span is not None and span.end <= as_of and said.changes[number] is None


def _is_told(said: _Said) -> bool:
    """Return whether a sentence tells of a share that was, not of one that is."""
    if any(x.what == "settlement" for x in said.clauses.products):
        return False
    moved = any(change is not None for change in said.changes) or any(
        found[1] == "verb" for found, _, _ in phrases("direction").all(said.tokens)
    )
    prior = any(found.role == mention.PRIOR for found in said.dating.mentions)
    past = any(
        token.low in _PAST
        and not {low(said.tokens, at - 1), low(said.tokens, at - 2)} & {"has", "have"}
        for at, token in enumerate(said.tokens)
    )
    return moved or prior or past


def _is_now(said: _Said, number: int) -> bool:
    """Return whether the clause of a quantity tells of the present: "now it is half"."""
    first, last = said.clauses.bounds(said.clauses.of(said.quantities[number].start))
    words = {token.low for token in said.tokens[first:last]}
    mentioned = any(first <= m.start < last and m.span for m in said.dating.mentions)
    return bool(words & {"now", "currently", "today", "presently"}) and not mentioned


def _claim(
    text: str,
    said: _Said,
    number: int,
    subject: Subject,
    kind: str,
    dated: Dated,
    story: _Story,
) -> Claim:
    quantity, change = said.quantities[number], said.changes[number]
    against = replace(change, against=dated.against or "yoy") if change else None
    price = "/" in quantity.unit and quantity.unit[:3] in MONEY
    ahead = dated.span if dated.said else None
    if kind in ("actual", "estimate") and ahead and _is_ahead(said, ahead, story.as_of):
        kind = "forecast"
    if kind in ("forecast", "hypothetical") and _is_over(said, number, dated.span, story.as_of):
        kind = "actual"
    first, last = said.tokens[quantity.start], said.tokens[quantity.end - 1]
    indicator = linking.indicator(subject, quantity, against, price)
    own = None
    if story.own is not None:
        own = finer.finer(story.own, subject, quantity, against)
        if indicator == OTHER and own is None and not price:
            own = finer.worded(story.own, said.tokens, subject, quantity, against)
            indicator = own if own in linking.IDS else OTHER
    return Claim(
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        period_start=dated.span.start if dated.span else None,
        period_end=dated.span.end if dated.span else None,
        change=against.against if against else None,
        direction=against.direction if against else None,
        indicator=indicator,
        indicator_own=own,
        terms=finer.terms(said.tokens, said.quantities, number, against),
        kind=kind,
        span_text=text[first.start : last.end],
        start=first.start,
        end=last.end,
    )


def _is_ahead(said: _Said, span: Span, as_of: date) -> bool:
    """Return whether a period, or most of a whole year, is still to come."""
    if span.start > as_of:
        return True
    so_far = any(token.low in ("far", "already", "date") for token in said.tokens)
    return span.months == 12 and span.end - as_of > timedelta(days=31) and not so_far


def _topic(sentence: Sentence, named: Clauses, story: _Story) -> Topic:
    """Return what a sentence goes on about: the last subject, or the article's own."""
    speaks = named.products or named.flows or named.countries
    pronoun = any(token.low in _PRONOUNS for token in named.tokens)
    if not speaks and not pronoun and story.first and sentence.paragraph != story.paragraph:
        return story.first
    goods = {x.what for x in named.products} - {"trade"}
    fresh = sentence.paragraph != story.paragraph and not pronoun
    if story.topic.country not in PAIR and fresh:
        return replace(story.topic, country="")
    if story.topic.country not in PAIR and goods and story.topic.product not in goods:
        return replace(story.topic, country="")
    return story.topic


def _carry(named: Clauses, last: Subject | None, story: _Story) -> None:
    """Keep what the last figure of a sentence speaks of; without one, what it names."""
    if last is not None:
        before = story.topic.product
        unsaid = last.topic.product in ("", OTHER) and before not in ("", OTHER)
        story.topic = replace(last.topic, product=before) if unsaid else last.topic
    elif named.products or named.countries:
        goods = [x.what for x in named.products]
        if not goods and named.flows and {x.what for x in named.countries} >= set(PAIR):
            goods = ["trade"]
        product = goods[0] if goods else story.topic.product
        lands = {x.what for x in named.countries}
        foreign = [x.what for x in named.countries if x.what not in ("RUS", "CHN", "MNG")]
        country = foreign[0] if foreign and "RUS" not in lands else ""
        paired = "RUS" in lands or story.topic.paired
        story.topic = replace(story.topic, product=product, country=country, paired=paired)
