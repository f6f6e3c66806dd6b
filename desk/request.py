"""A reader's request to refresh or to take an article, carried out by a process of its own.

The dashboard only starts the process and reads runs/progress.json; it never writes a build.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl import paths, store
from etl.errors import Busy, UnknownRequest

# between its start and its first progress a process is known by its handle alone
_lock = threading.Lock()
_started: list[tuple[subprocess.Popen[bytes], datetime]] = []


@dataclass(frozen=True)
class SourceProgress:
    """How far one source is: waiting, asking, done, failed or skipped."""

    stage: str
    fetched: int = 0
    error: str = ""


@dataclass(frozen=True)
class Progress:
    """The refresh that runs now, or the last one. `state`: running, finished, killed or broken.

    A broken one ended before it could say anything; `told` are then its last words.
    """

    state: str
    stage: str = ""
    started: datetime | None = None
    finished: str = ""
    exit: int | None = None
    told: str = ""
    sources: dict[str, SourceProgress] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Return whether it has not ended."""
        return self.state == "running"


def offered() -> bool:
    """Return whether readers may ask for a refresh; AMUR_REFRESH_NOW=0 says no."""
    return os.environ.get("AMUR_REFRESH_NOW", "").strip().lower() not in ("0", "no", "false", "off")


def start(*arguments: str) -> None:
    """Start a refresh, or another command that publishes, such as `ingest FILE`.

    Raises Busy when one runs, NotWritable when its log cannot be written.
    """
    if not offered():
        raise UnknownRequest("Refreshing is switched off here (AMUR_REFRESH_NOW=0).")
    with _lock:
        now = progress()
        if now and now.running:
            raise Busy("A refresh is running already; its progress is shown on page Status.")
        _started.clear()
        begun = datetime.now(UTC)
        try:
            paths.runs().mkdir(parents=True, exist_ok=True)
            with _log().open("wb") as said:
                process = subprocess.Popen(
                    [sys.executable, "-m", "desk.cli", *(arguments or ("refresh",))],
                    cwd=paths.ROOT,
                    start_new_session=True,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                )
        except OSError as error:
            raise store.not_writable(paths.runs(), error) from error
        _started.append((process, begun))


def progress() -> Progress | None:
    """Return how the refresh that runs now is doing, or how the last one ended; None before any."""
    written = _written()
    if not _started:
        return _of_file(written)
    process, begun = _started[-1]
    code = process.poll()
    if written and written["pid"] == process.pid:
        return _of_file(written, alive=code is None)
    if code is None:
        return Progress("running", "starting", begun)
    # another process may have written since, or the lock was held by one
    other = _of_file(written)
    if other and other.started and other.started > begun:
        return other
    if other and other.running:
        return other
    return Progress("broken", started=begun, exit=code, told=_last_words())


def _of_file(written: dict[str, Any] | None, alive: bool | None = None) -> Progress | None:
    """Return what progress.json says; without an end and without its process it was killed."""
    if not written:
        return None
    started: datetime = written["started"]
    if alive is None:
        alive = not written["finished"] and _alive(written["pid"], started)
    state = "finished" if written["finished"] else "running" if alive else "killed"
    sources = {
        name: SourceProgress(str(raw["stage"]), int(raw["fetched"]), str(raw["error"]))
        for name, raw in written["sources"].items()
    }
    stage, finished = str(written["stage"]), str(written["finished"])
    return Progress(state, stage, started, finished, written["exit"], sources=sources)


def _written() -> dict[str, Any] | None:
    """Return the last progress written; an unreadable file says nothing."""
    try:
        found = json.loads((paths.runs() / "progress.json").read_text(encoding="utf-8"))
        started = datetime.fromisoformat(found["started"])
        known = {key: found[key] for key in ("stage", "sources", "finished", "exit")}
        known["sources"] = {
            str(name): {key: raw[key] for key in ("stage", "fetched", "error")}
            for name, raw in found["sources"].items()
        }
        return known | {"pid": int(found["pid"]), "started": started}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _alive(pid: int, since: datetime) -> bool:
    """Return whether the process runs that has run since then; a later one may carry its number."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    try:
        # state and start in ticks since boot are the 3rd and 22nd field; a name may hold spaces
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        boot = Path("/proc/stat").read_text(encoding="utf-8").partition("\nbtime ")[2].split()[0]
        begun = int(boot) + int(fields[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        # a system that does not tell
        return True
    return fields[0] != "Z" and begun <= since.timestamp() + 2


def _log() -> Path:
    return paths.runs() / "request.log"


def _last_words() -> str:
    """Return the last line that the process said."""
    try:
        lines = _log().read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].removeprefix("amur: ") if lines else ""
