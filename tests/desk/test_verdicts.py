"""Verdicts on the read side: the one of the page's day, its words, its marks, and the counts."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from desk import claim_table, evidence, plot, verdicts
from desk.evidence import Scope
from desk.figures import Figure
from desk.overlays import CLAIM_SIZE
from desk.selection import Selection
from desk.texts import text
from etl.entries import LANGUAGES
from tests.desk.conftest import FROM, TO, Make
from tests.support import TODAY

WRITTEN = date(2025, 1, 14)
SEEN = {"published": "2025-06-30", "publisher": "TASS", "url": "https://tass.com/1"}
Row = dict[str, Any]


def verdict(name: str, *evidence_: Row) -> Row:
    said = {f"explanation_{language}": f"{name} {language}" for language in LANGUAGES}
    return said | {"verdict": name, "reason": None, "evidence": json.dumps(evidence_)}


def claim(then: str, now: str, *evidence_: Row) -> Row:
    judged = {"judged_then": verdict(then), "judged_now": verdict(now, *evidence_)}
    return {"published": WRITTEN, "value": 1.0} | judged


@pytest.mark.parametrize(
    ("day", "shown", "judged_on"),
    [
        (date(2025, 6, 30), "differs", None),
        (date(2026, 1, 1), "differs", None),
        (date(2025, 6, 29), "agrees", WRITTEN),
    ],
)
def test_a_verdict_holds_from_the_day_on_which_all_that_it_rests_on_was_known(
    day: date, shown: str, judged_on: date | None
) -> None:
    found = verdicts.on_day(claim("agrees", "differs", SEEN), day)
    assert (found["verdict"], found["judged_on"]) == (shown, judged_on)
    assert found["explanation_ru"] == f"{shown} ru"
    assert found["evidence"] == ([SEEN] if shown == "differs" else [])
    assert not {"judged_then", "judged_now"} & set(found)


def test_a_verdict_that_rests_on_nothing_holds_on_every_day() -> None:
    found = verdicts.on_day(claim("not_checkable", "not_checkable"), WRITTEN)
    assert (found["verdict"], found["judged_on"]) == ("not_checkable", None)


def test_no_claim_of_an_earlier_day_rests_on_a_page_that_was_published_later(
    con: duckdb.DuckDBPyConnection,
) -> None:
    day = date(2025, 3, 1)
    found = evidence.all_claims(con, day)
    assert len(found) > 100
    rests = [seen["published"] for row in found for seen in row["evidence"]]
    assert rests
    assert max(rests) <= day.isoformat()
    judged_on = {row["judged_on"] for row in found}
    assert None in judged_on
    assert len(judged_on) > 1


def test_every_claim_drawn_carries_its_verdict_why_and_the_figures(make: Make) -> None:
    for language in LANGUAGES:
        claims = make("trade_totals", kind="year", language=language).claims
        assert claims
        for row in claims:
            assert row["verdict"] in verdicts.LOOKS
            assert row["explanation"] == row[f"explanation_{language}"] != ""
            assert "reason" in row
            assert row["verdict"] == "not_checkable" or row["evidence"][0]["url"]


def marks(figure: Figure) -> dict[str, Any]:
    """Return the traces of claims by verdict."""
    traces = {trace.name: trace for trace in plot.draw(figure).data}
    names = {
        key: text("chart.claim", figure.options.language, verdict=word)
        for key in verdicts.LOOKS
        for word in [text(f"verdict.{key}", figure.options.language)]
    }
    return {key: traces[name] for key, name in names.items() if name in traces}


def test_a_mark_has_the_colour_and_the_shape_of_its_verdict_and_a_legend_entry(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    one = figure.claims[0]
    all_four = replace(figure, claims=[one | {"verdict": name} for name in verdicts.LOOKS])
    found = marks(all_four)
    assert list(found) == list(verdicts.LOOKS)
    for name, trace in found.items():
        look = verdicts.LOOKS[name]
        assert (trace.marker.color, trace.marker.symbol) == (look.colour, look.symbol)
        assert trace.showlegend is None
    assert len({look.symbol for look in verdicts.LOOKS.values()}) == 4
    assert len({look.colour for look in verdicts.LOOKS.values()}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_tells_the_claim_its_verdict_and_why(language: str, make: Make) -> None:
    figure = make("trade_totals", kind="year", language=language)
    differing = [row for row in figure.claims if row["verdict"] == "differs"]
    told = "\n".join(marks(figure)["differs"].text).replace("<br>", " ")
    for row in differing[:1]:
        assert row["publisher"].split(" (")[0] in told
        assert verdicts.word(row, language) in told
        assert row["explanation"].split(";")[0][:40] in told


def test_an_earlier_day_says_so_in_the_mark(make: Make) -> None:
    figure = make("trade_totals", kind="year", as_of=date(2025, 2, 1))
    earlier = [row for row in figure.claims if row["judged_on"]]
    assert earlier
    hovers = "\n".join("\n".join(trace.text) for trace in marks(figure).values())
    assert "(As known on" in hovers


def test_only_claims_of_a_drawn_point_have_a_mark(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    periods = {(p.start, p.end) for line in figure.lines for p in line.points}
    assert all((row["period_start"], row["period_end"]) in periods for row in figure.claims)


def test_a_claim_that_is_pointed_at_is_ringed_and_no_other(make: Make) -> None:
    figure = make("trade_totals", kind="year")
    row = figure.claims[0]
    ringed = [
        trace
        for trace in plot.draw(figure, Selection(claims=(claim_table.name(row),))).data
        if trace.marker
        and isinstance(trace.marker.size, int)
        and trace.marker.size > CLAIM_SIZE + 4
    ]
    assert [list(trace.y) for trace in ringed] == [[row["line_value"]]]
    nothing = Selection(claims=("nothing.1",))
    assert len(plot.draw(figure, nothing).data) == len(plot.draw(figure).data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_reason_of_the_build_has_words(
    language: str, con: duckdb.DuckDBPyConnection
) -> None:
    for row in evidence.all_claims(con, TODAY):
        told = verdicts.word_with_reason(row, language)
        assert told.startswith(verdicts.LOOKS[row["verdict"]].sign)
        assert "_" not in told


def said(page: str, **counts: int) -> list[Row]:
    return [{"page": page, "verdict": name} for name, count in counts.items() for _ in range(count)]


def test_no_share_is_told_of_fewer_than_ten_judged_claims() -> None:
    rows = said("Nine", agrees=9, not_checkable=50) + said("Ten", agrees=7, revised=2, differs=1)
    ten, nine = verdicts.accuracy(rows)
    assert (ten["publisher"], ten["judged"], ten["share"]) == ("Ten", 10, 0.9)
    assert (nine["judged"], nine["not_checkable"], nine["share"]) == (9, 50, None)


def test_the_counts_of_the_publishers_are_those_of_the_claims(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows = evidence.all_claims(con, TODAY)
    table = verdicts.accuracy(rows)
    for name in verdicts.LOOKS:
        assert sum(row[name] for row in table) == sum(row["verdict"] == name for row in rows)
    assert all((row["share"] is None) == (row["judged"] < 10) for row in table)


def test_the_evidence_of_a_figure_has_the_verdicts(con: duckdb.DuckDBPyConnection) -> None:
    found = evidence.claims(con, Scope(("trade_total",), FROM, TO, TODAY))
    assert {"agrees", "differs"} <= {row["verdict"] for row in found}
