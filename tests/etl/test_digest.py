"""The digest of two builds, the alerts that newest figures set off, and their way to a webhook."""

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from etl import alerts, catalog, digest, log, paths, refresh, warehouse, webhook
from etl.alerts import Alert
from etl.digest import Digest
from etl.errors import CatalogError
from etl.warehouse import Build
from tests.server import Reply as Answered
from tests.server import local
from tests.support import Small, article, month, observation, year

URL = "https://tass.com/economy/2"


def built() -> Build:
    refresh.run(lambda stage: None)
    return warehouse.current()


def dated(first: str, last: str, **changes: str) -> str:
    """Return a row of a period, published the day after it, on a page of its own."""
    page = f"https://tass.com/economy/{first}{last}"
    usual = {"published": "2026-10-01", "url": page}
    return observation(period_start=first, period_end=last, **(usual | changes))


def yearly(number: int, value: str, **changes: str) -> str:
    return dated(*year(number), period_kind="year", value=value, **changes)


def compared(small: Small, before: list[str], after: list[str], **options: Any) -> Digest:
    small.observations(*before)
    first = built()
    small.observations(*after)
    return digest.of(built(), first, options.pop("failed", {}), **options)


def test_a_period_that_had_no_figure_is_new(small_shipped: Small) -> None:
    june = dated(*month("2024-06"), value="20.1", published="2024-07-10")
    told = compared(small_shipped, [observation()], [observation(), june])
    [point] = told.new
    assert (point.indicator, point.period_kind) == ("trade_total", "month")
    assert (point.period_start, point.period_end) == month("2024-06")
    assert (point.value, point.unit, point.source) == (20.1, "USD bn", "tass")
    assert point.published == "2024-07-10"
    assert (told.revised, told.records, told.days, told.alerts) == ([], [], [], [])
    assert told.news


def test_another_value_of_the_same_period_is_revised_with_its_size_and_both_dates(
    small_shipped: Small,
) -> None:
    later = observation(value="19.9", published="2024-09-01", url=URL)
    told = compared(small_shipped, [observation()], [observation(), later])
    assert told.new == []
    [point] = told.revised
    assert (point.old_value, point.value, point.change) == (19.8, 19.9, 0.1)
    assert point.percent == pytest.approx(100 * 0.1 / 19.8)
    assert (point.old_published, point.published) == ("2024-06-10", "2024-09-01")
    assert "19.8 → 19.9 USD bn (+0.1, +0.51 %)" in told.as_markdown()


def test_one_more_digit_of_the_same_figure_is_no_news(small_shipped: Small) -> None:
    finer = observation(value="19.83", published="2024-09-01", url=URL)
    told = compared(small_shipped, [observation()], [observation(), finer])
    assert (told.new, told.revised, told.news) == ([], [], False)
    assert "Nothing is new since build" in told.as_markdown()


def test_a_fall_below_zero_has_the_sign_of_the_change(small_shipped: Small) -> None:
    growth = {"indicator": "trade_total_yoy", "unit": "%", "terms": "USD"}
    old = observation(value="-4.0", **growth)
    new = observation(value="-2.0", published="2024-09-01", url=URL, **growth)
    [point] = compared(small_shipped, [old], [old, new]).revised
    assert (point.change, point.percent) == (2.0, 50.0)


def test_figures_of_single_days_are_counted_only(small_shipped: Small) -> None:
    def day(number: int, value: str) -> str:
        text = f"2024-05-{number:02d}"
        rate = {"indicator": "price_brent_eia", "unit": "USD/bbl", "period_kind": "day"}
        return dated(text, text, value=value, published="2024-06-01", **rate)

    told = compared(
        small_shipped, [day(1, "80.1")], [day(1, "80.7"), day(2, "81.2"), day(3, "82.0")]
    )
    assert (told.new, told.revised) == ([], [])
    [days] = told.days
    assert (days.new, days.revised, days.newest) == (2, 1, "2024-05-03")
    assert told.news


