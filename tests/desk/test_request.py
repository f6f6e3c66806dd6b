"""Refresh now: one process at a time, followed to its end, and told on page Status."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from desk import request
from desk.texts import catalogue
from desk.widgets import runs as widget
from etl import refresh, runs, warehouse
from etl.errors import Busy, NotWritable, SourceFailed, UnknownRequest
from etl.sources import CONNECTORS
from tests.crash import Bank
from tests.desk.test_pages import framed as framed
from tests.desk.test_pages import opened, sound, words
from tests.server import Asked, Local, Reply, local
from tests.support import Small, observation

# a refresh that says when it began, waits for leave to go on, and ends with a code
SLOW = """\
#!/bin/sh
[ -n "$MUTE" ] || cat > "$AMUR_DATA/runs/progress.json" <<END
{{"pid": $$, "started": "{started}", "stage": "asking", "finished": "", "exit": null,
 "sources": {{"cbr": {{"stage": "asking", "fetched": 3, "error": ""}}}}}}
END
echo "amur: Another refresh is running (process 1)."
echo begun >> "$AMUR_DATA/begun"
while [ ! -e "$AMUR_DATA/leave" ]; do sleep 0.05; done
exit 4
"""


@pytest.fixture(autouse=True)
def alone(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test see the processes of another; a process left running is ended by its id."""
    monkeypatch.delenv("AMUR_REFRESH_NOW", raising=False)
    started: list[tuple[subprocess.Popen[bytes], datetime]] = []
    monkeypatch.setattr(request, "_started", started)
    (small_shipped.data / "runs").mkdir(parents=True)
    yield
    for process, _ in started:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=20)


