"""A refresh that meets a full disk, a wrong clock, a torn file or a kill: nothing is lost."""

import errno
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl import refresh, runs, warehouse
from etl.errors import CheckFailed, NotWritable
from etl.paths import ROOT
from tests.crash import storm
from tests.etl.live import NOW, ask, entry, held, quiet
from tests.server import Local
from tests.support import Small, run_amur


def test_a_clock_set_back_does_not_stop_the_refresh(bank: Local) -> None:
    ask()
    bank.answers.days += 1  # type: ignore[attr-defined]
    report = ask(datetime(2023, 1, 1, tzinfo=UTC))
    assert report.published
    assert runs.last() == json.loads(json.dumps(vars(report), default=vars)), "the last run is last"


@pytest.mark.parametrize("share", [0.01, 0.05, 0.3, 0.95])
def test_a_full_disk_refuses_and_the_next_run_recovers(
    bank: Local, small_shipped: Small, share: float
) -> None:
    """The disk is full at the first file, in the middle of the build, and when it is closed."""
    ask()
    before = small_shipped.published()
    bank.answers.days += 1  # type: ignore[attr-defined]
    room = int(warehouse.current().path.stat().st_size * share)

    def few_bytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "refresh", "--source", "cbr", "--json"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        preexec_fn=few_bytes,
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert small_shipped.published() == before
    assert not list(small_shipped.data.glob("warehouse/*.part*"))
    assert refresh.run(quiet, NOW, ask=["cbr"]).published


def test_a_read_only_folder_is_named(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shipped.data.mkdir()
    (small_shipped.data / "warehouse").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotWritable, match="set AMUR_DATA to another folder"):
        refresh.run(quiet)
    done = run_amur("refresh", "--offline", AMUR_DATA=str(small_shipped.data))
    assert done.code == 3
    assert "Traceback" not in done.err


def rubbish(path: Path) -> None:
    path.write_bytes(b"rubbish" * 1000)


def cut_off(path: Path) -> None:
    """Leave the start of the file: it opens, and says which build it is."""
    path.write_bytes(path.read_bytes()[:-1000])


def one_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) * 2 // 3] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("spoil", [rubbish, cut_off, one_bit])
def test_a_corrupt_current_build_is_built_over(
    bank: Local, small_shipped: Small, spoil: Callable[[Path], None]
) -> None:
    ask()
    before = held()
    spoil(warehouse.current().path)
    assert refresh.run(quiet, NOW).published
    assert held() == before


def test_a_clock_that_is_moved_under_a_running_process_stops_no_source(
    bank: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under libfaketime a sleep of no time fails with «Invalid argument»."""

    def sleep(seconds: float) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("etl.fetch.time.sleep", sleep)
    assert entry(ask()).status == "ok"


def test_a_torn_state_only_asks_again(bank: Local, small_shipped: Small) -> None:
    ask()
    before = held()
    (small_shipped.data / "raw" / "cbr" / "state.json").write_text('{"answers": {"USD"', "utf-8")
    assert entry(ask()).status in ("unchanged", "stale")
    assert held() == before


def test_raw_and_observations_are_the_whole_backup(
    bank: Local, small_shipped: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask()
    before = held()
    for folder in ("raw", "observations"):
        shutil.copytree(small_shipped.data / folder, tmp_path / "restored" / folder)
    monkeypatch.setenv("AMUR_DATA", str(tmp_path / "restored"))
    restored = refresh.run(quiet, NOW)
    assert restored.build_id == first.build_id
    assert held() == before
    asked = len(bank.asked)
    assert not ask().published
    assert len(bank.asked) == asked + 2


def test_observations_that_were_fetched_never_vanish_in_silence(
    bank: Local, small_shipped: Small
) -> None:
    ask()
    before = small_shipped.published()
    shutil.rmtree(small_shipped.data / "observations" / "cbr")
    with pytest.raises(CheckFailed, match="observations that vanished"):
        refresh.run(quiet, NOW)
    assert small_shipped.published() == before


def test_refreshes_killed_at_random_lose_nothing_and_readers_see_no_error(tmp_path: Path) -> None:
    """A short run of `make crash`, which kills 200 with 8 readers."""
    result = storm(kills=5, readers=3, folder=tmp_path, chance=random.Random(7))
    assert (result.errors, result.lost) == ([], 0)
    assert result.kills == 5
    assert result.reads > 20
    assert result.kept
