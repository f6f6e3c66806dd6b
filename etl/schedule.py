"""What is due: each live source by its own calendar, and the units that ask for it.

A process outside decides when to look (cron or systemd, every quarter of an hour); `amur due` then
asks only the sources whose turn it is.
"""

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.entries import Source
from etl.errors import UnknownRequest
from etl.exchange import Connector
from etl.store import State

EVERY_HOURS = 24.0
# a source that failed is asked again after this long, or sooner when its calendar says so
AGAIN_HOURS = 1.0
UNITS = ("cron", "systemd")


def due(sources: Mapping[str, Source], states: Mapping[str, State], now: datetime) -> list[str]:
    """Return the live sources whose turn it is, in the order of the catalogue."""
    live = [source for source in sources.values() if source.live]
    return [source.id for source in live if next_due(source, states.get(source.id), now) <= now]


def next_due(source: Source, state: State | None, now: datetime) -> datetime:
    """Return when a source is due next; one never asked, or asked in the future, is due now."""
    last = _moment(state.attempted) if state else None
    if last is None or last > now:
        return now
    hours = float(source.calendar.get("every_hours", EVERY_HOURS))
    if state and state.error and not state.error.startswith("QuotaExhausted"):
        # a source that stays broken is asked ever more rarely
        hours = min(hours, AGAIN_HOURS * 2 ** max(0, state.failures - 1))
    return last + timedelta(hours=hours)


def answering(connectors: Mapping[str, Connector]) -> list[str]:
    """Return the sources that can be asked here: those that need a key only when one is set."""
    return [
        source
        for source, connector in connectors.items()
        if not connector.ACCESS.key_needed
        or os.environ.get(f"AMUR_{source.upper()}_KEY", "").strip()
    ]


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def command() -> list[str]:
    """Return the whole address of `amur due` in the environment that runs now."""
    beside = Path(sys.executable).with_name("amur")
    return [*([str(beside)] if beside.exists() else [sys.executable, "-m", "desk.cli"]), "due"]


def unit_text(kind: str, command: Sequence[str], data: Path) -> str:
    """Return a ready cron line or systemd unit pair that runs `command` every quarter of an hour.

    `command` starts with an absolute path; so nothing hangs on the PATH of the scheduler.
    """
    if kind == "cron":
        return _cron(command, data)
    if kind == "systemd":
        return _systemd(command, data)
    raise UnknownRequest(f"«{kind}» is no unit that can be printed; use {' or '.join(UNITS)}.")


def _cron(command: Sequence[str], data: Path) -> str:
    runs = data / "runs"
    words = " ".join(shlex.quote(word) for word in command)
    line = (
        f"mkdir -p {shlex.quote(str(runs))} && AMUR_DATA={shlex.quote(str(data))} {words} "
        f"> {shlex.quote(str(runs / 'cron.log'))} 2>&1"
    )
    # to cron a bare % is the end of the line
    return "*/15 * * * * " + line.replace("%", r"\%") + "\n"


SYSTEMD = """\
# ~/.config/systemd/user/amur.service
[Unit]
Description=Amur: ask the sources that are due and publish what is new

[Service]
Type=oneshot
Environment={data}
# keys, one AMUR_<SOURCE>_KEY=... a line; may be missing
EnvironmentFile=-%h/.config/amur.env
ExecStart={command}
# 1: a source failed and the rest is published; 4: another refresh is running
SuccessExitStatus=1 4

# ~/.config/systemd/user/amur.timer
# then: systemctl --user daemon-reload && systemctl --user enable --now amur.timer
[Unit]
Description=Amur: look every quarter of an hour for what is due

[Timer]
OnCalendar=*:0/15
Persistent=true

[Install]
WantedBy=timers.target
"""


def _systemd(command: Sequence[str], data: Path) -> str:
    # a command expands $, an Environment line does not
    words = " ".join(_unit_word(word).replace("$", "$$") for word in command)
    return SYSTEMD.format(data=_unit_word(f"AMUR_DATA={data}"), command=words)


def _unit_word(word: str) -> str:
    """Return a word as systemd reads it: quoted, its own signs escaped."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
