"""Run reports: one JSON file a refresh under runs/, whole or not at all."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from etl import paths

KEEP = 100


@dataclass
class SourceReport:
    """What a refresh did with one source."""

    source: str
    status: str
    fetched: int = 0
    observations_new: int = 0
    observations_revised: int = 0
    error: str | None = None


@dataclass
class Report:
    """What a refresh did; `error` says why it was refused."""

    build_id: str | None = None
    published: bool = False
    started: str = ""
    finished: str = ""
    sources: list[SourceReport] = field(default_factory=list)
    checks: list[dict[str, object]] = field(default_factory=list)
    error: str | None = None


def keep(report: Report, started: datetime) -> None:
    """Write a report beside the others and drop the oldest."""
    target = paths.runs() / f"{started:%Y%m%dT%H%M%S%f}.json"
    aside = target.with_suffix(".tmp")
    aside.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1), encoding="utf-8")
    aside.replace(target)
    for old in sorted(paths.runs().glob("*.json"))[:-KEEP]:
        old.unlink(missing_ok=True)


def last() -> dict[str, Any] | None:
    """Return the newest report, or None before the first run."""
    reports = sorted(paths.runs().glob("*.json")) if paths.runs().is_dir() else []
    return dict(json.loads(reports[-1].read_text(encoding="utf-8"))) if reports else None
