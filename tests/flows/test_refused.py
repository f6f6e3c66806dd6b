"""A bad row refuses the whole of what was handed in, by file and line."""

from pathlib import Path

import pytest

from etl.errors import BadInput
from tests.flows import tables
from tests.flows.conftest import Take


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reporter": "999"}, "the reporter «999»"),
        ({"partner": ""}, "the partner is missing"),
        ({"flow": "Z"}, "the flow «Z»"),
        ({"hs": "85423"}, "the HS code «85423»"),
        ({"hs": "chips"}, "the HS code «chips»"),
        ({"period": "202413"}, "the period «202413» is no year or month"),
        ({"period": "2024-01"}, "the period «2024-01»"),
        ({"period": "209901"}, "has not ended"),
        ({"value": "-5"}, "the value «-5» is negative"),
        ({"value": "a lot"}, "the value «a lot» is no number"),
        ({"value": "NaN"}, "the value «NaN» is no number"),
        ({"weight": "1e999"}, "the weight «1e999» is no number"),
        ({"quantity": "-1"}, "the quantity «-1» is negative"),
    ],
)
def test_a_row_that_cannot_be_is_named_by_line(
    changes: dict[str, str], told: str, home: Path, take: Take
) -> None:
    path = tables.write(home, "bad.csv", tables.new({"hs": "8541"}, changes, {"hs": "8542"}))
    with pytest.raises(BadInput) as caught:
        take(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("bad.csv", 3)
    assert told in fault.what
    assert not (home / "data/flows/MANIFEST.json").exists()


def test_every_bad_row_of_every_file_is_told(home: Path, take: Take) -> None:
    first = tables.write(home, "a.csv", tables.new({"value": "-1"}, {"flow": "Q"}))
    second = tables.write(home, "b.csv", tables.new({"hs": "8541"}, {"reporter": "x"}))
    with pytest.raises(BadInput) as caught:
        take(first, second)
    found = [(fault.file, fault.line) for fault in caught.value.faults]
    assert found == [("a.csv", 2), ("a.csv", 3), ("b.csv", 3)]


def test_a_row_of_another_width_is_named(home: Path, take: Take) -> None:
    content = tables.new({"hs": "8541"}) + "202401,156,X\n" + "1,2,3," * 9 + "\n"
    with pytest.raises(BadInput) as caught:
        take(tables.write(home, "wide.csv", content))
    assert {fault.line for fault in caught.value.faults} <= {3, 4}


def test_lines_are_those_of_the_file_after_quoted_breaks_and_empty_lines(
    home: Path, take: Take
) -> None:
    good = tables.old(period="2016").replace("Processors, and", "Two\nlines, and")
    bad = tables.old(period="2017", value="much").splitlines()[1]
    with pytest.raises(BadInput) as caught:
        take(tables.write(home, "old.csv", f"{good}\n\n{bad}\n"))
    (fault,) = caught.value.faults
    assert fault.line == 6


def test_two_figures_for_one_key_are_refused_within_and_across_files(
    home: Path, take: Take
) -> None:
    whole = tables.write(home, "one.csv", tables.new({}, {"value": "5"}))
    with pytest.raises(BadInput, match=r"one\.csv:3: another figure .* than in line 2"):
        take(whole)
    first = tables.write(home, "first.csv", tables.new({}))
    second = tables.write(home, "second.csv", tables.new({"hs": "8541"}, {"value": "5"}))
    with pytest.raises(BadInput, match=r"second\.csv:3: another figure"):
        take(first, second)
