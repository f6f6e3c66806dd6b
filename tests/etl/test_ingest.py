"""`amur ingest`: tables and articles handed in, all of it or nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from etl import store
from etl.observations import COLUMNS
from tests.faults import HTML
from tests.server import Reply, local
from tests.support import Ran, Small, observation
from tests.tables.books import ENGLISH, as_page

Amur = Callable[..., Ran]
PROSE = "Trade between Russia and China rose in August, customs said, and oil led the way. " * 6
PAGE = f"""<html><head><title>Trade sets a record</title>
<meta property="article:published_time" content="2026-10-14T08:00:00Z">
<meta property="og:site_name" content="Example Times"></head>
<body><article><h1>Trade sets a record</h1><p>{PROSE}</p></article></body></html>"""


def country_table(folder: Path, name: str = "country.xlsx", total: str = "20,100,000") -> Path:
    """Write a table of China customs with invented figures."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row in [
        ["(2) Imports and Exports by Country (Region) of Origin/Destination, 8.2026"],
        ["Unit: US$1,000"],
        ["Country (Region)", "Total", None, "Exports", None, "Imports", None, "Percentage Change"],
        [None, "8", "1to8", "8", "1to8", "8", "1to8", "Total", "Exports", "Imports"],
        [
            *["Russian Federation", total, "150,000,000", "9,100,000", "70,000,000"],
            *["11,000,000", "80,000,000", "1.2", "-3.4", "5.1"],
        ],
    ]:
        sheet.append(row)
    path = folder / name
    book.save(path)
    return path


@pytest.fixture
def handed(small_shipped: Small, amur: Amur, tmp_path: Path) -> Small:
    """Return a small set with a first build; files are handed in from beside it."""
    assert amur("refresh", "--offline").code == 0
    return small_shipped


def landed(made: Small) -> list[Path]:
    return store.files(".parquet") + store.files(".jsonl") if made else []


def test_a_customs_table_becomes_figures_with_their_source(
    handed: Small, amur: Amur, tmp_path: Path
) -> None:
    done = amur("ingest", str(country_table(tmp_path)), "--json")
    assert done.code == 0
    assert done.json["published"]
    assert "China customs, table by country, August 2026" in done.err
    [told] = [each for each in done.json["sources"] if each["source"] == "gacc"]
    assert (told["status"], told["observations_new"]) == ("ok", 9)
    series = amur("series", "trade_total", "--from", "2026-01-01", "--json").json
    [point] = [p for p in series["points"] if p["period_start"] == "2026-08-01"]
    assert (point["value"], point["source"], point["status"]) == (20.1, "gacc", "reported")
    assert point["publisher"] == "China Customs (GACC)"


@pytest.mark.parametrize("name", ["table.html", "table.xls"])
def test_a_saved_page_with_a_table_is_a_table_and_no_article(
    handed: Small, amur: Amur, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(as_page(ENGLISH))
    done = amur("ingest", str(tmp_path / name), "--json")
    assert done.code == 0
    assert "Read: China customs, table by country, August 2026" in done.err
    assert [entry["observations_new"] for entry in done.json["sources"] if entry["fetched"]] == [9]


def test_the_same_table_again_changes_nothing(handed: Small, amur: Amur, tmp_path: Path) -> None:
    table = country_table(tmp_path)
    amur("ingest", str(table))
    before = handed.published()
    shutil.copy(table, tmp_path / "again.xlsx")
    done = amur("ingest", str(tmp_path / "again.xlsx"), "--json")
    assert (done.code, done.json["published"]) == (0, False)
    assert handed.published() == before


def test_one_bad_file_among_good_ones_refuses_all(
    handed: Small, amur: Amur, tmp_path: Path
) -> None:
    before = handed.published()
    good = country_table(tmp_path)
    bad = country_table(tmp_path, "bad.xlsx", total="99,000,000")
    done = amur("ingest", str(good), str(bad), "--json")
    assert done.code == 2
    assert done.json["error"]
    assert "bad.xlsx:5:" in done.err
    assert handed.published() == before
    assert landed(handed) == []
    assert not [path for path in handed.data.rglob("*") if path.suffix == ".part"]


def test_a_template_row_is_told_by_file_and_line(handed: Small, amur: Amur, tmp_path: Path) -> None:
    lines = [",".join(COLUMNS), observation(), observation(unit="parsecs"), ""]
    file = tmp_path / "mine.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = amur("ingest", str(file))
    assert done.code == 2
    assert "mine.csv:3: unit «parsecs» is unknown" in done.err
    file.write_text("\n".join([lines[0], observation(url="https://a.example/9"), ""]), "utf-8")
    assert amur("ingest", str(file)).code == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.csv", b"", "empty"),
        ("data.json", b'{"data": []}', "JSON"),
        ("noise.xlsx", b"\x00\x01\x02" * 99, "noise.xlsx"),
        ("passwd", b"root:x:0:0:root:/root:/bin/bash\n" * 30, "neither of Russia nor of China"),
        ("login.html", HTML, "login.html"),
        ("login.xls", HTML, "no table that is known"),
        ("semicolons.csv", b"a;b\n1;2\n", "semicolons"),
    ],
)
def test_what_nobody_recognises_is_refused_with_the_reason(
    handed: Small, amur: Amur, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    before = handed.published()
    (tmp_path / name).write_bytes(content)
    done = amur("ingest", str(tmp_path / name))
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert handed.published() == before
    assert landed(handed) == []


@pytest.mark.parametrize("name", ["nowhere.xlsx", "file:///etc/passwd", "ftp://example.org/a.csv"])
def test_what_cannot_be_opened_is_named(handed: Small, amur: Amur, name: str) -> None:
    done = amur("ingest", name)
    assert done.code == 2
    assert name in done.err


def test_a_page_is_fetched_read_and_listed_once(handed: Small, amur: Amur, tmp_path: Path) -> None:
    with local(lambda asked: Reply(PAGE.encode(), kind="text/html")) as server:
        first = amur("ingest", f"{server.url}/news/1?utm_source=rss", "--json")
        again = amur("ingest", f"{server.url}/news/1", "--json")
    assert (first.code, again.code) == (0, 0)
    assert "article «Trade sets a record» of Example Times, 2026-10-14" in first.err
    assert (first.json["published"], again.json["published"]) == (True, False)
    raw = [path for path in (handed.data / "raw" / "handed").iterdir() if path.is_file()]
    assert PROSE[:40] in "".join(path.read_text(encoding="utf-8") for path in raw)


def test_an_address_that_fails_is_told_and_changes_nothing(handed: Small, amur: Amur) -> None:
    before = handed.published()
    with local(lambda asked: Reply(b"", 404)) as server:
        done = amur("ingest", f"{server.url}/gone")
    assert done.code == 2
    assert "Refused: the server answered 404" in done.err
    assert handed.published() == before


def test_rows_of_a_refused_build_do_not_turn_up_later(
    handed: Small, amur: Amur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("etl.warehouse.publish", full)
        assert amur("ingest", str(country_table(tmp_path))).code == 3
    assert landed(handed) == []
    before = handed.published()
    assert not amur("refresh", "--offline", "--json").json["published"]
    assert handed.published() == before
