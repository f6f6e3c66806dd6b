"""Duplicates, breakdowns, groups and later releases are settled by rule, and said."""

from datetime import date
from pathlib import Path

import pytest

from etl.flows import compact, lake, manifest
from tests.flows import tables
from tests.flows.conftest import Ask, Take


def test_a_repeated_row_counts_once_within_and_across_files(
    home: Path, take: Take, ask: Ask
) -> None:
    first = tables.write(home, "a.csv", tables.new({}, {}, {"hs": "8542"}))
    second = tables.write(home, "b.csv", tables.new({}, {"hs": "8541"}))
    told = take(first, second)
    assert told.repeated == 2
    assert ask("hs") == [("8541",), ("8542",), ("854231",)]


def test_the_same_file_again_changes_nothing(home: Path, take: Take) -> None:
    path = tables.write(home, "a.csv", tables.new())
    take(path)
    before = manifest.read()
    told = take(path)
    assert told.known == ["a.csv"]
    assert manifest.read() == before


def test_parts_stay_out_where_a_total_stands_beside_them(home: Path, take: Take, ask: Ask) -> None:
    rows = tables.new({}, {"transport": "1000", "value": "7"}, {"customs": "C01", "value": "8"})
    told = take(tables.write(home, "parts.csv", rows))
    assert (told.rows, told.parts, told.summed) == (1, 2, 0)
    assert ask("value, summed") == [(123456.75, False)]


def test_parts_without_a_total_are_summed_and_marked(home: Path, take: Take, ask: Ask) -> None:
    rows = tables.new(
        {"transport": "1000", "value": "7", "weight": "1"},
        {"transport": "3100", "value": "8", "weight": "2"},
        {"hs": "8541", "transport": "1000", "value": "5", "weight": ""},
        {"hs": "8541", "transport": "3200", "value": "6"},
    )
    told = take(tables.write(home, "parts.csv", rows))
    assert told.summed == 2
    assert ask("hs, value, weight, summed") == [
        ("8541", 11.0, None, True),
        ("854231", 15.0, 3.0, True),
    ]


def test_parts_that_contain_each_other_give_no_sum(home: Path, take: Take) -> None:
    rows = tables.new(
        {"hs": "8542"},
        {"transport": "3000", "value": "7"},
        {"transport": "3100", "value": "3"},
        {"hs": "8541", "customs": "C01", "transport": "0", "value": "1"},
        {"hs": "8541", "customs": "C00", "transport": "1000", "value": "1"},
    )
    told = take(tables.write(home, "parts.csv", rows))
    assert (told.summed, told.unsettled) == (0, 2)


def test_trade_of_groups_of_countries_is_left_out(home: Path, take: Take, ask: Ask) -> None:
    rows = tables.new({}, {"partner": "97"}, {"reporter": "975"}, {"partner": "0"})
    told = take(tables.write(home, "groups.csv", rows))
    assert told.groups == 2
    assert ask("partner") == [("RUS",), ("W00",)]


def test_the_last_release_counts_whatever_the_order_of_arrival(
    home: Path, take: Take, ask: Ask
) -> None:
    take(tables.write(home, "late.csv", tables.new({"value": "3"})), released="2024-09-01")
    told = take(tables.write(home, "early.csv", tables.new({"value": "1"})), released="2024-03-01")
    take(
        tables.write(home, "middle.csv", tables.new({"value": "2"}, {"hs": "8541", "value": "9"})),
        released="2024-06-01",
    )
    assert told.superseding == ["CHN"]
    assert ask("hs, value") == [("8541", 9.0), ("854231", 3.0)]
    assert ask("value", as_of=date(2024, 5, 1)) == [(1.0,)]
    assert ask("value", as_of=date(2024, 6, 1)) == [(9.0,), (2.0,)]
    assert ask("value", as_of=date(2024, 1, 1)) == []


def test_compaction_changes_no_answer_of_any_day(home: Path, take: Take, ask: Ask) -> None:
    days = ("2024-03-01", "2024-06-01", "2024-09-01")
    for number, day in enumerate(days):
        rows = [{"hs": f"{n:06}", "value": str(n * 10 + number)} for n in range(1, 40)]
        rows.append({"hs": "8541", "transport": "1000"})
        path = tables.write(home, f"r{number}.csv", tables.new(*rows[number * 5 :]))
        take(path, released=day)
    asked = [date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1), None]
    before = [ask("hs, value, released", as_of=day) for day in asked]
    first = manifest.read()
    made = compact.compact(lambda done, total: None)
    after = manifest.read()
    assert made is not None
    assert [ask("hs, value, released", as_of=day) for day in asked] == before
    assert (len(after.segments), after.overlapped) == (1, ())
    assert after.rows("rows") + after.rows("history") == first.rows("rows")
    assert after.rows("parts") == first.rows("parts") == 3
    assert after.taken == first.taken
    assert manifest.verify(after) == []
    assert compact.compact(lambda done, total: None) is None


def test_a_new_month_meets_no_other(home: Path, take: Take) -> None:
    take(tables.write(home, "a.csv", tables.new({"period": "202401"})))
    told = take(tables.write(home, "b.csv", tables.new({"period": "202402"})))
    assert told.superseding == []
    assert manifest.read().overlapped == ()


def test_a_compacted_lake_of_several_files_needs_no_other_compaction(
    home: Path, take: Take, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "AT_ONCE", 2)
    for number, period in enumerate(("202401", "202402")):
        rows = [{"reporter": code, "period": period} for code in ("156", "398", "792")]
        take(tables.write(home, f"{number}.csv", tables.new(*rows)))
    before = ask("reporter, period_start, value")
    assert compact.compact(lambda done, total: None)
    made = [file for file in manifest.read().all_files() if file.role == "rows"]
    assert [(file.first, file.last) for file in made] == [(n, n) for n in ("CHN", "KAZ", "TUR")]
    assert ask("reporter, period_start, value") == before
    assert compact.compact(lambda done, total: None) is None


@pytest.mark.parametrize("apart", [0, 9])
def test_files_read_one_by_one_answer_as_they_do_together(
    home: Path, take: Take, ask: Ask, monkeypatch: pytest.MonkeyPatch, apart: int
) -> None:
    parts = {"customs": "C01", "period": "202403"}
    for name, changes in (("a", {}), ("b", {"period": "202402"}), ("c", parts)):
        take(tables.write(home, f"{name}.csv", tables.new(changes)))
    assert len(lake.held().files("rows")) == 3
    monkeypatch.setattr(lake, "APART", apart)
    every = (
        "reporter, partner, flow, hs, period_start, value, customs, summed, source, origin, aside"
    )
    rows = ask(every)
    assert [str(row[4])[:7] for row in rows] == ["2024-01", "2024-02", "2024-03"]
    assert [row[6] for row in rows] == ["C00", "C00", "C00"]
    assert [row[7] for row in rows] == [False, False, True]
    assert [row[9] for row in rows] == ["a.csv", "b.csv", "c.csv"]
