"""Every error that Amur raises on purpose, in one tree.

AmurError                  anything a person can act on; its text says what, where and what to do
├── CatalogError           data/catalog/*.toml does not hold together (exit 2; in a build 3)
├── BadInput               rows that cannot be loaded, each by file and line (exit 2; in a build 3)
├── CheckFailed            the finished build did not pass its own checks (exit 3)
├── NotWritable            the data folder is read-only or the disk is full (exit 3)
├── NotBuilt               there is no published build to read
├── Busy                   another refresh holds the lock (exit 4)
├── UnknownRequest         an indicator, unit, figure or date that is not there (exit 2)
├── CannotExport           a figure or briefing that cannot be made or written as asked (exit 2)
├── Unrecognised           an ingested file or address that no reader knows (exit 2)
└── SourceFailed           one live source could not be read; the others go on (exit 1)
    ├── KeyRefused         401 or 403: the key is wrong, or none was given
    ├── QuotaExhausted     the calls of the day or month are used up
    ├── RateLimited        429 to the last try
    ├── Unreachable        no connection: name, route, TLS
    ├── TimedOut           no answer, or a body that drips
    ├── CutShort           the connection broke before the body was whole
    ├── ServerFailed       5xx to the last try
    ├── Refused            another 4xx: it does not know what was asked
    ├── UnsafeRedirect     a redirect loop, or one to a private address
    ├── TooLarge           a body beyond the cap, packed or unpacked
    ├── NotTheData         a page, a text or an unreadable encoding in place of data
    ├── Truncated          as many rows as the server ever gives: the rest is missing
    ├── ChangedShape       a header, unit line or field is not what it was
    └── BadFigures         values that cannot be: negative, absurd, contradicting each other
"""

from collections.abc import Sequence
from dataclasses import dataclass


class AmurError(Exception):
    """What went wrong, where, and what to do about it, in one or two sentences."""


class CatalogError(AmurError):
    """The catalogue is inconsistent; the text names file, entry and fix."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one line of a data file."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        """Return `file:line: what; fix`."""
        return f"{self.file}:{self.line}: {self.what}; {self.fix}"


class BadInput(AmurError):
    """Data files have rows that cannot be loaded; `faults` lists every one."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults and say how many there are, the first ones in words."""
        self.faults = faults
        head = "\n".join(f"  {fault}" for fault in faults[:20])
        more = f"\n  … and {len(faults) - 20} more" if len(faults) > 20 else ""
        super().__init__(f"{len(faults)} bad rows; nothing was changed:\n{head}{more}")


class CheckFailed(AmurError):
    """The build is complete but wrong; `found` lists (check, detail) of what is wrong with it."""

    def __init__(self, text: str, found: Sequence[tuple[str, str]] = ()) -> None:
        """Keep what was found beside the text."""
        self.found = list(found)
        super().__init__(text)


class NotWritable(AmurError):
    """The data folder cannot be written; nothing was changed."""


class NotBuilt(AmurError):
    """No build has been published yet, or the one asked for is gone."""


class Busy(AmurError):
    """Another refresh is running."""


class UnknownRequest(AmurError):
    """The request names something that does not exist here."""


class CannotExport(AmurError):
    """A figure or a briefing cannot be made or written as asked; no file was left behind."""


class Unrecognised(AmurError):
    """No reader knows this file or address; the text says what was looked for."""


class SourceFailed(AmurError):
    """One live source could not be read; what it gave before stays."""

    def __init__(self, what: str, fix: str, *, url: str = "", period: str = "") -> None:
        """Keep what happened and what to do; the runner adds address and period where missing."""
        self.what, self.fix, self.url, self.period = what, fix, url, period
        super().__init__(what)

    def __str__(self) -> str:
        """Return `Name: what (address, period); what to do`."""
        where = ", ".join(filter(None, [self.url, self.period and f"period {self.period}"]))
        return f"{type(self).__name__}: {self.what}{where and f' ({where})'}; {self.fix}"


class KeyRefused(SourceFailed):
    """The key is wrong, or the server wants one."""


class QuotaExhausted(SourceFailed):
    """The calls of the day or month are used up."""


class RateLimited(SourceFailed):
    """The server asked to slow down, to the last try."""


class Unreachable(SourceFailed):
    """There is no connection to the server."""


class TimedOut(SourceFailed):
    """The server does not answer, or its body drips."""


class CutShort(SourceFailed):
    """The connection broke before the body was whole."""


class ServerFailed(SourceFailed):
    """The server answered 5xx to the last try."""


class Refused(SourceFailed):
    """The server does not know what was asked."""


class UnsafeRedirect(SourceFailed):
    """The server sends in a ring, or to a private address."""


class TooLarge(SourceFailed):
    """The body is beyond the cap, packed or unpacked."""


class NotTheData(SourceFailed):
    """The body is a page, a text or unreadable."""


class Truncated(SourceFailed):
    """The answer holds as many rows as the server ever gives."""


class ChangedShape(SourceFailed):
    """A header, unit line or field is not what it was."""


class BadFigures(SourceFailed):
    """The answer holds values that cannot be."""
