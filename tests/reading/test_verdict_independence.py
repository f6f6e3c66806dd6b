"""Nothing confirms itself: own pages, relays of one agency story, and remarks of our own."""

import json
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from etl import refresh, verdicts, warehouse
from etl.reading import verdict
from etl.reading.claim import Claim
from etl.reading.facts import Facts, Observed
from etl.reading.judging.independence import page, view
from etl.reading.said import Said
from etl.reading.verdict import judge as judge_said
from etl.warehouse import Build
from tests.reading.conftest import Judge
from tests.support import Row, Small, article, observation


def only(known: Facts, *wanted: tuple[str, str]) -> list[Observed]:
    """Return the figures of an indicator and year of the shipped data."""
    found = [
        seen
        for indicator, year in wanted
        for span, listed in known.spans(indicator).items()
        for seen in listed
        if span == (date(int(year), 1, 1), date(int(year), 12, 31))
    ]
    assert found
    return found


def test_an_articles_own_page_never_stands_in_its_evidence(known: Facts, judge: Judge) -> None:
    for seen in only(known, ("trade_total", "2024"), ("crude_ru_cn_volume", "2023")):
        if not seen.exact:
            continue
        year = str(seen.span.start.year)
        own = {"article_url": seen.url, "publisher": seen.publisher}
        found = judge(
            seen.indicator, seen.value, seen.unit, year, published=str(seen.published), **own
        )
        for each in (*found.then.evidence, *found.now.evidence):
            assert page(each.url) != page(seen.url)


def test_a_figure_that_only_its_own_page_prints_cannot_be_checked(judge: Judge) -> None:
    told = ("energy_ru_cn_value", 68, "USD bn", "2022-01/2022-11")
    own = {"article_url": "https://www.rt.com/business/568674-russia-china-energy-exports-soar/"}
    found = judge(*told, publisher="RT", published="2022-12-23", **own).now
    assert (found.verdict, found.reason) == ("not_checkable", "no_period")
    assert judge(*told, publisher="A Paper", published="2022-12-23").now.verdict == "agrees"


def test_the_way_an_address_is_written_does_not_make_it_another_page(judge: Judge) -> None:
    told = ("energy_ru_cn_value", 68, "USD bn", "2022-01/2022-11")
    address = "http://rt.com/business/568674-russia-china-energy-exports-soar?utm_source=x"
    found = judge(*told, publisher="RT", published="2022-12-23", article_url=address).now
    assert found.reason == "no_period"


def alone(known: Facts, **changes: object) -> Facts:
    """Return facts with one figure of trade in 2024, printed by TASS on 13 January 2025."""
    [seen, *_] = only(known, ("trade_total", "2024"))
    usual = {"wire": "tass", "published": date(2025, 1, 13), "first": date(2025, 1, 13)}
    one = replace(seen, url="https://example.org/relay", **(usual | changes))
    return replace(
        known,
        by_indicator={"trade_total": {seen.span: [one]}},
        starting={},
        ending={},
        today=date(2025, 6, 1),
    )


@pytest.mark.parametrize(
    ("wire", "published", "first", "seen"),
    [
        ("tass", "2025-01-13", "2025-01-13", False),
        ("tass", "2025-01-19", "2025-01-19", False),
        ("TASS; Reuters", "2025-01-19", "2025-01-19", False),
        ("tass", "2025-02-13", "2025-02-13", True),
        ("reuters", "2025-01-13", "2025-01-13", True),
        ("", "2025-01-13", "2025-01-13", True),
        # only the month is known: it may be the same day
        ("tass", "2025-01-31", "2025-01-01", False),
        ("tass", "2025-02-28", "2025-02-01", True),
    ],
)
def test_a_relay_of_the_same_agency_within_a_week_is_the_same_story(
    known: Facts, wire: str, published: str, first: str, seen: bool
) -> None:
    one = alone(known)
    told = Said(
        None,
        "https://example.org/x",
        published=date.fromisoformat(published),
        first=date.fromisoformat(first),
        wire=wire,
    )
    [figure] = [each for spans in one.by_indicator.values() for s in spans.values() for each in s]
    assert view(one, told, None).knows(figure) is seen


def test_an_article_of_a_wire_is_not_confirmed_by_its_twin(known: Facts) -> None:
    one = alone(known)
    [figure] = [each for spans in one.by_indicator.values() for s in spans.values() for each in s]
    claim = judge_row(one, figure, wire="tass")
    assert claim.now.reason == "no_period"
    assert judge_row(one, figure, wire="reuters").now.verdict == "agrees"


def judge_row(known: Facts, figure: Observed, wire: str) -> verdict.Judged:
    value = figure.value
    claim = Claim(value, value, value, "=", figure.unit, *figure.span, indicator="trade_total")
    day = date(2025, 1, 14)
    return judge_said(known, Said(claim, "https://example.org/x", "", day, day, wire=wire))


def scrambled(con: duckdb.DuckDBPyConnection) -> None:
    """Turn every remark of ours into noise: notes, words, summaries and topics."""
    con.execute("UPDATE claim SET note = md5(article || number), words = md5(number || article)")
    con.execute("UPDATE article SET summary = md5(id), topics = [md5(id)], quality = 'low'")
    con.execute("UPDATE observation SET note = md5(url || id)")
    con.execute("UPDATE event SET note = md5(id), title = md5(id || 'title')")


def test_no_remark_of_ours_is_read(
    con: duckdb.DuckDBPyConnection, build: Build, known: Facts
) -> None:
    with duckdb.connect() as own:
        own.execute(f"ATTACH '{build.path}' AS shipped (READ_ONLY)")
        for table in ("claim", "article", "observation", "event", "indicator", "verdict"):
            some = "WHERE false" if table == "verdict" else ""
            own.execute(f"CREATE TABLE {table} AS FROM shipped.{table} {some}")
        scrambled(own)
        verdicts.fill(own, known.entries, known.rules)
        query = "SELECT * FROM verdict ORDER BY article, number, as_of"
        assert own.execute(query).fetchall() == con.execute(query).fetchall()


def test_a_build_judges_its_claims_by_both_days(small_shipped: Small) -> None:
    later = observation(published="2025-07-01", url="https://example.org/later")
    small_shipped.observations(observation(url="https://example.org/2"), later)
    claim: Row = {"value": 19.8, "low": 19.8, "high": 19.8, "bound": "="}
    claim |= {"period_start": "2024-05-01", "period_end": "2024-05-31"}
    small_shipped.articles(article(claim, publisher="A Paper", published="2024-06-20"))
    refresh.run(lambda stage: None)
    with warehouse.connect(warehouse.current()) as con:
        rows = con.execute(
            "SELECT as_of, verdict, reason, evidence FROM verdict ORDER BY as_of"
        ).fetchall()
    assert [row[:3] for row in rows] == [
        ("article", "not_checkable", "no_period"),
        ("build", "agrees", None),
    ]
    [evidence] = json.loads(rows[1][3])
    assert evidence["url"] == "https://example.org/later"