def test_computed_figures_are_counted_apart(small_shipped: Small) -> None:
    before = [yearly(2022, "200.0")]
    told = compared(small_shipped, before, [*before, yearly(2023, "210.0")])
    assert [point.indicator for point in told.new] == ["trade_total"]
    assert told.computed >= 1


@pytest.mark.parametrize(
    ("value", "extreme", "passed"), [("212.0", "highest", 211.0), ("199.0", "lowest", 200.0)]
)
def test_a_newest_figure_beyond_all_others_is_a_record(
    value: str, extreme: str, passed: float, small_shipped: Small
) -> None:
    before = [yearly(2010 + n, f"{200 + n}.0") for n in range(12)]
    told = compared(small_shipped, before, [*before, yearly(2022, value)])
    [record] = told.records
    assert (record.extreme, record.passed, record.points) == (extreme, passed, 13)
    assert f"the {extreme} of 13, before it {passed:g}" in told.as_markdown()


@pytest.mark.parametrize(
    ("first", "number", "value"), [(2012, 2022, "250.0"), (2010, 2022, "205.5"), (2010, 2009, "9")]
)
def test_a_short_line_a_usual_figure_or_an_old_period_is_no_record(
    first: int, number: int, value: str, small_shipped: Small
) -> None:
    before = [yearly(n, f"{200 + n - 2010}.0") for n in range(first, 2022)]
    told = compared(small_shipped, before, [*before, yearly(number, value)])
    assert [point.value for point in told.new] == [float(value)]
    assert told.records == []


def test_new_articles_and_failed_sources_are_told(small_shipped: Small) -> None:
    first = built()
    small_shipped.articles(article())
    told = digest.of(built(), first, {"ecb": "TimedOut: no answer within 60 s"})
    assert told.articles_new == 1
    shown = told.as_markdown()
    assert "1 new articles" in shown
    assert "- ecb: TimedOut: no answer within 60 s" in shown


def test_without_a_build_to_compare_with_points_are_counted(small_shipped: Small) -> None:
    told = digest.of(built(), None, {})
    assert (told.previous_id, told.new, told.points) == ("", [], 1)
    assert "no build to compare with; this one holds 1 figures" in told.as_markdown()