@pytest.fixture
def slow(small_shipped: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """Put a process in the place of the refresh that ends when the file `leave` is there."""
    script = tmp_path / "slow"
    started = datetime.now(UTC).isoformat(timespec="seconds")
    script.write_text(SLOW.format(started=started), encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    return small_shipped


def state() -> str:
    now = request.progress()
    return now.state if now else "none"


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {request.progress()}"
        time.sleep(0.05)


def begun(small: Small) -> int:
    with suppress(FileNotFoundError):
        return len((small.data / "begun").read_text().splitlines())
    return 0


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


def answers(asked: Asked) -> Reply:
    """Answer as the Bank of Russia; every other source is in trouble."""
    return bank(asked) if "VAL_NM_RQ" in asked.query else Reply(b"no", status=500)


bank = Bank()


@pytest.fixture
def standing_in(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    """Let a local server stand in for every live source, on a built desk."""
    for name, value in (("PACE_S", "0"), ("RETRIES", "0"), ("TIMEOUT_S", "5")):
        monkeypatch.setenv(f"AMUR_{name}", value)
    monkeypatch.setenv("AMUR_GUARDIAN_KEY", "")
    refresh.run(lambda stage: None)
    with local(answers) as server:
        for source in CONNECTORS:
            monkeypatch.setenv(f"AMUR_{source.upper()}_URL", server.url)
        yield server


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


@pytest.fixture
def page() -> Iterator[AppTest]:
    """Return page Status, opened."""
    st.cache_data.clear()
    yield sound(opened("status"))
    st.cache_data.clear()


def table(app: AppTest, column: str) -> dict[str, dict[str, Any]]:
    """Return the rows of the table that has this column, by source."""
    found = [shown.value for shown in app.dataframe if column in shown.value.columns]
    assert len(found) == 1, column
    return {str(row["Source"]): row for row in found[0].to_dict("records")}


def test_the_control_starts_a_refresh_and_is_off_while_it_runs(
    standing_in: Local, slow: Small, page: AppTest
) -> None:
    button = page.button(key="refresh_now")
    assert not button.disabled
    app = sound(button.click().run())
    wait_for(lambda: begun(slow) == 1)
    app = sound(app.run())
    assert app.button(key="refresh_now").disabled
    assert "A refresh runs since" in words(app)
    [row] = table(app, "Answers").values()
    assert (row["Stage"], row["Answers"]) == ("asking", 3)
    (slow.data / "leave").touch()
    wait_for(lambda: state() == "killed", 10)
    app = sound(app.run())
    assert not app.button(key="refresh_now").disabled
    assert "was stopped before it ended; nothing was lost" in words(app)


def test_at_the_end_the_page_shows_the_new_build_and_what_failed(
    standing_in: Local, page: AppTest
) -> None:
    before = warehouse.current().id
    app = sound(page.button(key="refresh_now").click().run())
    wait_for(lambda: state() != "running")
    app = sound(app.run())
    after = warehouse.current().id
    assert before != after
    assert any(f"build `{after}`" in caption.value for caption in app.caption)
    assert f"Build {after} on" in words(app)
    assert "published" in words(app)
    rows = table(app, "What happened")
    with warehouse.connect(warehouse.current()) as con:
        named = dict(con.execute("SELECT id, name FROM source").fetchall())
    assert rows[named["cbr"]]["Stage"] == "new figures"
    assert rows[named["cbr"]]["New"] > 0
    assert rows[named["ecb"]]["Stage"] == "failed"
    assert rows[named["ecb"]]["What happened"] == "has trouble of its own"
    assert "500" in rows[named["ecb"]]["Details"]
    assert rows[named["guardian"]]["What happened"] == "needs a key, and none is set"


def test_a_refused_build_is_told_and_the_old_one_stays(
    standing_in: Local, small_shipped: Small, page: AppTest
) -> None:
    before = warehouse.current().id
    small_shipped.write("observations/bad.csv", "no,header\n")
    app = sound(page.button(key="refresh_now").click().run())
    wait_for(lambda: state() != "running")
    app = sound(app.run())
    assert "refused: 1 bad rows" in words(app).replace("\\", "")
    assert warehouse.current().id == before


def test_without_the_control_the_last_run_is_still_told(
    standing_in: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_REFRESH_NOW", "0")
    app = sound(opened("status"))
    assert not [button for button in app.button if button.key == "refresh_now"]
    assert "Build" in words(app)


def test_a_lock_held_by_another_is_told(standing_in: Local, page: AppTest) -> None:
    with refresh._lock(datetime.now(UTC)):
        app = sound(page.button(key="refresh_now").click().run())
        wait_for(lambda: state() != "running")
        app = sound(app.run())
    assert "Another refresh was running" in words(app)


def test_no_cell_of_the_tables_of_the_page_says_none(standing_in: Local, page: AppTest) -> None:
    assert len(page.dataframe) > 5
    assert {shown.proto.placeholder for shown in page.dataframe} == {""}
    for shown in page.dataframe:
        kinds = {str(kind) for kind in shown.value.dtypes}
        assert not any("datetime" in kind for kind in kinds), shown.value.columns


def _kinds(root: type[SourceFailed]) -> set[str]:
    return {root.__name__ for root in root.__subclasses__()}


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_every_failure_of_a_source_has_plain_words(language: str) -> None:
    known = catalogue(language)
    told = {name: widget._plain(f"{name}: what; fix", language) for name in _kinds(SourceFailed)}
    assert len(told) > 10
    assert told == {name: known[f"status_page.failure.{name}"] for name in told}
    assert widget._plain("something else", language) == known["status_page.failure.other"]
    assert widget._plain("", language) == ""


def test_a_report_tells_its_moment_in_words() -> None:
    assert widget._moment(datetime(2026, 11, 24, 2, 57, 1, tzinfo=UTC), "en") == (
        "24 Nov 2026, 02:57 UTC"
    )
    assert runs.last() is None


def test_the_revisions_tell_old_and_new_value_size_source_and_both_days(
    small_shipped: Small,
) -> None:
    url = "https://tass.com/economy/2"
    later = observation(value="20.79", published="2024-09-01", url=url)
    small_shipped.observations(observation(), later)
    refresh.run(lambda stage: None)
    app = sound(opened("status"))
    [shown] = [frame.value for frame in app.dataframe if "published old" in frame.value.columns]
    [row] = shown.to_dict("records")
    assert (row["old value"], row["new value"], row["size percent"]) == (19.8, 20.79, 5.0)
    assert (row["published old"], row["published new"]) == ("2024-06-10", "2024-09-01")
    assert (row["source"], row["unit"], row["url"]) == ("TASS", "USD bn", url)
