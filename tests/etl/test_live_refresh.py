"""A refresh that asks a live source: incremental, whole, recoverable, and told in the report."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl import refresh, runs, warehouse
from etl.errors import CheckFailed, NotWritable
from etl.exchange import Parsed, Payload, Request
from etl.paths import ROOT
from etl.runs import Report, SourceReport
from etl.store import Shelf
from tests.crash import Bank, storm
from tests.faults import HTML
from tests.server import Asked, Local, Reply, local
from tests.support import Ran, Small, run_amur

Amur = Callable[..., Ran]
NOW = datetime.now(UTC)
EVERY_DAY = (
    "SELECT period_start, unit, value_text FROM observation "
    "WHERE source = 'cbr' AND period_kind = 'day' ORDER BY ALL"
)


def quiet(stage: str) -> None:
    """Say nothing."""


class Steady(Bank):
    """A Bank of Russia whose days grow only when told to."""

    def __call__(self, asked: Asked) -> Reply:
        reply = super().__call__(asked)
        self.days -= 1
        return reply


@pytest.fixture
def bank(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    with local(Steady()) as running:
        for name, value in (("PACE_S", "0"), ("RETRIES", "0"), ("TIMEOUT_S", "2")):
            monkeypatch.setenv(f"AMUR_{name}", value)
        monkeypatch.setenv("AMUR_CBR_URL", running.url)
        yield running


def ask(now: datetime = NOW) -> Report:
    return refresh.run(quiet, now, ask=["cbr"])


def entry(report: Report, source: str = "cbr") -> SourceReport:
    return next(each for each in report.sources if each.source == source)


def held(query: str = EVERY_DAY) -> list[tuple[object, ...]]:
    with warehouse.connect(warehouse.current()) as con:
        return con.execute(query).fetchall()


def test_what_a_source_gives_is_published(bank: Local, small_shipped: Small) -> None:
    report = ask()
    told = entry(report)
    assert (told.status, told.fetched, told.error) == ("ok", 2, None)
    assert told.observations_new == len(held()) + 2, "81 days and a month's mean of both currencies"
    assert report.published
    assert report.exit_code == 0
    assert len(list(small_shipped.data.glob("observations/cbr/*.parquet"))) == 2
    assert len([p for p in small_shipped.data.glob("raw/cbr/*") if p.suffix != ".json"]) == 2


def test_unchanged_bytes_are_not_parsed_and_nothing_is_published(
    bank: Local, small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    before = small_shipped.published()

    def parse(payload: object) -> None:
        raise AssertionError("unchanged bytes were parsed")

    monkeypatch.setattr("etl.sources.cbr.parse", parse)
    again = ask()
    assert entry(again).status in ("unchanged", "stale")
    assert not again.published
    assert small_shipped.published() == before


def test_an_etag_is_sent_back(bank: Local) -> None:
    plain = bank.answers

    def answers(asked: Asked) -> Reply:
        fresh = asked.headers.get("if-none-match") == '"1"'
        full = replace(plain(asked), headers={"ETag": '"1"'})
        return Reply(b"", 304) if fresh else full

    bank.answers = answers
    ask()
    ask()
    assert [asked.headers.get("if-none-match") for asked in bank.asked] == [
        None,
        None,
        '"1"',
        '"1"',
    ]


def test_new_days_are_added_and_the_old_stay(bank: Local) -> None:
    ask()
    before = held()
    bank.answers.days += 5  # type: ignore[attr-defined]
    told = entry(ask())
    assert (told.status, told.observations_new) == ("ok", 10)
    assert set(before) < set(held())


def test_a_restated_figure_is_a_new_vintage_and_both_are_kept(bank: Local) -> None:
    ask()
    plain = bank.answers
    bank.answers = lambda asked: replace(
        plain(asked), body=plain(asked).body.replace(b"<Value>80,1000<", b"<Value>80,2000<")
    )
    told = entry(ask(NOW + timedelta(days=3)))
    assert (told.observations_new, told.observations_revised) == (2, 2), "the day and its month"
    values = held(
        "SELECT value_text, published::VARCHAR FROM observation "
        "WHERE unit = 'RUB/USD' AND period_kind = 'day' AND period_start = DATE '2023-12-01' "
        "ORDER BY published"
    )
    retrieved = datetime.now(UTC).date().isoformat()
    assert values == [("80.1000", "2023-12-02"), ("80.2000", retrieved)]


def test_a_source_that_goes_back_to_its_old_figure_is_a_third_vintage(bank: Local) -> None:
    plain = bank.answers
    ask()
    bank.answers = lambda asked: replace(
        plain(asked), body=plain(asked).body.replace(b"<Value>80,1000<", b"<Value>80,2000<")
    )
    ask(NOW + timedelta(days=3))
    bank.answers = plain
    assert entry(ask(NOW + timedelta(days=6))).observations_revised == 2
    [(value,)] = held(
        "SELECT p.value FROM point p WHERE unit = 'RUB/USD' AND period_kind = 'day' "
        "AND period_start = DATE '2023-12-01' AND known_to = DATE '9999-12-31'"
    )
    assert value == 80.1


def test_a_failed_source_keeps_what_it_gave_and_the_command_exits_1(
    bank: Local, amur: Amur
) -> None:
    ask()
    before = held()
    bank.answers = lambda asked: Reply(HTML, kind="text/html")
    done = amur("refresh", "--source", "cbr", "--json")
    assert done.code == 1
    [told] = [each for each in done.json["sources"] if each["source"] == "cbr"]
    assert told["status"] == "failed"
    assert "NotTheData: a web page came in place of xml" in told["error"]
    assert bank.url in told["error"]
    assert held() == before


def test_a_source_that_fails_turns_stale_by_its_own_calendar(
    bank: Local, small_shipped: Small, amur: Amur
) -> None:
    ask()
    bank.answers = lambda asked: Reply(b"", 500)
    assert entry(ask()).status == "failed"
    done = amur("status", "--json")
    [row] = [row for row in done.json["sources"] if row["source"] == "cbr"]
    assert done.code == 1
    assert row["stale"]
    assert row["next_expected"] == "2024-01-24", "14 days after the newest day"
    assert "ServerFailed" in row["error"]


def test_the_other_sources_go_on_when_one_fails(
    bank: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_ECB_URL", "http://127.0.0.1:9")
    report = refresh.run(quiet, NOW, ask=["cbr", "ecb"])
    assert entry(report).status == "ok"
    assert entry(report, "ecb").status == "failed"
    assert "Unreachable" in str(entry(report, "ecb").error)
    assert report.published
    assert report.exit_code == 1


def ecb(asked: Asked) -> Reply:
    head = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE"
    rows = [
        f"K,M,{name},EUR,SP00,A,2024-05,{rate}" for name, rate in (("USD", 1.08), ("CNY", 7.82))
    ]
    return Reply("\n".join([head, *rows, ""]).encode(), kind="text/csv")


def test_what_no_build_can_hold_is_put_aside_and_the_others_are_published(
    bank: Local, small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    def demand(con: duckdb.DuckDBPyConnection) -> None:
        if con.execute("FROM observation WHERE file LIKE 'cbr/%'").fetchall():
            raise CheckFailed("bounds: absurd")

    monkeypatch.setattr("etl.checks.demand", demand)
    with local(ecb) as other:
        monkeypatch.setenv("AMUR_ECB_URL", other.url)
        report = refresh.run(quiet, NOW, ask=["cbr", "ecb"])
    assert report.published
    assert entry(report).status == "failed"
    assert "put aside: bounds: absurd" in str(entry(report).error)
    assert entry(report, "ecb").status == "ok"
    assert len(list(small_shipped.data.glob("observations/cbr/rejected/*.parquet"))) == 2
    assert not list(small_shipped.data.glob("observations/cbr/*.parquet"))
    assert held() == []
    monkeypatch.undo()
    monkeypatch.setenv("AMUR_SHIPPED", str(small_shipped.shipped))
    monkeypatch.setenv("AMUR_DATA", str(small_shipped.data))
    monkeypatch.setenv("AMUR_CBR_URL", bank.url)
    assert entry(ask()).status == "ok", "what was put aside is asked for again"


def test_a_feed_that_only_changes_its_stamp_publishes_nothing_and_fills_no_disk(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = iter(range(9))

    def feed(asked: Asked) -> Reply:
        item = (
            "<item><title>Russia and China sign a gas contract</title>"
            "<link>https://example.org/gas</link><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>"
            "<description>Gas.</description></item>"
        )
        stamp = f"<lastBuildDate>Mon, 02 Nov 2026 08:00:0{next(stamps)} GMT</lastBuildDate>"
        text = f'<rss version="2.0"><channel><title>T</title>{stamp}{item}</channel></rss>'
        return Reply(text.encode(), kind="text/xml")

    with local(feed) as server:
        monkeypatch.setenv("AMUR_RSS_URL", f"{server.url}/feed.xml")
        reports = [refresh.run(quiet, NOW, ask=["rss"]) for _ in range(4)]
    assert [report.published for report in reports] == [True, False, False, False]
    assert [entry(report, "rss").observations_new for report in reports] == [1, 0, 0, 0]
    assert len(list(small_shipped.data.glob("observations/rss/*.jsonl"))) == 1
    kept = [path for path in small_shipped.data.glob("raw/rss/*") if path.suffix != ".json"]
    assert len(kept) == 2, "the one that landed, and the last"


def test_every_restatement_of_a_model_is_a_vintage(small_shipped: Small) -> None:
    for vintages in (60,):
        shelf = Shelf("crea")
        rows = [
            {
                "source": "crea",
                "indicator": "crea_crude_ru_cn_volume",
                "kind": "actual",
                "period_kind": "month",
                "period_start": f"{2022 + n // 12}-{n % 12 + 1:02}-01",
                "period_end": f"{2022 + n // 12}-{n % 12 + 1:02}-28",
                "bound": "=",
                "unit": "t",
                "status": "estimated",
            }
            for n in range(36)
            if n % 12 == 1 and 2022 + n // 12 != 2024
        ]
        for day in range(vintages):
            moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=day)
            told = [
                row | {"value": str(5_000_000 + day), "published": moment.date().isoformat()}
                for row in rows
            ]
            path = shelf.landed / f"{day:064}.parquet"
            if not path.exists():
                landed = Payload("crea", Request("x", "/"), "http://x", path, f"{day:064}", moment)
                shelf.land(landed, Parsed(told))
        refresh.run(quiet)
    assert len(held("SELECT 1 FROM vintage WHERE indicator LIKE 'crea%'")) == 2 * 60


def test_a_clock_set_back_does_not_stop_the_refresh(bank: Local) -> None:
    ask()
    bank.answers.days += 1  # type: ignore[attr-defined]
    report = ask(datetime(2023, 1, 1, tzinfo=UTC))
    assert report.published
    assert runs.last() == json.loads(json.dumps(vars(report), default=vars)), "the last run is last"


def test_a_full_disk_refuses_and_the_next_run_recovers(bank: Local, small_shipped: Small) -> None:
    ask()
    before = small_shipped.published()
    bank.answers.days += 1  # type: ignore[attr-defined]

    def few_bytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

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
    assert ask().published


def test_a_read_only_folder_is_named(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small_shipped.data.mkdir()
    (small_shipped.data / "warehouse").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotWritable, match="set AMUR_DATA to another folder"):
        refresh.run(quiet)
    done = run_amur("refresh", "--offline", AMUR_DATA=str(small_shipped.data))
    assert done.code == 3
    assert "Traceback" not in done.err


def test_a_corrupt_current_build_is_built_over(bank: Local, small_shipped: Small) -> None:
    ask()
    before = held()
    warehouse.current().path.write_bytes(b"rubbish" * 1000)
    assert ask().published
    assert held() == before


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


def test_a_log_line_a_source_and_stage_is_kept(bank: Local, small_shipped: Small) -> None:
    ask()
    [log] = list(small_shipped.data.glob("runs/*.log"))
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    stages = [(line["source"], line["stage"]) for line in lines]
    assert stages == [
        ("cbr", "asking"),
        ("cbr", "fetched"),
        ("cbr", "fetched"),
        ("cbr", "done"),
        ("build", "published"),
    ]
    assert all(line["time"] for line in lines)


def test_progress_says_how_far_a_refresh_is_and_how_it_ended(
    bank: Local, small_shipped: Small
) -> None:
    path = small_shipped.data / "runs" / "progress.json"
    seen = []
    plain = bank.answers

    def answers(asked: Asked) -> Reply:
        seen.append(json.loads(path.read_text(encoding="utf-8")))
        return plain(asked)

    bank.answers = answers
    ask()
    assert [each["sources"]["cbr"]["fetched"] for each in seen] == [0, 1]
    assert seen[0]["exit"] is None
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["stage"], told["exit"], told["sources"]["cbr"]["stage"]) == ("done", 0, "done")


def test_refreshes_killed_at_random_lose_nothing_and_readers_see_no_error(tmp_path: Path) -> None:
    """A short run of `make crash`, which kills 200 with 8 readers."""
    result = storm(kills=5, readers=3, folder=tmp_path)
    assert (result.errors, result.lost) == ([], 0)
    assert result.kills == 5
    assert result.reads > 20
    assert result.builds
