"""Builds: published whole or not at all, never lost, never two at once, and pruned."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from etl import build as building
from etl import refresh, warehouse
from etl.errors import Busy, NotBuilt
from etl.paths import ROOT
from etl.warehouse import KEEP, Build
from tests.support import DATA, Ran, Small, observation, run_amur, small

Amur = Callable[..., Ran]


def quiet(stage: str) -> None:
    """Say nothing."""


def test_the_same_inputs_give_the_same_build(build: Build, tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("warehouse", "runs"))
    assert building.build_id(tmp_path / "data") == build.id
    with (tmp_path / "data" / "events.csv").open("a", encoding="utf-8") as handle:
        handle.write("\n")
    assert building.build_id(tmp_path / "data") != build.id


def test_a_file_that_is_no_input_does_not_change_the_build(small_shipped: Small) -> None:
    before = building.build_id(small_shipped.shipped)
    small_shipped.write("notes.txt", "nothing to load")
    assert building.build_id(small_shipped.shipped) == before


def test_two_machines_fill_the_same_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = small(tmp_path)
    tables = []
    monkeypatch.setenv("AMUR_SHIPPED", str(made.shipped))
    for name in ("one", "two"):
        monkeypatch.setenv("AMUR_DATA", str(tmp_path / name))
        refresh.run(quiet)
        with warehouse.connect(warehouse.current()) as con:
            tables.append(con.execute("FROM point ORDER BY ALL").fetchall())
    assert tables[0] == tables[1]
    assert tables[0]


def test_a_refresh_without_news_publishes_nothing(small_shipped: Small) -> None:
    first = refresh.run(quiet)
    before = small_shipped.published()
    stamps = {path: path.stat().st_mtime_ns for path in warehouse.current().path.parent.iterdir()}
    again = refresh.run(quiet)
    assert (first.published, again.published) == (True, False)
    assert again.build_id == first.build_id
    assert {source.status for source in again.sources} == {"unchanged"}
    assert small_shipped.published() == before
    kept = [path for path in stamps if path.suffix == ".duckdb" or path.name == "CURRENT"]
    assert all(path.stat().st_mtime_ns == stamps[path] for path in kept)


def test_a_refresh_counts_what_is_new_and_what_is_revised(small_shipped: Small) -> None:
    refresh.run(quiet)
    june = {"period_start": "2024-06-01", "period_end": "2024-06-30", "published": "2024-07-10"}
    later = {"value": "19.9", "published": "2024-09-01", "url": "https://tass.com/economy/2"}
    small_shipped.observations(observation(), observation(**later), observation(value="20", **june))
    [tass] = refresh.run(quiet).sources
    assert (tass.source, tass.status) == ("tass", "ok")
    assert (tass.observations_new, tass.observations_revised) == (2, 1)


def test_an_observation_that_vanished_is_told(small_shipped: Small) -> None:
    small_shipped.observations(observation(), observation(counter="kpler", value="20"))
    refresh.run(quiet)
    small_shipped.observations(observation())
    found = [c for c in refresh.run(quiet).checks if c["check"] == "observations that vanished"]
    assert [(c["severity"], c["passed"]) for c in found] == [("warning", False)]
    assert "20 USD bn of TASS" in str(found[0]["detail"])


def test_a_refresh_killed_midway_keeps_the_last_build(build: Build, tmp_path: Path) -> None:
    """Kill builds of the shipped data when they start and ever later while they are written."""
    made = small(tmp_path)
    shutil.copytree(DATA / "observations", made.shipped / "observations", dirs_exist_ok=True)
    environment = {"AMUR_SHIPPED": str(made.shipped), "AMUR_DATA": str(made.data)}
    folder = made.data / "warehouse"
    folder.mkdir(parents=True)
    shutil.copy(build.path, folder)
    (folder / "CURRENT").write_text(f"{build.path.name}\n", encoding="utf-8")
    before = made.published()
    for pause in (None, 0.0, 0.3, 0.6):
        for left in [*folder.glob("*.part*"), folder / "refresh.holder"]:
            left.unlink(missing_ok=True)
        begun = "refresh.holder" if pause is None else "*.part"
        process = start_refresh(environment)
        wait_for(lambda begun=begun: any(folder.glob(begun)))
        time.sleep(pause or 0.0)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        assert made.published() == before
    assert run_amur("status", **environment).code == 0
    done = run_amur("refresh", "--offline", "--json", **environment)
    assert done.code == 0
    assert done.json["published"]
    assert not list(folder.glob("*.part*"))
    assert (folder / "CURRENT").read_text(encoding="utf-8").split(".")[0] == done.json["build_id"]


def start_refresh(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a refresh as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", "refresh", "--offline"],
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.DEVNULL,
    )


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert happened()


def test_the_next_run_cleans_up_what_a_killed_one_left(small_shipped: Small, amur: Amur) -> None:
    folder = small_shipped.data / "warehouse"
    folder.mkdir(parents=True)
    left = [folder / name for name in ("aa.duckdb.part", "aa.duckdb.part.wal", "CURRENT.tmp")]
    for path in left:
        path.write_bytes(b"half a build")
    assert amur("refresh", "--offline").code == 0
    assert not any(path.exists() for path in left)


def test_a_second_refresh_at_the_same_time_is_busy(small_shipped: Small, amur: Amur) -> None:
    folder = small_shipped.data / "warehouse"
    folder.mkdir(parents=True)
    with FileLock(folder / "refresh.lock"):
        (folder / "refresh.holder").write_text("process 1 since yesterday", encoding="utf-8")
        done = amur("refresh", "--offline", "--json")
        assert done.code == 4
        assert "process 1 since yesterday" in done.err
        with pytest.raises(Busy):
            refresh.run(quiet)
        assert small_shipped.published() == {}
    assert amur("refresh", "--offline").code == 0


@pytest.mark.parametrize("content", [b"garbage" * 9000, b"", b"\xff\xfe"], ids=["junk", "", "bom"])
def test_a_corrupt_current_build_is_told_and_built_over(
    small_shipped: Small, amur: Amur, content: bytes
) -> None:
    folder = small_shipped.data / "warehouse"
    folder.mkdir(parents=True)
    (folder / "0000000000000000.duckdb").write_bytes(content)
    (folder / "CURRENT").write_text("0000000000000000.duckdb\n", encoding="utf-8")
    told = amur("series", "trade_total")
    assert told.code == 2
    assert "amur refresh --offline" in told.err
    assert amur("refresh", "--offline").code == 0
    assert amur("series", "trade_total").code == 0


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"gone.duckdb\n", b"../../etc/passwd"])
def test_a_corrupt_pointer_is_told_and_built_over(
    small_shipped: Small, amur: Amur, content: bytes
) -> None:
    folder = small_shipped.data / "warehouse"
    folder.mkdir(parents=True)
    (folder / "CURRENT").write_bytes(content)
    told = amur("status")
    assert told.code == 2
    assert "amur refresh --offline" in told.err
    assert amur("refresh", "--offline").code == 0
    assert amur("series", "trade_total").code == 0


def test_a_build_of_another_version_is_told_and_built_over(
    small_shipped: Small, amur: Amur
) -> None:
    folder = small_shipped.data / "warehouse"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "old.duckdb")) as con:
        con.execute("CREATE TABLE meta (key VARCHAR, value VARCHAR)")
        con.execute("INSERT INTO meta VALUES ('build_id', 'old'), ('built', '2020-01-01')")
    (folder / "CURRENT").write_text("old.duckdb\n", encoding="utf-8")
    for command in (["series", "trade_total"], ["status"], ["indicators"]):
        told = amur(*command)
        assert told.code == 2
        assert "amur refresh --offline" in told.err
    assert amur("refresh", "--offline").code == 0
    assert amur("series", "trade_total").code == 0


@pytest.mark.parametrize("spot", ["data", "data/warehouse", "data/runs"])
def test_a_folder_that_is_a_file_gives_a_sentence(
    small_shipped: Small, amur: Amur, spot: str
) -> None:
    path = small_shipped.data.parent / spot
    path.parent.mkdir(exist_ok=True)
    path.write_text("in the way", encoding="utf-8")
    done = amur("refresh", "--offline")
    assert done.code in (2, 3)
    assert "AMUR_DATA" in done.err


def test_a_folder_that_cannot_be_written_gives_a_sentence(small_shipped: Small, amur: Amur) -> None:
    """A folder where the lock file should be: nobody can write there, not even root."""
    (small_shipped.data / "warehouse" / "refresh.lock").mkdir(parents=True)
    done = amur("refresh", "--offline")
    assert done.code in (2, 3)
    assert "AMUR_DATA" in done.err


@pytest.mark.parametrize("command", [["status"], ["indicators"], ["series", "trade_total"]])
def test_without_a_build_every_command_says_what_to_do(
    small_shipped: Small, amur: Amur, command: list[str]
) -> None:
    done = amur(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err == "amur: No build has been published yet; run `amur refresh --offline`.\n"
    assert not small_shipped.data.exists()


def test_builds_are_pruned_to_a_few_and_the_current_one_stays(small_shipped: Small) -> None:
    made = []
    for number in range(KEEP + 1):
        small_shipped.observations(observation(value=str(20 + number)))
        made.append(refresh.run(quiet).build_id)
        assert warehouse.current().id == made[-1]
    kept = {path.stem for path in (small_shipped.data / "warehouse").glob("*.duckdb")}
    assert kept == set(made[-KEEP:])
    with pytest.raises(NotBuilt, match=str(made[0])):
        warehouse.find(made[0])


def test_pruning_spares_the_current_build_however_old(small_shipped: Small) -> None:
    refresh.run(quiet)
    current = warehouse.current()
    os.utime(current.path, (0, 0))
    for number in range(KEEP + 2):
        shutil.copy(current.path, current.path.with_name(f"newer{number}.duckdb"))
    warehouse.tidy()
    assert current.path.exists()
    assert len(list(current.path.parent.glob("*.duckdb"))) == KEEP


def test_what_was_drawn_of_a_build_goes_with_it(small_shipped: Small) -> None:
    refresh.run(quiet)
    kept = warehouse.current().path.with_suffix(".first")
    gone = kept.with_name("0123456789abcdef.first")
    for folder in (kept, gone):
        folder.mkdir()
        (folder / "trade.png").write_bytes(b"drawn")
    warehouse.tidy()
    assert (kept.exists(), gone.exists()) == (True, False)


def test_a_reader_keeps_reading_while_builds_are_published(small_shipped: Small) -> None:
    small_shipped.observations(observation(value="20"))
    refresh.run(quiet)
    faults: list[Exception] = []
    seen: list[float] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with warehouse.connect(warehouse.current()) as con:
                    [(value,)] = con.execute(
                        "SELECT value FROM point WHERE unit = 'USD bn' AND method = 'reported'"
                    ).fetchall()
                    seen.append(value)
                time.sleep(0.005)
            except (NotBuilt, duckdb.Error, ValueError) as error:
                faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(21, 24):
            small_shipped.observations(observation(value=str(number)))
            refresh.run(quiet)
            wait_for(lambda number=number: bool(faults) or (bool(seen) and seen[-1] == number))
    finally:
        done.set()
        reader.join()
    assert faults == []
    assert seen == sorted(seen)
    assert {20, 23} <= set(seen)