def test_a_build_of_another_version_is_nothing_to_compare_with(
    small_shipped: Small, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.duckdb"
    strange.write_bytes(b"no database at all" * 1000)
    told = digest.of(built(), Build("strange", strange), {})
    assert (told.previous_id, told.points) == ("", 1)


def test_the_same_build_twice_has_no_news_but_failures(small_shipped: Small) -> None:
    build = built()
    assert not digest.of(build, build, {}).news
    assert digest.of(build, build, {"cbr": "Unreachable: there is no connection"}).news


def test_long_lists_are_cut_for_people_and_whole_as_json(small_shipped: Small) -> None:
    rows = [yearly(1970 + n, f"{100 + n}.0") for n in range(50)]
    told = compared(small_shipped, [observation()], [observation(), *rows])
    shown = told.as_markdown()
    assert "- and 10 more" in shown
    assert shown.partition("## New")[2].count("\n- ") == 41
    whole = json.loads(told.as_json())
    assert len(whole["new"]) == 50
    assert whole["build_id"] == told.build_id
    newest = next(point for point in whole["new"] if point["period_start"] == "2019-01-01")
    assert newest["value"] == 149.0
    assert {"indicator", "period_end", "unit", "source", "published"} <= set(newest)


def rule(small: Small, **changes: object) -> list[Alert]:
    """Write one alert, but for the changes, and load it."""
    usual = {
        "id": "a",
        "indicator": "trade_total",
        "period_kind": "year",
        "unit": "USD bn",
        "text": "Trade.",
        "above": 220,
    }
    entry = {key: value for key, value in (usual | changes).items() if value is not None}
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    small.write("catalog/alerts.toml", "\n".join(["[[alert]]", *lines, ""]))
    folder = small.shipped / "catalog"
    return alerts.load(folder, catalog.load(folder))


NOT_ABOVE = {"above": None}


NEWEST = {
    "indicator": "trade_total",
    "period_kind": "year",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "unit": "USD bn",
    "value": 220.0,
    "change_pct": 10.0,
    "source": "tass",
    "published": "2024-01-12",
}


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({"above": 219.9}, "above 219.9 USD bn"),
        ({"above": 220}, None),
        ({"above": 219_900, "unit": "USD million"}, "above 219900 USD million"),
        ({**NOT_ABOVE, "below": 220.1}, "below 220.1 USD bn"),
        ({**NOT_ABOVE, "below": 220}, None),
        ({**NOT_ABOVE, "change_pct_above": 9.9}, "change on the year above +9.9 %"),
        ({**NOT_ABOVE, "change_pct_above": 10.1}, None),
        ({**NOT_ABOVE, "change_pct_below": 10.1}, "change on the year below +10.1 %"),
        ({"above": 1, "period_kind": "month"}, None),
        ({"above": 1, "indicator": "exports_cn_to_ru"}, None),
        ({"above": 1, "unit": "CNY bn"}, None),
    ],
)
def test_a_threshold_that_the_newest_figure_crosses_is_told(
    changes: dict[str, object], condition: str | None, small_shipped: Small
) -> None:
    told = alerts.fired(rule(small_shipped, **changes), [NEWEST])
    assert [fired.condition for fired in told] == ([condition] if condition else [])
    if told:
        assert (told[0].source, told[0].period_start) == ("tass", "2023-01-01")
        assert told[0].value == (220_000 if told[0].unit == "USD million" else 220)


def test_an_alert_is_told_once_with_its_change_on_the_year(small_shipped: Small) -> None:
    rules = rule(small_shipped, above=None, change_pct_above=9)
    before = [yearly(2022, "200.0")]
    first = compared(small_shipped, before, [*before, yearly(2023, "220.0")], rules=rules)
    [fired] = first.alerts
    assert (fired.value, fired.change_pct, fired.source) == (220.0, 10.0, "tass")
    assert "**Trade.** trade_total, 2023: 220 USD bn" in first.as_markdown()
    # an older period that comes later is no newest figure
    before = [*before, yearly(2023, "220.0")]
    second = compared(small_shipped, before, [*before, yearly(2020, "180.0")], rules=rules)
    assert [point.value for point in second.new] == [180.0]
    assert second.alerts == []


def test_a_change_without_a_figure_of_the_year_before_says_nothing(small_shipped: Small) -> None:
    rules = rule(small_shipped, above=None, change_pct_below=100)
    before = [yearly(2021, "200.0")]
    told = compared(small_shipped, before, [*before, yearly(2023, "220.0")], rules=rules)
    assert [point.value for point in told.new] == [220.0]
    assert told.alerts == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"indicator": "trade_sum"}, "'trade_sum'"),
        ({"unit": "furlong"}, "'furlong'"),
        ({"unit": "Mt"}, "does not fit trade_total"),
        ({"period_kind": "week"}, "'week'"),
        ({"above": None}, "no threshold"),
        ({"above": "much"}, "'much'"),
        ({"above": True}, "True"),
        ({"above": 10, "below": 20}, "always fire"),
        ({"text": None}, "text is missing"),
        ({"colour": "red"}, "'colour'"),
    ],
)
def test_an_alert_that_cannot_be_is_named(
    changes: dict[str, object], named: str, small_shipped: Small
) -> None:
    with pytest.raises(CatalogError, match=r"alerts\.toml: alert 'a'") as caught:
        rule(small_shipped, **changes)
    assert named in str(caught.value)


def test_the_shipped_alerts_hold_together() -> None:
    folder = paths.shipped() / "catalog"
    assert len(alerts.load(folder, catalog.load(folder))) >= 5


