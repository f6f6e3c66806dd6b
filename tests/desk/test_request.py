"""Refresh now: one process at a time, followed to its end, whatever that is."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk import request
from etl import warehouse
from etl.errors import Busy, NotWritable, UnknownRequest
from tests.desk.refreshes import alone as alone
from tests.desk.refreshes import begun, state, wait_for
from tests.desk.refreshes import slow as slow
from tests.desk.refreshes import standing_in as standing_in
from tests.server import Local
from tests.support import Small


def written(small: Small, **changes: Any) -> None:
    """Write a progress.json of this process, but for the changes."""
    usual = {
        "pid": os.getpid(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "stage": "asking",
        "sources": {"ecb": {"stage": "asking", "fetched": 2, "error": ""}},
        "finished": "",
        "exit": None,
    }
    (small.data / "runs" / "progress.json").write_text(json.dumps(usual | changes))


def test_before_any_refresh_there_is_no_progress() -> None:
    assert request.progress() is None


def test_a_request_starts_one_process_that_nobody_waits_for(slow: Small) -> None:
    since = time.monotonic()
    request.start()
    assert time.monotonic() - since < 1
    assert state() == "running"
    with pytest.raises(Busy, match="running already"):
        request.start()
    wait_for(lambda: begun(slow) > 0)
    now = request.progress()
    assert now is not None
    assert (now.stage, now.sources["cbr"].fetched) == ("asking", 3)
    with pytest.raises(Busy):
        request.start()
    assert begun(slow) == 1


def test_a_process_that_ends_in_the_middle_was_killed_and_another_may_start(slow: Small) -> None:
    request.start()
    wait_for(lambda: begun(slow) == 1)
    process, _ = request._started[0]
    process.kill()
    wait_for(lambda: state() != "running", 10)
    assert state() == "killed"
    request.start()
    wait_for(lambda: begun(slow) == 2)
    assert state() == "running"


def test_a_process_that_never_begins_tells_its_code_and_last_words(
    slow: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTE", "1")
    (slow.data / "leave").touch()
    request.start()
    wait_for(lambda: state() == "broken", 10)
    now = request.progress()
    assert now is not None
    assert (now.exit, now.told) == (4, "Another refresh is running (process 1).")


def test_progress_of_a_process_that_is_gone_or_another_by_now_says_killed(
    small_shipped: Small,
) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(timeout=20)
    written(small_shipped, pid=gone.pid)
    assert state() == "killed"
    # this process began after that refresh: it only carries its number
    long_ago = (datetime.now(UTC) - timedelta(days=30)).isoformat(timespec="seconds")
    written(small_shipped, started=long_ago)
    assert state() == "killed"
    written(small_shipped)
    assert state() == "running"
    written(small_shipped, finished="2026-11-24T03:00:00+00:00", exit=1)
    assert state() == "finished"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"pid": 1}', '{"pid": "x", "started": "y"}']
)
def test_an_unreadable_progress_says_nothing(content: str, small_shipped: Small) -> None:
    (small_shipped.data / "runs" / "progress.json").write_text(content)
    assert request.progress() is None


def test_where_refreshing_is_switched_off_nothing_starts(
    slow: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_REFRESH_NOW", "0")
    assert not request.offered()
    with pytest.raises(UnknownRequest, match="AMUR_REFRESH_NOW"):
        request.start()
    assert begun(slow) == 0


def test_a_folder_that_cannot_be_written_is_told(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_shipped.data / "file").write_text("no folder")
    monkeypatch.setenv("AMUR_DATA", str(small_shipped.data / "file"))
    with pytest.raises(NotWritable):
        request.start()


def test_a_whole_refresh_is_followed_to_its_end(standing_in: Local) -> None:
    before = warehouse.current()
    request.start()
    assert state() == "running"
    wait_for(lambda: state() != "running")
    now = request.progress()
    assert now is not None
    assert (now.state, now.exit) == ("finished", 1)
    assert now.sources["cbr"].stage == "done"
    assert now.sources["ecb"].stage == "failed"
    assert "ServerFailed" in now.sources["ecb"].error
    assert now.sources["guardian"].stage == "skipped"
    assert warehouse.current().id != before.id
    assert standing_in.asked_for("XML_dynamic")
