"""What refreshes leave behind under runs/: a report, a digest and a log each, and live progress.

```
<stamp>.json            the run report         <stamp>.log    one JSON line a source and stage
<stamp>.digest.json     what is new            <stamp>.md     the same for people
progress.json           the refresh that runs now, or the last one
```
"""

import json
import os
import threading
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from etl import paths, store

KEEP = 100
STAMP = "%Y%m%dT%H%M%S%f"


@dataclass
class SourceReport:
    """What a refresh did with one source; `fetched` counts the answers that came."""

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

    @property
    def failed(self) -> dict[str, str]:
        """Return the error by failed source."""
        return {s.source: s.error or "" for s in self.sources if s.status == "failed"}

    @property
    def exit_code(self) -> int:
        """Return 0 done, 1 done in part, 3 refused."""
        if self.error:
            return 3
        return int(bool(self.failed))


def stamp(started: datetime) -> str:
    """Return a name for a run that sorts after every kept one, also when the clock was set back."""
    wanted = started.astimezone(UTC).strftime(STAMP)
    newest = max((path.stem for path in _reports()), default="")
    if wanted > newest:
        return wanted
    after = datetime.strptime(newest, STAMP).replace(tzinfo=UTC) + timedelta(microseconds=1)
    return after.strftime(STAMP)


def keep(report: Report, name: str) -> None:
    """Write a report beside the others and drop the oldest runs."""
    content = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    store.write_whole(paths.runs() / f"{name}.json", content.encode())
    for old in _reports()[:-KEEP]:
        for part in paths.runs().glob(f"{old.stem}*"):
            part.unlink(missing_ok=True)


def tidy() -> None:
    """Remove what killed runs left half written, and logs without a report that are old."""
    for left in paths.runs().glob("*.part"):
        left.unlink(missing_ok=True)
    kept = {path.stem for path in _reports()}
    oldest = min(kept, default="")
    for log in paths.runs().glob("[0-9]*.log"):
        if log.stem not in kept and log.stem < oldest:
            log.unlink(missing_ok=True)


def last() -> dict[str, Any] | None:
    """Return the newest readable report, or None before the first run."""
    for path in reversed(_reports()):
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue
    return None


def digests_since(build_id: str, newest: str) -> list[dict[str, Any]] | None:
    """Return the digests that lead from one build to the newest, the last first.

    None where they do not lead there: the oldest runs are dropped, and so is what they said.
    """
    wanted, found = newest, []
    for path in reversed(_reports()):
        if wanted == build_id:
            break
        try:
            read = json.loads(path.with_suffix(".digest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if read.get("build_id") == wanted and read.get("previous_id") != wanted:
            found.append(dict(read))
            wanted = read.get("previous_id", "")
    return found if wanted == build_id else None


def last_digest() -> dict[str, Any] | None:
    """Return the digest of the newest run that left a readable one, or None."""
    for path in reversed(_reports()):
        try:
            return dict(json.loads(path.with_suffix(".digest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue
    return None


def failed_last() -> set[str]:
    """Return the sources that failed in the last run, and `build` when it was refused."""
    report = last() or {}
    sources = report.get("sources") or []
    failed = {str(s.get("source")) for s in sources if s.get("status") == "failed"}
    return failed | ({"build"} if report.get("error") else set())


def _reports() -> list[Path]:
    """Return the kept reports, oldest first."""
    found = paths.runs().glob("[0-9]*T[0-9]*.json") if paths.runs().is_dir() else []
    return sorted(path for path in found if path.stem.replace("T", "").isdigit())


class Live:
    """The progress of the refresh that runs now, for whoever watches."""

    def __init__(self, started: datetime, sources: list[str]) -> None:
        """Say that it has begun."""
        self._lock = threading.Lock()
        self._state: dict[str, Any] = {
            "pid": os.getpid(),
            "started": started.isoformat(timespec="seconds"),
            "stage": "asking" if sources else "building",
            "sources": {s: {"stage": "waiting", "fetched": 0, "error": ""} for s in sources},
            "finished": "",
            "exit": None,
        }
        self._write()

    def source(self, source: str, stage: str, fetched: int, error: str = "") -> None:
        """Say how far one source is: asking, done, failed or skipped."""
        with self._lock:
            self._state["sources"][source] = {"stage": stage, "fetched": fetched, "error": error}
            self._write()

    def stage(self, stage: str) -> None:
        """Say what the refresh is at."""
        with self._lock:
            self._state["stage"] = stage
            self._write()

    def finish(self, report: Report) -> None:
        """Say how it ended."""
        with self._lock:
            self._state |= {"finished": report.finished, "exit": report.exit_code, "stage": "done"}
            self._write()

    def _write(self) -> None:
        content = json.dumps(self._state, ensure_ascii=False)
        store.write_whole(paths.runs() / "progress.json", content.encode())
