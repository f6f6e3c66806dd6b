"""What is due by calendar and last attempt, and the units that ask for it."""

import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from etl import catalog, paths, schedule
from etl.entries import Source
from etl.errors import UnknownRequest
from etl.exchange import Access
from etl.store import State

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DATA = Path("/srv/am ur/100%")
COMMAND = ["/opt/am ur/bin/amur", "due"]


def source(name: str = "feed", every: float | None = 6, live: bool = True) -> dict[str, Source]:
    calendar = {} if every is None else {"every_hours": every}
    return {name: Source(name, name, "official", "free", live=live, calendar=calendar)}


def attempted(hours_ago: float, error: str = "") -> dict[str, State]:
    moment = (NOW - timedelta(hours=hours_ago)).isoformat(timespec="seconds")
    return {"feed": State(attempted=moment, error=error)}


@pytest.mark.parametrize(
    ("every", "hours_ago", "is_due"),
    [(6, 5.9, False), (6, 6, True), (6, 30, True), (1, 0.9, False), (None, 23, False),
     (None, 24, True)],
)  # fmt: skip
def test_a_source_is_due_by_its_own_calendar(
    every: float | None, hours_ago: float, is_due: bool
) -> None:
    found = schedule.due(source(every=every), attempted(hours_ago), NOW)
    assert found == (["feed"] if is_due else [])


def test_a_source_that_was_never_asked_is_due() -> None:
    assert schedule.due(source(), {}, NOW) == ["feed"]
    assert schedule.due(source(), {"feed": State(attempted="")}, NOW) == ["feed"]
    assert schedule.due(source(), {"feed": State(attempted="yesterday")}, NOW) == ["feed"]


def test_a_curated_source_is_never_due() -> None:
    assert schedule.due(source(live=False), {}, NOW) == []


@pytest.mark.parametrize(
    ("every", "hours_ago", "is_due"),
    [(24, 0.9, False), (24, 1, True), (0.5, 0.4, False), (0.5, 0.5, True)],
)
def test_a_source_that_failed_is_due_again_within_the_hour(
    every: float, hours_ago: float, is_due: bool
) -> None:
    found = schedule.due(source(every=every), attempted(hours_ago, "TimedOut: no answer"), NOW)
    assert found == (["feed"] if is_due else [])


def test_an_attempt_in_the_future_counts_as_due() -> None:
    assert schedule.due(source(), attempted(-48), NOW) == ["feed"]
    assert schedule.next_due(source()["feed"], attempted(-48)["feed"], NOW) == NOW


def test_the_next_turn_is_told() -> None:
    later = schedule.next_due(source(every=6)["feed"], attempted(2)["feed"], NOW)
    assert later == NOW + timedelta(hours=4)


def test_every_live_source_of_the_catalogue_is_due_on_a_new_machine() -> None:
    sources = catalog.load(paths.shipped() / "catalog").sources
    live = {source.id for source in sources.values() if source.live}
    assert {"ecb", "cbr", "comtrade"} <= live
    assert set(schedule.due(sources, {}, NOW)) == live


def test_a_source_that_needs_a_key_is_asked_only_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    connectors: dict[str, Any] = {
        "open": SimpleNamespace(ACCESS=Access("http://a")),
        "guardian": SimpleNamespace(ACCESS=Access("http://b", key_needed=True)),
    }
    monkeypatch.delenv("AMUR_GUARDIAN_KEY", raising=False)
    assert schedule.answering(connectors) == ["open"]
    monkeypatch.setenv("AMUR_GUARDIAN_KEY", "k")
    assert schedule.answering(connectors) == ["open", "guardian"]


def test_a_cron_line_has_five_fields_and_whole_addresses() -> None:
    text = schedule.unit_text("cron", COMMAND, DATA)
    [line] = text.splitlines()
    assert line.split()[:5] == ["*/15", "*", "*", "*", "*"]
    # cron turns every bare % into a line break
    assert "%" not in line.replace(r"\%", "")
    words = shlex.split(line.split(maxsplit=5)[5].replace(r"\%", "%"))
    assert words == [
        *["mkdir", "-p", f"{DATA}/runs", "&&", f"AMUR_DATA={DATA}", *COMMAND],
        *[">", f"{DATA}/runs/cron.log", "2>&1"],
    ]


def test_a_cron_line_runs_and_keeps_what_the_last_run_said(tmp_path: Path) -> None:
    command = tmp_path / "a command"
    command.write_text('#!/bin/sh\necho "$AMUR_DATA $1"\n', encoding="utf-8")
    command.chmod(0o755)
    data = tmp_path / "its data"
    line = schedule.unit_text("cron", [str(command), "due"], data).split(maxsplit=5)[5]
    for _ in range(2):
        subprocess.run(["/bin/sh", "-c", line], check=True, timeout=20, env={"PATH": "/bin"})
    assert (data / "runs" / "cron.log").read_text() == f"{data} due\n"


def test_the_command_is_a_whole_address_that_is_there() -> None:
    command = schedule.command()
    assert Path(command[0]).is_absolute()
    assert Path(command[0]).is_file()
    assert command[-1] == "due"


def units(text: str) -> dict[str, str]:
    """Return the two files of one text by the names that its comments give."""
    found: dict[str, str] = {}
    for line in text.splitlines(keepends=True):
        if line.startswith("# ~/.config/systemd/user/"):
            name = line.strip().rsplit("/", 1)[-1]
            found[name] = ""
        found[name] += line
    return found


def test_the_systemd_units_name_data_keys_and_codes() -> None:
    found = units(schedule.unit_text("systemd", COMMAND, DATA))
    assert list(found) == ["amur.service", "amur.timer"]
    service = found["amur.service"].splitlines()
    assert 'Environment="AMUR_DATA=/srv/am ur/100%%"' in service
    assert 'ExecStart="/opt/am ur/bin/amur" "due"' in service
    assert "SuccessExitStatus=1 4" in service
    assert any(line.startswith("EnvironmentFile=-") for line in service)
    assert "OnCalendar=*:0/15" in found["amur.timer"].splitlines()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    text = schedule.unit_text("systemd", schedule.command(), DATA)
    for name, content in units(text).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    names = [str(tmp_path / "amur.service"), str(tmp_path / "amur.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *names], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_another_unit_is_unknown() -> None:
    with pytest.raises(UnknownRequest, match="launchd"):
        schedule.unit_text("launchd", COMMAND, DATA)
