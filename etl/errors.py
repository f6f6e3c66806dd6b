"""Every error that Amur raises on purpose, in one tree.

AmurError                  anything a person can act on; its text says what, where and what to do
├── CatalogError           data/catalog/*.toml does not hold together (exit 2; in a build 3)
├── BadInput               rows that cannot be loaded, each by file and line (exit 2; in a build 3)
├── CheckFailed            the finished build did not pass its own checks (exit 3)
├── NotBuilt               there is no published build to read
├── Busy                   another refresh holds the lock (exit 4)
└── UnknownRequest         an indicator, unit, figure or date that is not there (exit 2)
"""

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
    """The build is complete but wrong; it was not published."""


class NotBuilt(AmurError):
    """No build has been published yet, or the one asked for is gone."""


class Busy(AmurError):
    """Another refresh is running."""


class UnknownRequest(AmurError):
    """The request names something that does not exist here."""
