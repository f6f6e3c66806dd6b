"""Breaks between revisions of the HS: told where rows and lists prove them, and nowhere else."""

from datetime import date
from typing import Any

from desk import renumbering
from desk.renumbering import Break

GONE = Break("854140", "gone", date(2022, 1, 1), "HS2017", "HS2022", ("854140",))


def told(revision: str, hs: str, first: int, listed: bool = True) -> dict[str, Any]:
    return {"revision": revision, "hs": hs, "first": date(first, 1, 1), "listed": listed}


# heading 8541 as reporters told it: 854140 ended with HS2017, 854142 came with HS2022
DIODES = [
    told("H5", "8541", 2017),
    told("H5", "854110", 2017),
    told("H5", "854140", 2017, listed=False),
    told("H6", "8541", 2022),
    told("H6", "854110", 2022),
    told("H6", "854142", 2022),
]


def test_a_code_that_the_last_revision_lacks_ends_where_the_reporter_moved_on() -> None:
    assert renumbering.breaks("854140", DIODES) == [GONE]


def test_a_code_that_begins_where_another_of_its_heading_ends_is_told_so() -> None:
    (found,) = renumbering.breaks("854142", DIODES)
    assert (found.kind, found.start, found.codes) == ("begun", date(2022, 1, 1), ("854140",))


def test_a_code_and_a_heading_that_go_on_are_told_to_be_divided_otherwise() -> None:
    for hs in ("854110", "8541"):
        (found,) = renumbering.breaks(hs, DIODES)
        assert (found.kind, found.codes) == ("divided", ("854140",))


def test_a_change_of_revision_that_ended_no_code_of_the_heading_is_no_break() -> None:
    rows = [told("H4", "854231", 2015), told("H5", "854231", 2017), told("H6", "854231", 2022)]
    assert renumbering.breaks("854231", rows) == []


def test_a_code_that_is_only_not_traded_any_more_has_not_gone() -> None:
    rows = [told("H5", "854110", 2017), told("H5", "854121", 2017), told("H6", "854110", 2022)]
    assert renumbering.breaks("854121", rows) == []
    assert renumbering.breaks("854110", rows) == []


def test_rows_that_name_no_revision_prove_nothing() -> None:
    rows = [told("", "854140", 2017, listed=False), told("", "854110", 2022)]
    assert renumbering.breaks("854140", rows) == []


def test_each_change_is_told_with_the_codes_that_ended_at_it() -> None:
    rows = [told("H3", "854129", 2007), told("H3", "854191", 2007, listed=False)]
    rows += [told("H4", "854129", 2012), *DIODES, told("H5", "854129", 2017)]
    rows += [told("H6", "854129", 2022)]
    found = renumbering.breaks("854129", rows)
    assert [(each.after, each.codes) for each in found] == [
        ("HS2012", ("854191",)),
        ("HS2022", ("854140",)),
    ]


def test_a_line_that_lies_on_one_side_alone_crosses_nothing() -> None:
    divided = Break("854110", "divided", date(2022, 1, 1), "HS2017", "HS2022", ("854140",))
    before, after = date(2021, 1, 1), date(2022, 1, 1)
    assert divided.crossed_by([before, after])
    assert not divided.crossed_by([before])
    assert not divided.crossed_by([after])
    assert GONE.crossed_by([before])
    assert not GONE.crossed_by([after])


def test_breaks_are_asked_of_headings_and_finer_alone() -> None:
    assert [renumbering.asks(hs) for hs in ("TOTAL", "85", "8541", "854140")] == [
        False,
        False,
        True,
        True,
    ]
