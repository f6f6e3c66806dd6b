"""The lake survives kills, torn files, full disks and two writers."""

import json
import os
import random
import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from etl.errors import NotWritable
from etl.flows import add, compact, lake, manifest
from etl.flows.manifest import LakeBroken
from tests import crash_flows, large_flows
from tests.flows import tables
from tests.flows.conftest import Ask, Take
from tests.support import run_amur


def test_no_kill_tears_the_lake(tmp_path: Path) -> None:
    result = crash_flows.storm(kills=4, readers=1, folder=tmp_path, chance=random.Random(7))
    assert result.errors == []
    assert result.lost == 0
    assert result.reads > 10


def test_a_killed_reading_of_a_large_table_goes_on_within_its_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_DATA", str(tmp_path / "data"))
    made = large_flows.run(60, 448, tmp_path)
    assert made.same
    assert made.peak_mb <= 448
    assert made.kept * 2 >= made.pieces


def test_a_torn_manifest_is_told_and_never_guessed(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    path = home / "data/flows/MANIFEST.json"
    whole = path.read_text()
    for torn in (whole[: len(whole) // 2], whole.replace('"rows": 1', '"rows": 2', 1), "[]"):
        path.write_text(torn)
        with pytest.raises(LakeBroken, match="cannot be read"):
            manifest.read()
    path.write_text(whole)
    assert manifest.read().rows("rows") == 1


def test_a_changed_file_is_found_by_its_checksum(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    (path,) = (home / "data/flows/data").glob("*/rows-*.parquet")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    ran = run_amur("flows", "status", "--verify", "--json", AMUR_DATA=str(home / "data"))
    assert ran.code == 1
    assert ran.json["broken"][0]["what"] == "does not have the checksum of the manifest"


def test_one_writer_at_a_time(home: Path, take: Take) -> None:
    path = tables.write(home, "a.csv", tables.new())
    with manifest.writing():
        ran = run_amur("flows", "add", str(path), AMUR_DATA=str(home / "data"))
    assert ran.code == 4
    assert "Another process is writing" in ran.err


def test_what_a_killed_writer_left_is_cleared_by_the_next(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    left = home / "data/flows/data/000099-killed"
    left.mkdir()
    (left / "rows-00000.parquet").write_bytes(b"half")
    take(tables.write(home, "b.csv", tables.new({"hs": "8541"})))
    assert not left.exists()
    assert manifest.verify(manifest.read()) == []


def test_a_lake_that_was_copied_and_restored_is_whole(
    home: Path, take: Take, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(tables.write(home, "a.csv", tables.new({"hs": "8541", "value": "7"})))
    before = ask("hs, value")
    shutil.copytree(home / "data/flows", home / "restored/flows")
    monkeypatch.setenv("AMUR_DATA", str(home / "restored"))
    assert manifest.verify(manifest.read()) == []
    assert ask("hs, value") == before == [("8541", 7.0)]


def test_what_a_compaction_replaced_answers_the_questions_of_the_moment(
    home: Path, take: Take
) -> None:
    for code in ("8541", "8542"):
        take(tables.write(home, f"{code}.csv", tables.new({"hs": code})))
    before = manifest.read()
    assert compact.compact(lambda done, total: None)
    take(tables.write(home, "c.csv", tables.new({"hs": "8703"})))
    with lake.asking(before) as con:
        assert con.execute("SELECT count(*) FROM flow_row").fetchall() == [(2,)]
    folders = [manifest.data() / segment.id for segment in before.segments]
    for folder in folders:
        os.utime(folder / manifest.REPLACED, (1, 1))
    take(tables.write(home, "d.csv", tables.new({"hs": "8704"})))
    assert not any(folder.exists() for folder in folders)
    assert manifest.read().rows("rows") == 4


def test_a_reading_that_nobody_took_up_again_is_given_up(home: Path, take: Take) -> None:
    old, new = (home / "data/flows/incoming" / name for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "began").write_text("2024-01-01")
    os.utime(old, (1, 1))
    take(tables.write(home, "a.csv", tables.new()))
    assert not old.exists()
    assert new.exists()


def test_a_full_disk_leaves_the_lake_as_it_was(
    home: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    before = (home / "data/flows/MANIFEST.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tables.write(home, "b.csv", tables.new({"hs": "8541"}))
    with monkeypatch.context() as patch:
        patch.setattr("etl.store.sync", full)
        with pytest.raises(NotWritable, match="No space left"):
            add.add(add.handed([path]), lambda done, total, name: None)
    assert (home / "data/flows/MANIFEST.json").read_bytes() == before


def test_a_question_that_takes_too_long_is_cut_off_with_a_sentence(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    endless = "SELECT count(*) FROM range(10000000000) a, range(1000) b"
    with (
        pytest.raises(lake.TooSlow, match="longer than"),
        lake.asking(lake.held(), seconds=0.2) as con,
    ):
        con.execute(endless).fetchall()


def test_readers_in_many_threads_see_their_own_rows(home: Path, take: Take, ask: Ask) -> None:
    rows = [{"hs": f"{n:06}", "partner": str(p)} for n in range(1, 200) for p in (643, 398)]
    take(tables.write(home, "a.csv", tables.new(*rows)))
    wrong: list[str] = []

    def read(partner: str) -> None:
        for _ in range(20):
            with lake.asking(lake.held(), ["CHN"]) as con:
                found = con.execute(
                    "SELECT DISTINCT partner, count(*) OVER () FROM flow_row WHERE partner = ?",
                    [partner],
                ).fetchall()
            if found != [(partner, 199)]:
                wrong.append(str(found))

    threads = [threading.Thread(target=read, args=(name,)) for name in ("RUS", "KAZ") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_commands_tell_what_was_done(home: Path) -> None:
    data = str(home / "data")
    path = tables.write(home, "a.csv", tables.new({}, {}, {"partner": "97"}))
    empty = run_amur("flows", "add", AMUR_DATA=data)
    assert (empty.code, "refresh --source comtrade" in empty.err) == (2, True)
    ran = run_amur("flows", "add", str(path), "--released", "2024-03-01", "--json", AMUR_DATA=data)
    assert (ran.code, ran.json["rows"], ran.json["repeated"], ran.json["groups"]) == (0, 1, 1, 1)
    told = run_amur("flows", "status", "--json", AMUR_DATA=data).json
    assert told["sources"][0]["source"] == "comtrade"
    assert (told["rows"], told["invented"]) == (1, False)
    bad = run_amur(
        "flows", "add", str(tables.write(home, "b.csv", tables.new({"value": "x"}))), AMUR_DATA=data
    )
    assert bad.code == 2
    assert "b.csv:2: the value «x» is no number" in bad.err
    assert json.loads((home / "data/flows/MANIFEST.json").read_text())["lake"]["generation"] == 1


def test_every_question_remembers_what_the_files_of_the_lake_are(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new()))
    held = lake.held()
    with lake.asking(held) as one, lake.asking(held, as_of=date(2024, 3, 1)) as other:
        for con in (one, other):
            found = con.execute("SELECT current_setting('parquet_metadata_cache')").fetchone()
            assert found == (True,)
