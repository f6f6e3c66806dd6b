"""What each kind of table becomes in the lake."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from etl.errors import Unrecognised
from etl.exchange import Answer
from etl.flows import add
from etl.store import Shelf, State
from tests.flows import tables
from tests.flows.conftest import Ask, Take
from tests.sources.comtrade_server import body
from tests.tables.books import as_csv
from tests.tables.test_query import IMPORTS

COLUMNS = "reporter, partner, flow, hs, level, period_kind, period_start, value, weight"
CHIPS = ("CHN", "RUS", "X", "854231", 6, "month", date(2024, 1, 1), 123456.75, 250.5)


@pytest.mark.parametrize("header", [tables.NEW, tables.SNAKE])
def test_both_new_generations_of_comtrade_columns_say_the_same(
    header: str, home: Path, take: Take, ask: Ask
) -> None:
    told = take(tables.write(home, "chips.csv", tables.new(header=header)))
    assert told.rows == 1
    assert ask(COLUMNS) == [CHIPS]
    assert ask("quantity, quantity_unit, revision, source, origin, line") == [
        (1000.0, "5", "H6", "comtrade", "chips.csv", 2)
    ]


def test_the_old_columns_say_the_same(home: Path, take: Take, ask: Ask) -> None:
    take(tables.write(home, "old.csv", tables.old(period="2017")))
    assert ask(COLUMNS) == [(*CHIPS[:5], "year", date(2017, 1, 1), *CHIPS[7:])]
    assert ask("revision") == [("H3",)]


def test_an_answer_of_the_server_is_read_as_the_connector_reads_it(
    home: Path, take: Take, ask: Ask
) -> None:
    content = tables.answer({"primaryValue": 123456.75, "netWgt": 250.5}, {"cmdCode": "8542"})
    take(tables.write(home, "answer.json.gz", content))
    assert ask(COLUMNS, "hs = '854231'") == [CHIPS]
    assert ask("line, revision") == [(2, "H6"), (1, "H6")]


def test_baci_is_thousands_of_dollars_and_tonnes_of_a_dated_version(
    home: Path, take: Take, ask: Ask
) -> None:
    content = (
        "t,i,j,k,v,q\n2022,156,643,854231,123.45675,   0.2505\n2022,156,643,10121,1.5,    NA\n"
    )
    take(tables.write(home, "BACI_HS92_Y2022_V202401b.csv", content))
    assert ask("hs, value, round(weight, 6), released, source") == [
        ("010121", 1500.0, None, date(2024, 1, 31), "baci"),
        ("854231", 123456.75, 250.5, date(2024, 1, 31), "baci"),
    ]


def test_the_template_names_areas_by_code_or_number_and_its_own_release(
    home: Path, take: Take, ask: Ask
) -> None:
    content = (
        "reporter,partner,flow,revision,hs,period,value_usd,net_weight_kg,quantity,unit,released\n"
        "CHN,643,X,H6,854231,202401,123456.75,250.5,,,2024-02-20\n"
    )
    take(tables.write(home, "own.csv", content))
    assert ask(COLUMNS) == [CHIPS]
    assert ask("released, source") == [(date(2024, 2, 20), "template")]


def test_chinas_customs_are_summed_by_their_own_reader(home: Path, take: Take, ask: Ask) -> None:
    take(tables.write(home, "import_202408.csv", as_csv(IMPORTS, "gb18030")))
    assert ask("partner, flow, value, weight, source", "hs = '2709'") == [
        ("RUS", "M", 5000000111.0, 10000000123.0, "gacc")
    ]
    assert ask("value, weight", "hs = '271121'") == [(700000000.0, None)]


def test_many_small_files_of_a_zip_and_a_folder_become_one_segment(
    home: Path, take: Take, ask: Ask
) -> None:
    months = {f"m{n:02}": tables.new({"period": f"2023{n:02}"}) for n in range(1, 13)}
    archive = tables.packed(home, "year.zip", **months)
    single = tables.write(home, "extra.csv.gz", tables.new({"period": "202401"}))
    told = take(archive, single)
    assert told.rows == 13
    assert len(told.files) == 13
    assert len(list((home / "data/flows/data").glob("*/rows-*.parquet"))) == 1
    assert len(ask("DISTINCT period_start")) == 13


def test_latin_letters_of_the_old_pages_and_quoted_line_breaks_do_no_harm(
    home: Path, take: Take, ask: Ask
) -> None:
    content = tables.old(period="2017").replace("Processors, and", "Côtes\nand").encode("latin-1")
    take(tables.write(home, "latin.csv", content))
    assert ask("value") == [(123456.75,)]


def test_what_was_fetched_counts_from_its_day_of_release_and_empty_answers_give_nothing(
    home: Path, take: Take, ask: Ask
) -> None:
    assert add.fetched() == []
    shelf = Shelf("comtrade")
    state = State()
    contents = {"156/M/202401": tables.answer(), "156/M/202402": body([])}
    for name, content in contents.items():
        digest = hashlib.sha256(content).hexdigest()
        shelf.raw.mkdir(parents=True, exist_ok=True)
        (shelf.raw / digest).write_bytes(content)
        state.answers[name] = Answer(digest, "2024-03-05T00:00:00", released="2024-02-20")
    shelf.remember(state)
    told = add.add(add.fetched(), lambda done, total, name: None)
    assert told.rows == 1
    assert ask("released, hs") == [(date(2024, 2, 20), "854231")]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("prose.csv", "a,b\n1,2\n", "Looked for"),
        ("half.csv", "reporterCode,partnerCode,cmdCode\n1,2,3\n", "no column for"),
        ("marks.csv", tables.new().replace(",", ";"), "semicolons"),
        ("broken.json", '{"data": [', "no whole JSON"),
        ("empty.json", '{"count":0,"data":[],"error":""}', "no row"),
        ("torn.csv.gz", b"", "Looked for"),
        ("nearly.csv", "reporter,partner,hs,value_usd\nCHN,RUS,01,1\n", "header is nearly"),
    ],
)
def test_what_is_no_table_of_flows_says_what_was_looked_for(
    name: str, content: str | bytes, told: str, home: Path, take: Take
) -> None:
    path = tables.write(home, name, content)
    with pytest.raises(Unrecognised, match=told):
        take(path)
    assert not (home / "data/flows/MANIFEST.json").exists()


def test_an_archive_that_breaks_off_is_refused(home: Path, take: Take) -> None:
    path = tables.write(
        home, "torn.csv.gz", tables.new(*({"hs": f"{n:06}"} for n in range(1, 999)))
    )
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Unrecognised, match="breaks off"):
        take(path)


def test_as_many_rows_as_the_server_ever_gives_are_a_part(home: Path, take: Take) -> None:
    rows = ({"hs": f"{n:06}"} for n in range(1, 501))
    with pytest.raises(Unrecognised, match="cut off"):
        take(tables.write(home, "preview.csv", tables.new(*rows)))
