"""The digest says which claims a new figure judges otherwise."""

import json

from etl import digest, refresh, warehouse
from etl.digest import Digest
from etl.warehouse import Build
from tests.support import Row, Small, article, observation

CLAIM: Row = {"value": 19.8, "low": 19.8, "high": 19.8, "bound": "="}
CLAIM |= {"period_start": "2024-05-01", "period_end": "2024-05-31"}
OWN = observation(url="https://example.org/2")
TOLD = article(CLAIM, publisher="A Paper", published="2024-06-20")


def built() -> Build:
    refresh.run(lambda stage: None)
    return warehouse.current()


def compared(small: Small, *later: str, told: str = TOLD) -> Digest:
    small.observations(OWN)
    small.articles(TOLD)
    first = built()
    small.observations(OWN, *later)
    small.articles(told)
    return digest.of(built(), first, {})


def test_a_claim_that_a_new_page_confirms_is_told_of(small_shipped: Small) -> None:
    told = compared(small_shipped, observation(published="2025-07-01", url="https://e.org/later"))
    [claim] = told.verdicts
    assert (claim.old_verdict, claim.old_reason) == ("not_checkable", "no_period")
    assert (claim.verdict, claim.reason) == ("agrees", None)
    assert (claim.article, claim.number, claim.value, claim.unit) == ("a1", 1, 19.8, "USD bn")
    assert told.news
    [listed] = json.loads(told.as_json())["verdicts"]
    assert listed["explanation"] == claim.explanation
    text = told.as_markdown()
    assert "## Claims judged otherwise" in text
    assert "A Paper, «Trade sets a record», trade_total 19.8 USD bn" in text
    assert "not_checkable (no_period) → **agrees**" in text


def test_a_claim_that_a_new_page_refutes_is_told_of(small_shipped: Small) -> None:
    pages = [
        observation(value="23.1", published=f"2024-06-1{n}", url=f"https://e{n}.org/")
        for n in (1, 2)
    ]
    told = compared(small_shipped, *pages)
    [claim] = told.verdicts
    assert (claim.verdict, claim.reason) == ("differs", "unexplained")
    build = warehouse.current()
    with warehouse.connect(build) as con:
        [found] = con.execute(
            "SELECT severity, passed, detail FROM finding "
            "WHERE check_name = 'claims that differ from what is known'"
        ).fetchall()
    assert found[:2] == ("warning", False)
    assert claim.explanation in found[2]


def test_the_same_verdict_and_another_claim_are_no_news(small_shipped: Small) -> None:
    other = article(CLAIM | {"value": 23.1, "low": 23.1, "high": 23.1}, published="2024-06-20")
    later = observation(published="2025-07-01", url="https://e.org/later")
    assert compared(small_shipped, later, told=other).verdicts == []
    assert compared(small_shipped).verdicts == []
