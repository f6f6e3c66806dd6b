"""The Pink Sheet: its link is looked up, its columns are found by name and unit, gaps stay gaps."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl import workbook as opening
from etl.errors import BadFigures, ChangedShape, NotTheData
from etl.exchange import Request, Scope
from etl.sources import pinksheet
from tests.server import Asked, Reply, local
from tests.sources.figure_connectors import by_period, collector, landed, payload, values_built
from tests.support import Small

NAMES = [
    "Crude oil, average",
    "Crude oil, Brent",
    "Crude oil, Dubai",
    "Crude oil, WTI",
    "Coal, Australian",
    "Coal, South African **",
    "Natural gas, US",
    "Natural gas, Europe **",
    "Liquefied natural gas, Japan",
    "Cocoa",
]
UNITS = ["($/bbl)"] * 4 + ["($/mt)"] * 2 + ["($/mmbtu)"] * 3 + ["($/kg)"]
PRICES: list[Any] = [70.1, 71.25, 69, 66.666666, 120.5, 99.999, "…", "..", None, 3.1]
REQUEST = Request("workbook", pinksheet.KNOWN, expects="xlsx")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HASHED = "/en/doc/0123-0050012026/related/CMO-Historical-Data-Monthly.xlsx"


def workbook(
    months: dict[str, list[Any]],
    names: list[str] | None = None,
    units: list[str] | None = None,
    sheet: str = "Monthly Prices",
) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(["World Bank Commodity Price Data (The Pink Sheet)"])
    page.append(["monthly prices in nominal US dollars, 1960 to present"])
    page.append([])
    page.append(["Updated on June 02, 2026"])
    page.append([None, *(names or NAMES)])
    page.append([None, *(units or UNITS)])
    for month, prices in months.items():
        page.append([month, *prices])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_price(column: int, price: object) -> list[Any]:
    return [*PRICES[:column], price, *PRICES[column + 1 :]]


def site(book: Callable[[], bytes], page: str) -> Callable[[Asked], Reply]:
    """Serve the page of commodity markets and, at its hashed address, the workbook."""

    def answers(asked: Asked) -> Reply:
        if asked.path == pinksheet.PAGE:
            return Reply(page.encode(), 200 if page else 503, "text/html")
        if asked.path == HASHED:
            return Reply(book(), kind=EXCEL)
        return Reply(b"<title>Not found</title>", 404, "text/html")

    return answers


LINKED = f'<html><a href="https://thedocs.worldbank.org{HASHED}">Monthly prices</a></html>'


def test_prices_land_from_the_linked_workbook_and_a_second_fetch_adds_nothing(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("pinksheet", pinksheet, monkeypatch)
    book = workbook({"1989M12": PRICES, "2024M03": PRICES})
    with local(site(lambda: book, LINKED)) as server:
        first, again = collect(server.url), collect(server.url)
    assert (first.error, len(first.landed)) == ("", 1)
    assert (again.error, again.landed) == ("", [])
    rows = landed("pinksheet")
    assert {name: row["value"] for (name, _, _), row in rows.items()} == {
        "price_crude_average": "70.1",
        "price_brent": "71.25",
        "price_dubai": "69.0",
        "price_wti": "66.67",
        "price_coal_au": "120.5",
        "price_coal_za": "100.0",
    }
    brent = rows["price_brent", "month", "2024-03-01"]
    assert (brent["unit"], brent["published"], brent["period_end"]) == ("USD/bbl", "", "2024-03-31")
    assert brent["note"] == "Pink Sheet updated on 2026-06-02"
    assert brent["url"] == f"{server.url}{HASHED}"


def test_the_page_is_asked_for_on_condition_and_read_again_from_what_lies_here(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("pinksheet", pinksheet, monkeypatch)
    plain = site(lambda: workbook({"2024M03": PRICES}), LINKED)

    def answers(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"7"':
            return Reply(b"", 304)
        return replace(plain(asked), headers={"ETag": '"7"'})

    with local(answers) as server:
        first, again = collect(server.url), collect(server.url)
        conditions = [asked.headers.get("if-none-match") for asked in server.asked]
        paths = [asked.path for asked in server.asked]
    assert (first.error, again.error, again.landed) == ("", "", [])
    assert paths == [pinksheet.PAGE, HASHED] * 2
    assert conditions == [None, None, '"7"', '"7"']


def test_a_restated_price_is_a_second_vintage(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("pinksheet", pinksheet, monkeypatch)
    books = [
        workbook({"2024M03": PRICES}),
        workbook({"2024M03": with_price(1, 72.5), "2024M04": PRICES}),
    ]
    with local(site(lambda: books.pop(0), LINKED)) as server:
        collect(server.url)
        collect(server.url)
    assert values_built("price_brent", "2024-03-01") == ["71.25", "72.5"]
    assert values_built("price_dubai", "2024-03-01") == ["69.0"]


def test_without_the_page_the_last_good_address_is_asked(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("pinksheet", pinksheet, monkeypatch)
    book = workbook({"2024M03": PRICES})
    with local(site(lambda: book, LINKED)) as server:
        collect(server.url)
        server.answers = site(lambda: book, "")
        outcome = collect(server.url)
    assert (outcome.error, outcome.fetched) == ("", 1)
    assert server.asked[-1].path == HASHED


def test_an_old_address_that_is_gone_says_where_to_look(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = collector("pinksheet", pinksheet, monkeypatch)
    with local(site(lambda: b"", "<html>moved</html>")) as server:
        outcome = collect(server.url)
    assert "Refused: the server answered 404: Not found" in outcome.error
    assert "/en/doc/74e8be41ceb20fa0da750cda2f6b9e4e-0050012026/related/" in outcome.error
    assert f"its last known address did not give it either ({server.url}{pinksheet.PAGE})" in (
        outcome.error
    )
    assert "open the page" in outcome.error
    assert landed("pinksheet") == {}


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (LINKED, f"https://thedocs.worldbank.org{HASHED}"),
        (f"<a href='{HASHED}'>relative</a>", f"https://www.worldbank.org{HASHED}"),
        (f'<a href="https://example.org{HASHED}">elsewhere</a>', pinksheet.KNOWN),
        ("<a href='CMO-Historical-Data-Annual.xlsx'>years</a>", pinksheet.KNOWN),
    ],
)
def test_only_a_link_to_the_world_bank_is_followed(page: str, address: str, tmp_path: Path) -> None:
    plan = pinksheet.plan(Scope(date(2026, 7, 15), "https://www.worldbank.org"))
    request = next(plan)
    url = f"https://www.worldbank.org{pinksheet.PAGE}"
    book = plan.send(payload(tmp_path, request, page.encode(), url=url))
    assert (book.name, book.path) == ("workbook", address)


def test_columns_are_found_wherever_they_stand_and_a_running_month_is_left_out(
    tmp_path: Path,
) -> None:
    book = workbook(
        {"2026M06": PRICES[::-1], "2026M07": PRICES[::-1], "Source: World Bank": []},
        names=NAMES[::-1],
        units=UNITS[::-1],
    )
    found = by_period(pinksheet.parse(payload(tmp_path, REQUEST, book)).observations)
    assert found["price_brent", "month", "2026-06-01"]["value"] == "71.25"
    assert {start for _, _, start in found} == {"2026-06-01"}


def test_a_number_may_be_written_as_text(tmp_path: Path) -> None:
    book = workbook({"2024M03": with_price(1, " 71.5 ")})
    found = by_period(pinksheet.parse(payload(tmp_path, REQUEST, book)).observations)
    assert found["price_brent", "month", "2024-03-01"]["value"] == "71.5"


def test_a_month_that_stands_twice_counts_once_unless_it_contradicts_itself(
    tmp_path: Path,
) -> None:
    same = workbook({"2024M03": PRICES, "2024M03 ": PRICES})
    found = by_period(pinksheet.parse(payload(tmp_path, REQUEST, same)).observations)
    assert len(found) == 6
    other = workbook({"2024M03": PRICES, "2024M03 ": with_price(1, 71.5)})
    with pytest.raises(BadFigures, match="of 2024-03-01 stands twice"):
        pinksheet.parse(payload(tmp_path, REQUEST, other))


def test_a_workbook_that_unpacks_beyond_all_measure_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(2**20 + 1))
    monkeypatch.setattr(opening, "PART_MB", 1)
    with pytest.raises(NotTheData, match="unpacks to more than 1 MB"):
        pinksheet.parse(payload(tmp_path, REQUEST, stream.getvalue()))


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (
            workbook({"2024M03": PRICES}, names=[*NAMES[:3], "Crude, WTI", *NAMES[4:]]),
            ChangedShape,
            "has no column crude oil, wti",
        ),
        (
            workbook({"2024M03": PRICES}, units=["($/mt)", "($/mt)", *UNITS[2:]]),
            ChangedShape,
            r"the unit of «crude oil, average» .*row 6, column 2\) is «\(\$/mt\)» in place of",
        ),
        (workbook({}, names=["Tea"] * 10), ChangedShape, "do not name «Crude oil, Brent»"),
        (workbook({}), ChangedShape, "no month since 1990M01"),
        (workbook({}, sheet="Prices"), ChangedShape, "no sheet Monthly Prices; it has Prices"),
        (
            workbook({"2024M03": with_price(1, -2)}),
            BadFigures,
            r"price_brent of 2024-03 \(row 7\) is -2",
        ),
        (workbook({"2024M03": with_price(1, 0)}), BadFigures, "price_brent of 2024-03 .* is zero"),
        (workbook({"2024M03": with_price(1, "high")}), BadFigures, "«high», which is no number"),
        (workbook({"2024M03": PRICES})[:900], NotTheData, "cannot be unpacked"),
        (b"PK\x03\x04 and no more", NotTheData, "cannot be unpacked"),
    ],
)
def test_what_cannot_be_is_named(
    content: bytes, error: type[Exception], told: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=told):
        pinksheet.parse(payload(tmp_path, REQUEST, content))


def test_an_absurd_price_is_refused_with_the_address_of_the_workbook(
    small_shipped: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook({"2024M03": with_price(1, 7125)})
    with local(site(lambda: book, LINKED)) as server:
        outcome = collector("pinksheet", pinksheet, monkeypatch)(server.url)
    assert "BadFigures: 1 of 6 figures cannot be" in outcome.error
    assert f"({server.url}{HASHED}, period 1990-01 to " in outcome.error
    assert landed("pinksheet") == {}
