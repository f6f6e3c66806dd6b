"""Run one connector: ask, keep the bytes, read what is new, accept it whole, remember the answer.

A payload is taken whole or not at all. What was taken before a failure stays; the source then
counts as failed and says what is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import duckdb

from etl import log, settings, store
from etl.acceptance import Acceptance
from etl.errors import (
    BadFigures,
    ChangedShape,
    NotTheData,
    SourceFailed,
    Truncated,
)
from etl.exchange import Answer, Connector, Parsed, Payload, Plan, Request, Scope
from etl.fetch import Session
from etl.settings import Settings
from etl.store import Shelf, State

# what reading foreign bytes can stumble on
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    duckdb.Error,
)
# an answer that cannot be read says nothing of the next one; so many in a row say it all
ONE_ANSWER = (BadFigures, ChangedShape, NotTheData, Truncated)
IN_A_ROW = 4


@dataclass
class Outcome:
    """What collecting one source gave: `fetched` answers, `landed` files that are new."""

    source: str
    fetched: int = 0
    landed: list[Path] = field(default_factory=list)
    skipped: str = ""
    error: str = ""


class Collector:
    """One source in one refresh."""

    def __init__(
        self, source: str, connector: Connector, accept: Acceptance, held: dict[str, date]
    ) -> None:
        """Read the settings and what is remembered; raise UnknownRequest on bad settings."""
        self.connector, self.accept, self.held = connector, accept, held
        self.settings: Settings = settings.of(source, connector.ACCESS)
        self.shelf = Shelf(source)
        self.state: State = self.shelf.state()
        self.outcome = Outcome(source)
        self.errors: list[SourceFailed] = []
        self.tell: Callable[[int], None] = lambda fetched: None

    def run(self, now: datetime, tell: Callable[[int], None] | None = None) -> Outcome:
        """Ask everything that the plan wants; nothing but a full or read-only disk is raised."""
        access = self.connector.ACCESS
        if access.key_needed and not self.settings.key:
            self.outcome.skipped = f"AMUR_{self.outcome.source.upper()}_KEY is not set"
            return self.outcome
        self.tell = tell or self.tell
        self.shelf.tidy()
        session = Session(self.settings, self.shelf.raw)
        month = f"{now:%Y-%m}"
        before = self.state.calls.get(month, 0)
        session.on_call = partial(self._count, month, before)
        try:
            self._follow(self.connector.plan(self._scope(now.date())), session)
        except SourceFailed as error:
            self._note(error)
        except OSError as error:
            raise store.not_writable(self.shelf.raw, error) from error
        finally:
            session.close()
            self.outcome.error = " · ".join(self._told())
        self._remember(now)
        return self.outcome

    def _count(self, month: str, before: int, calls: int) -> None:
        """Count every request that goes out, also those that fail; older months are forgotten."""
        self.state.calls = {month: before + calls}

    def _scope(self, today: date) -> Scope:
        return Scope(
            today=today,
            base=self.settings.base,
            overridden=self.settings.overridden,
            keyed=bool(self.settings.key),
            held=self.held,
            answers=self.state.answers,
            calls=lambda: self.state.calls.get(f"{today:%Y-%m}", 0),
            memory=self.state.memory,
        )

    def _follow(self, plan: Plan, session: Session) -> None:
        """Send the plan its answers until it has no more questions."""
        answer: Payload | None = None
        told, alone = 0, self.connector.ACCESS.independent
        while alone or len(self.errors) - told < IN_A_ROW:
            try:
                request = plan.send(answer)
            except StopIteration:
                return
            except UNREADABLE as error:
                raise _misshapen(error) from error
            answer = self._ask(request, session)
            told = len(self.errors) if answer else told

    def _ask(self, request: Request, session: Session) -> Payload | None:
        """Return the answer, taken; None when it failed but the rest may go on."""
        known = self._known(request)
        try:
            payload = session.get(request, known)
        except ONE_ANSWER as error:
            self._note(error)
            return None
        except SourceFailed as error:
            if not self.connector.ACCESS.independent and not request.optional:
                raise
            if not (request.optional and request.lookup):
                self._note(error)
            return None
        self.outcome.fetched += 1
        self.tell(self.outcome.fetched)
        if request.lookup:
            return self._looked_up(payload, known)
        try:
            return self._take(payload, known)
        except SourceFailed as error:
            if isinstance(error, Truncated) and request.parts:
                self._ask_in_parts(request, session)
                return None
            error.url = error.url or payload.url
            error.period = error.period or request.period
            self.shelf.reject(payload, self.settings.mask)
            if not isinstance(error, ONE_ANSWER):
                raise
            self._note(error)
            return None

    def _ask_in_parts(self, request: Request, session: Session) -> None:
        """Ask for less at a time what came cut off, and remember the whole when all of it came."""
        before = len(self.errors)
        for part in request.parts:
            self._ask(part, session)
        if len(self.errors) == before:
            released = _day(request.released)
            self.state.answers[request.name] = Answer(sha256="", retrieved="", released=released)

    def _known(self, request: Request) -> Answer | None:
        """Return the last answer if its bytes are still here; else all is asked anew."""
        answer = self.state.answers.get(request.name)
        return answer if answer and self.shelf.has(answer.sha256) else None

    def _looked_up(self, payload: Payload, known: Answer | None) -> Payload:
        """Keep a look-up in place of the last one, so that it is asked for on condition too.

        Nobody has read it yet: one that repeats the key is not kept.
        """
        if not payload.unchanged and store.masked(payload.path, self.settings.mask):
            target = self.shelf.raw / "lookup"
            payload.path.replace(target)
            return replace(payload, path=target)
        kept = payload if payload.unchanged else self.shelf.keep(payload)
        self._answered(payload, known)
        return kept

    def _take(self, payload: Payload, known: Answer | None) -> Payload:
        kept = payload
        if not payload.unchanged and (known is None or known.sha256 != payload.sha256):
            news = self.shelf.news(self._sound(payload, self._parse(payload)))
            kept = self.shelf.keep(payload)
            self.outcome.landed += self.shelf.land(kept, news, again=known is not None)
        elif not payload.unchanged:
            kept = self.shelf.keep(payload)
        self._answered(payload, known)
        log.event(self.outcome.source, "fetched", url=payload.url, unchanged=payload.unchanged)
        return kept

    def _answered(self, payload: Payload, known: Answer | None) -> None:
        """Remember an answer that was taken, and let go of the bytes that it takes the place of."""
        before = known if known and payload.unchanged else None
        self.state.answers[payload.request.name] = Answer(
            sha256=payload.sha256,
            retrieved=payload.retrieved.isoformat(timespec="seconds"),
            etag=payload.etag or (before.etag if before else ""),
            last_modified=payload.last_modified or (before.last_modified if before else ""),
            released=_day(payload.request.released),
            url=payload.url,
        )
        if known and known.sha256 != payload.sha256:
            self.shelf.let_go(known.sha256, self.state)
        self.shelf.remember(self.state)

    def _parse(self, payload: Payload) -> Parsed:
        """Return what the connector reads; whatever a hostile body makes it stumble on is told."""
        try:
            return self.connector.parse(payload)
        except UNREADABLE as error:
            raise _misshapen(error) from error

    def _sound(self, payload: Payload, parsed: Parsed) -> Parsed:
        """Return the rows with their source filled in; raise BadFigures when one does not fit."""
        source = self.outcome.source
        rows = [{"source": source, "url": payload.url} | row for row in parsed.observations]
        faults = self.accept.faults(rows, source) if rows else []
        if faults:
            first = faults[0]
            raise BadFigures(
                f"{len(faults)} of {len(rows)} figures cannot be: row {first.line}: {first.what}",
                f"{first.fix}; nothing of this answer was taken",
            )
        return Parsed(rows, parsed.articles)

    def _note(self, error: SourceFailed) -> None:
        error.url = error.url or self.settings.base
        self.errors.append(error)
        log.event(self.outcome.source, "failed", error=self.settings.mask(str(error)))

    def _told(self) -> list[str]:
        """Return the errors as texts, without the key; many of one kind in one sentence."""
        shown = [self.settings.mask(str(error)) for error in self.errors[:3]]
        more = len(self.errors) - len(shown)
        return [*shown, f"and {more} more"] if more > 0 else shown

    def _remember(self, now: datetime) -> None:
        self.state.attempted = now.isoformat(timespec="seconds")
        self.state.error = self.outcome.error
        self.state.failures = self.state.failures + 1 if self.outcome.error else 0
        if not self.outcome.error:
            self.state.succeeded = self.state.attempted
        self.shelf.remember(self.state)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _misshapen(error: Exception) -> ChangedShape:
    return ChangedShape(
        f"the answer has not the shape that was expected ({type(error).__name__}: {error})"[:300],
        "the source changed its format; update Amur or report it",
    )
