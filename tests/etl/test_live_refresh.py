"""A refresh that asks a live source: incremental, whole, and told in the report."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from etl import refresh
from etl.errors import CheckFailed
from etl.exchange import Parsed, Payload, Request
from etl.store import Shelf
from tests.etl.live import NOW, ask, entry, held, quiet
from tests.faults import HTML
from tests.server import Asked, Local, Reply, local
from tests.support import Ran, Small

Amur = Callable[..., Ran]


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