@contextmanager
def taking(statuses: list[int]) -> Iterator[tuple[str, list[bytes]]]:
    """Run a server that answers posts with these statuses in turn, the last one from then on."""
    taken: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(statuses[min(len(taken), len(statuses)) - 1])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", taken
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return what points AMUR_ALERT_URL at an address, and gives a digest to send."""
    monkeypatch.setenv("AMUR_DATA", str(tmp_path))
    monkeypatch.setenv("AMUR_PACE_S", "0")
    monkeypatch.setenv("AMUR_TIMEOUT_S", "0.3")
    (tmp_path / "runs").mkdir()
    file = tmp_path / "runs" / "20261124T000000000000.digest.json"
    file.write_text('{"build_id": "é"}', encoding="utf-8")

    def point(url: str) -> Path:
        monkeypatch.setenv("AMUR_ALERT_URL", url)
        return file

    return point


def delivered(file: Path) -> tuple[bool, dict[str, Any]]:
    """Deliver within this process; return whether it was taken and what was logged."""
    written = file.parent / "webhook.log"
    with log.to(written):
        done = webhook.deliver(file)
    lines = written.read_text(encoding="utf-8").splitlines()
    return done, json.loads(lines[-1])


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)
    return condition()


def test_a_digest_is_sent_by_a_process_that_nobody_waits_for(hook: Callable[[str], Path]) -> None:
    with local(lambda asked: Answered()) as server:
        file = hook(f"{server.url}/in?token=secret-of-mine")
        begun = time.monotonic()
        assert webhook.send(file)
        assert time.monotonic() - begun < 1
        assert wait_for(lambda: bool(server.asked))
        assert json.loads(server.asked[0].query["body"]) == {"build_id": "é"}
        assert server.asked[0].headers["content-type"] == "application/json"
        written = file.parent / "webhook.log"
        assert wait_for(lambda: written.exists() and '"sent"' in written.read_text())
        assert "secret-of-mine" not in written.read_text()


def test_without_an_address_nothing_is_sent(
    hook: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = hook("")
    assert not webhook.send(file)
    monkeypatch.delenv("AMUR_ALERT_URL")
    assert not webhook.send(file)


def test_a_server_that_hangs_delays_nobody(hook: Callable[[str], Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        file = hook(f"http://127.0.0.1:{listening.getsockname()[1]}/secret-path?token=secret")
        begun = time.monotonic()
        assert webhook.send(file)
        assert time.monotonic() - begun < 1
        written = file.parent / "webhook.log"
        assert wait_for(lambda: written.exists() and '"failed"' in written.read_text())
    told = json.loads(written.read_text())
    assert "TimedOut" in told["error"]
    assert told["tries"] == 3
    assert "secret" not in written.read_text()


def test_a_server_in_trouble_is_tried_again(hook: Callable[[str], Path]) -> None:
    with taking([500, 503, 204]) as (url, taken):
        done, told = delivered(hook(url))
    assert (done, len(taken), told["tries"]) == (True, 3, 3)


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (404, 1), (302, 1)])
def test_a_server_that_does_not_take_it_is_told(
    status: int, tries: int, hook: Callable[[str], Path]
) -> None:
    with taking([status]) as (url, taken):
        done, told = delivered(hook(f"{url}/hook?key=secret"))
    assert (done, len(taken), told["tries"]) == (False, tries, tries)
    assert told["error"] == f"the server answered {status}"
    assert (told["host"], "secret" in json.dumps(told)) == ("127.0.0.1", False)


@pytest.mark.parametrize("url", ["ftp://example.org/secret", "secret", "http://", "http://[secret"])
def test_an_address_that_is_none_is_told_and_raises_nothing(
    url: str, hook: Callable[[str], Path]
) -> None:
    done, told = delivered(hook(url))
    assert not done
    assert told["stage"] == "failed"
    assert "secret" not in json.dumps(told)
    assert os.environ["AMUR_ALERT_URL"] == url
