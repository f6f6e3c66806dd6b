"""What a connector and the network say to each other: scope, request, payload, parsed.

A connector is a module under etl/sources with ACCESS, `plan(scope)` and `parse(payload)`. `plan` is
a generator: it yields a Request and receives the Payload of its answer, or None when that request
failed and the rest goes on. `parse` turns one payload into rows and never touches the network.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Access:
    """How a source is reached; the environment overrides address, key and pace.

    `pace` is the pause between calls in seconds; `cap_mb` bounds one body, unpacked; `retry_on`
    adds statuses that this server gives by accident; `independent` says that one failed request
    does not speak for the others.
    """

    url: str
    pace: float = 1.0
    key_header: str = ""
    key_param: str = ""
    key_needed: bool = False
    cap_mb: int = 64
    retry_on: tuple[int, ...] = ()
    independent: bool = False


@dataclass(frozen=True)
class Request:
    """One question to a source.

    `name` is unique within the source and the same in every run: the answer's ETag is kept under
    it. `path` hangs below the base address, or is a whole address that an answer or our catalogue
    named. `expects` is json, csv, xml, xlsx, html or any. A `lookup` only guides the plan: it is
    not parsed. The plan goes on (with None) after an `optional` request has failed; the failure is
    told all the same, unless it is optional and a lookup. When `parse` finds the answer Truncated,
    `parts` are asked instead: smaller requests that together cover the same.
    """

    name: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    expects: str = "json"
    period: str = ""
    released: date | None = None
    lookup: bool = False
    optional: bool = False
    parts: tuple["Request", ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Payload:
    """The answer to a request, whole and on disk; `url` carries no key.

    `published` is the day that the figures count as published: the release that the request named,
    else the day on which they were fetched.
    """

    source: str
    request: Request
    url: str
    path: Path
    sha256: str
    retrieved: datetime
    status: int = 200
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False

    @property
    def published(self) -> date:
        """Return the day of release, or of retrieval."""
        return self.request.released or self.retrieved.date()

    def content(self) -> bytes:
        """Return the bytes as received (unpacked)."""
        return self.path.read_bytes()


@dataclass(frozen=True)
class Answer:
    """What is remembered of the last accepted answer to a request name."""

    sha256: str
    retrieved: str
    etag: str = ""
    last_modified: str = ""
    released: str = ""
    url: str = ""


@dataclass(frozen=True)
class Scope:
    """What a plan may know: the day, what is held already, and how the source is reached.

    `held` gives the newest `period_end` by indicator among this source's observations of the
    indicator's cadence in the current build (shipped ones included); `answers` the last accepted
    answers by request name; `base` the address in use, `overridden` when the environment set it;
    `keyed` when a key is set; `calls` tells how many requests went out this month; `memory` is a
    plain JSON object that the connector may change and finds again in the next run.
    """

    today: date
    base: str
    overridden: bool = False
    keyed: bool = False
    held: Mapping[str, date] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    calls: Callable[[], int] = lambda: 0
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """What one payload says.

    `observations` are text rows with the columns of etl/observations.py (missing cells are empty;
    the source id is filled in); `articles` are rows as etl/articles.py takes them.
    """

    observations: list[dict[str, str]] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)


Plan = Generator[Request, Payload | None, None]


class Connector(Protocol):
    """The shape of a module under etl/sources."""

    ACCESS: Access

    def plan(self, scope: Scope) -> Plan:
        """Yield what to ask; receive each answer."""

    def parse(self, payload: Payload) -> Parsed:
        """Read one answer; raise NotTheData, ChangedShape, Truncated or BadFigures."""
