"""Which period each quantity of a sentence speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from etl.reading.grammar import bases, calendar, levels
from etl.reading.grammar.calendar import Span
from etl.reading.grammar.changes import Change
from etl.reading.grammar.lexicon import words
from etl.reading.grammar.mention import DATE, MAIN, PRIOR, SAME, SINCE, WHOLE, Mention
from etl.reading.grammar.quantities import Quantity
from etl.reading.grammar.tokens import Token

_AGAINST = bases.AGAINST
_BREAKS = words("dating_breaks")
_MOST_BETWEEN = 9


@dataclass(slots=True, frozen=True)
class Dated:
    """The period of a quantity, what a change is measured against, and whether it was said here."""

    span: Span | None
    against: str = ""
    said: bool = True
    floating: bool = False


@dataclass(frozen=True)
class Dating:
    """The periods of one sentence; `carried` is the one that the text spoke of before."""

    tokens: Sequence[Token]
    quantities: Sequence[Quantity]
    changes: Sequence[Change | None]
    mentions: Sequence[Mention]
    carried: Span | None
    as_of: date

    def dated(self, number: int) -> Dated:
        """Return the period of one quantity."""
        quantity, change = self.quantities[number], self.changes[number]
        if change is not None:
            return self._of_change(number, change)
        attached = self._attached(number)
        if attached is None and levels.is_compared(self.tokens, quantity):
            attached = self._before_next(number)
            if attached is None:
                main = self._main(quantity)
                shifts = main.span and self._shifts(number)
                return Dated(main.span.shifted(12)) if main.span and shifts else main
        return self._resolved(attached, quantity) if attached else self._main(quantity)

    def topic(self, first: Dated | None) -> Span | None:
        """Return the period that the text goes on to speak of; `first` is the first figure's."""
        if first is not None and not first.said and self.carried:
            return self.carried
        mains = [m for m in self._mains if m.span and m.span.start <= self.as_of]
        whole = [m for m in self.mentions if m.role == WHOLE]
        if whole and (not mains or whole[-1].start > mains[-1].start):
            return self._whole().span
        if not mains or mains[-1].span is None:
            return self.carried
        span = mains[-1].span
        if not self.quantities and span.end > self.as_of:
            return self.carried
        earlier = self.carried and span.end < self.carried.start
        told_back = any(token.low in ("had", "followed", "after") for token in self.tokens)
        if earlier and (told_back or mains[-1].start > 3):
            return self.carried
        return span

    # ---- levels

    def _attached(self, number: int) -> Mention | None:
        """Return the period that stands right behind a quantity: 8.2 Mt a year earlier."""
        quantity = self.quantities[number]
        limit = len(self.tokens)
        if number + 1 < len(self.quantities):
            limit = self.quantities[number + 1].start
        for mention in self.mentions:
            if mention.start < quantity.end or mention.role in (DATE, SAME):
                continue
            if mention.start >= limit or mention.start - quantity.end > _MOST_BETWEEN:
                return None
            between = self.tokens[quantity.end : mention.start]
            if any(token.low in _BREAKS for token in between):
                return None
            if mention.role == MAIN and mention.cue in ("than", "over", "against", "from"):
                return None
            return mention
        return None

    def _before_next(self, number: int) -> Mention | None:
        """Return a period named between a quantity and the next one, at some distance."""
        quantity = self.quantities[number]
        later = self.quantities[number + 1 :]
        limit = later[0].start if later else len(self.tokens)
        for mention in self.mentions:
            behind = quantity.end <= mention.start < min(limit, quantity.end + 14)
            if behind and mention.role in (MAIN, PRIOR):
                between = self.tokens[quantity.end : mention.start]
                if not any(token.low in (",", ";", "and", "to") for token in between):
                    return mention
        return None

    def _shifts(self, number: int) -> bool:
        """Return whether "from 8.2" means a year earlier: the sentence tells growth on the year."""
        quantity = self.quantities[number]
        word = self.tokens[quantity.start - 1].low if quantity.start else ""
        if word != "from":
            return False
        yearly = [change for change in self.changes if change and change.against in ("", "yoy")]
        return bool(yearly) or any(m.role == PRIOR and m.months == 12 for m in self.mentions)

    def _resolved(self, mention: Mention, quantity: Quantity) -> Dated:
        if mention.role == PRIOR:
            earlier = [m.span for m in self.mentions if m.role == MAIN and m.end <= mention.start]
            later = mention.months < 0 and earlier
            return self._prior(mention, earlier[-1] if later else self._named(quantity).span)
        if mention.role == WHOLE:
            return self._whole()
        first, last = levels.ends(self.tokens, self.quantities, mention.span, quantity)
        span = calendar.whole_year(first if last is None else last) if first else mention.span
        return Dated(span, floating=mention.floating)

    def _prior(self, mention: Mention, base: Span | None) -> Dated:
        if base is None:
            return Dated(None)
        if mention.year:
            return Dated(base.in_year(mention.year))
        return Dated(base.shifted(mention.months))

    def _whole(self, named: Mention | None = None) -> Dated:
        span = named.span if named else self.carried
        year = span.end.year if span else self.as_of.year
        return Dated(calendar.whole_year(year))

    # ---- changes

    def _of_change(self, number: int, change: Change) -> Dated:
        quantity = self.quantities[number]
        attached = self._attached(number)
        before = self.tokens[quantity.start - 1].low if quantity.start else ""
        if attached and attached.role == PRIOR and before == "from":
            prior = self._prior(attached, self._named(quantity).span)
            return Dated(prior.span, change.against or "yoy")
        direct = attached and attached.role == MAIN and not self._is_base(attached)
        main = (
            Dated(attached.span, floating=attached.floating)
            if attached and direct
            else self._main(quantity, changing=True)
        )
        since = [m for m in self.mentions if m.role == SINCE]
        near = any(0 <= m.start - quantity.end < 4 for m in since)
        if since and change.against in ("", "vs") and (near or not self._mains):
            return Dated(None, "since")
        against = change.against or self._measured_against(quantity, main.span)
        if against == "since":
            return Dated(None, "since", main.said)
        return Dated(main.span, against, main.said, main.floating)

    def _measured_against(self, quantity: Quantity, span: Span | None) -> str:
        """Return yoy, mom, qoq or vs by the period that a change is measured against."""
        for mention in self.mentions:
            near = abs(mention.start - quantity.end) < 10
            if mention.role == PRIOR and mention.months in (1, 3) and near:
                return "mom" if mention.months == 1 else "qoq"
            if mention.role != MAIN or not self._is_base(mention):
                continue
            if mention.start < quantity.end and mention.cue not in ("with", "to"):
                continue
            if span and mention.span and mention.start - quantity.end < 12:
                return bases.distance(mention, span)
        return "yoy"

    # ---- what the sentence speaks of

    @cached_property
    def _mains(self) -> list[Mention]:
        """Return the periods that the sentence speaks of, without those that it compares with."""
        compared = {
            id(found)
            for number, quantity in enumerate(self.quantities)
            if self.changes[number] is None and levels.is_compared(self.tokens, quantity)
            for found in [self._attached(number) or self._before_next(number)]
            if found
        }
        return [
            mention
            for mention in self.mentions
            if mention.role == MAIN and id(mention) not in compared and not self._is_base(mention)
        ]

    def _is_base(self, mention: Mention) -> bool:
        """Return whether a period is only what a change is measured against."""
        return bases.is_base(self.tokens, mention, self._pairs())

    def _pairs(self) -> list[tuple[Quantity, Change | None]]:
        return list(zip(self.quantities, self.changes, strict=True))

    def _main(self, quantity: Quantity, changing: bool = False) -> Dated:
        """Return the period spoken of at a quantity; one led by "a year earlier" lies before it."""
        prior = self._leading_prior(quantity)
        named = self._named(quantity, changing)
        if prior:
            return self._prior(prior, named.span)
        if not named.said and any(m.role == WHOLE for m in self.mentions):
            return self._whole()
        return named

    def _leading_prior(self, quantity: Quantity) -> Mention | None:
        """Return "a year earlier" where it leads the clause of a quantity."""
        for mention in self.mentions:
            if mention.role != PRIOR or mention.end > quantity.start:
                continue
            if mention.end == quantity.start and self.tokens[mention.end - 1].owner:
                return mention
            if [t.low for t in self.tokens[mention.end : quantity.start]] == ["of"]:
                return mention
            if mention.cue in _AGAINST - {"over", "on"}:
                continue
            if any(self._would_attach(q, mention) for q in self.quantities):
                continue
            between = self.tokens[mention.end : quantity.start]
            if not any(token.low in (";", "but", "while") for token in between):
                return mention
        return None

    def _would_attach(self, quantity: Quantity, mention: Mention) -> bool:
        """Return whether a period belongs to an earlier quantity: "8.2 Mt a year earlier"."""
        if quantity.start >= mention.start or mention.start - quantity.end >= 6:
            return False
        return not any(t.low in _BREAKS for t in self.tokens[quantity.end : mention.start])

    def _named(self, quantity: Quantity, changing: bool = False) -> Dated:
        """Return the last period named before a quantity, else the next, else the carried one."""
        mains = self._mains
        before = [m for m in mains if m.start < quantity.start]
        whole = [m for m in self.mentions if m.role == WHOLE and m.start < quantity.start]
        if whole and (not before or whole[-1].start > before[-1].start):
            return self._whole(before[-1] if before else None)
        if before:
            return self._resolved_main(before[-1], quantity)
        if mains and not self._apart(quantity, mains[0]):
            return self._resolved_main(mains[0], quantity)
        since = [m for m in self.mentions if m.role == SINCE]
        if since and not changing and not any(self.changes):
            return Dated(since[-1].span)
        if (changing or any(self.changes)) and self.carried is None:
            based = [m for m in self.mentions if m.role == MAIN and m.span]
            if based and based[0].span:
                return Dated(based[0].span.shifted(-12))
        quarter = any(
            m.role == SAME and any(t.low == "quarter" for t in self.tokens[m.start : m.end])
            for m in self.mentions
        )
        if quarter and self.carried and self.carried.months == 1:
            first = 3 * ((self.carried.start.month - 1) // 3) + 1
            return Dated(calendar.months(self.carried.start.year, first, 3))
        return Dated(self.carried, said=False)

    def _resolved_main(self, mention: Mention, quantity: Quantity) -> Dated:
        carried = self.carried
        if mention.open and mention.span and carried and carried.end.year == self.as_of.year:
            return Dated(Span(mention.span.start, carried.end))
        first, last = levels.ends(self.tokens, self.quantities, mention.span, quantity)
        if first:
            return Dated(calendar.whole_year(last or first))
        return Dated(mention.span, floating=mention.floating)

    def _apart(self, quantity: Quantity, mention: Mention) -> bool:
        """Return whether a period named later belongs to another part of a list or table."""
        between = self.tokens[quantity.end : mention.start]
        if any(token.low in (";", ":") for token in between):
            return True
        another = any(quantity.end <= q.start < mention.start for q in self.quantities)
        return another and self.carried is not None and any(t.low == "," for t in between)
