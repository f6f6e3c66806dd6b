"""A text that is handed in: read, kept aside, and as a page for ingest the same figures again."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from desk import drafts, verdicts
from desk.drafts import Draft
from desk.widgets import reading
from etl import article_page, paths
from etl.errors import Unrecognised
from etl.reading.facts import Facts
from tests.server import Asked, Reply, local
from tests.support import TODAY

DAY = date(2025, 1, 20)
TEXT = """Trade between China and Russia

  China's imports from Russia were worth $129.3 billion in 2024, Chinese customs said.
China bought 108.5 million tonnes of crude oil from Russia in 2024. Russia and China want
to raise trade to $300 billion by 2030.
"""
HOSTILE = (
    "# Heading\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n"
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png) :red[red] $x^2$ **bold** `code`\n"
    "www.evil.example a@evil.example :material/home: &lt;b&gt; | a | b |\n"
    "China imported 100 million \u202etonnes\u202c of crude oil from Russia in 2024.\x07\x1b[31m\n"
    "1. one\n- two\n> three\n    four\n"
)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def known(con: duckdb.DuckDBPyConnection) -> Facts:
    return drafts.facts_of(con)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the drafts into a folder of their own."""
    monkeypatch.setenv("AMUR_DATA", str(tmp_path))
    return paths.folder() / "drafts"


def test_a_pasted_text_is_told_by_its_first_line_and_what_the_reader_knows() -> None:
    made = drafts.of_text(TEXT, DAY, publisher="Example", url="https://example.org/a")
    assert made.title == "Trade between China and Russia"
    assert (made.publisher, made.url, made.published) == ("Example", "https://example.org/a", DAY)
    assert made.text.splitlines()[1].startswith("China's imports from Russia were worth")
    assert drafts.of_text(TEXT, DAY, title="Mine").title == "Mine"


@pytest.mark.parametrize(
    ("text", "url", "told"),
    [("", "", "no text"), (" \n ", "", "no text"), (TEXT, "javascript:alert(1)", "no address")],
)
def test_what_is_no_text_or_address_is_a_sentence(text: str, url: str, told: str) -> None:
    with pytest.raises(Unrecognised, match=told):
        drafts.of_text(text, DAY, url=url)


def test_a_draft_is_kept_found_and_forgotten(folder: Path) -> None:
    made = drafts.of_text(TEXT, DAY)
    name = drafts.keep(made)
    assert drafts.find(name) == made
    drafts.page(made, "nobody")
    drafts.discard(name)
    assert drafts.find(name) is None
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", "x", "../../etc/passwd", "0" * 15, "A" * 16, "0" * 16 + "/.."]
)
def test_no_name_leads_out_of_the_folder_of_drafts(name: str, folder: Path) -> None:
    outside = folder.parent / "kept.json"
    outside.write_text("{}")
    assert drafts.find(name) is None
    drafts.discard(name)
    assert outside.exists()


def test_a_draft_that_cannot_be_read_is_none(folder: Path) -> None:
    name = drafts.keep(drafts.of_text(TEXT, DAY))
    for content in ("", "[]", "{}", '{"text": "a", "published": "never"}'):
        (folder / f"{name}.json").write_text(content)
        assert drafts.find(name) is None


def test_only_the_newest_drafts_are_kept(folder: Path) -> None:
    for number in range(drafts.KEPT + 5):
        drafts.keep(drafts.of_text(f"{TEXT} {number}", DAY))
    assert len(list(folder.glob("*.json"))) == drafts.KEPT


def test_the_figures_of_a_draft_stand_in_its_text_and_are_judged(known: Facts) -> None:
    made = drafts.of_text(TEXT, DAY)
    found = drafts.claims(made, known, TODAY)
    assert [row["span_text"] for row in found] == [
        made.text[row["start"] : row["end"]] for row in found
    ]
    told = {row["span_text"]: (row["indicator"], row["verdict"], row["kind"]) for row in found}
    assert told["$129.3 billion"] == ("imports_cn_from_ru", "agrees", "actual")
    assert told["108.5 million tonnes"] == ("crude_ru_cn_volume", "agrees", "actual")
    assert told["$300 billion"][1] == "not_checkable"
    assert found[0]["line_value"] == pytest.approx(129.3)
    assert found[0]["evidence"][0]["url"].startswith("http")


@pytest.mark.parametrize("text", [TEXT, HOSTILE * 3, "Торговля России и Китая\nВ 2024 году " * 9])
def test_the_page_for_ingest_tells_what_was_read(text: str, folder: Path, known: Facts) -> None:
    made = drafts.of_text(text, DAY, publisher="A & B", url="https://example.org/a?b=1&c=2")
    path = drafts.page(made, "nobody")
    page = article_page.text_of(path.name, path.read_bytes())
    assert (page.publisher, page.url, page.dated) == ("A & B", made.url, "2025-01-20")
    again = drafts.of_text(page.text, DAY)
    told = [row["span_text"] for row in drafts.claims(made, known, TODAY)]
    assert [row["span_text"] for row in drafts.claims(again, known, TODAY)] == told


def test_the_address_of_the_article_to_be_is_known_before_it_is_added(folder: Path) -> None:
    for url in ("", "https://www.example.org/a?utm_source=x"):
        made = drafts.of_text(TEXT, DAY, url=url)
        path = drafts.page(made, "nobody")
        moment = datetime.now(UTC)
        record = article_page.read(path.name, path.read_bytes(), "", "", moment)
        assert record["id"] == drafts.article_id(made)
        assert str(record["publisher"]).casefold() == "nobody"


def test_a_text_too_short_for_an_article_has_no_id() -> None:
    assert drafts.article_id(drafts.of_text("Trade was $5 billion.", DAY)) is None


def html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line)
    head = '<title>Saved</title><meta property="article:published_time" content="2025-01-15">'
    page = f"<html lang='en'><head>{head}</head><body><article>{body * 2}</article></body></html>"
    return page.encode()


def test_a_file_is_read_by_a_process_of_its_own_with_its_own_day(folder: Path) -> None:
    made = drafts.of_file("saved.html", html(), DAY)
    assert (made.title, made.published) == ("Saved", date(2025, 1, 15))
    assert "108.5 million tonnes" in made.text
    plain = drafts.of_file("note.txt", TEXT.encode(), DAY)
    assert (plain.published, plain.title) == (DAY, "Trade between China and Russia")
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("table.xlsx", b"PK\x03\x04", "hand in HTML, a PDF or plain text"),
        ("../../x.exe", b"MZ", "hand in HTML, a PDF or plain text"),
        ("a.pdf", b"%PDF-1.7 broken", "no sound PDF"),
        ("a.txt", b"  ", "is empty"),
    ],
)
def test_a_file_that_is_no_article_is_a_sentence(
    name: str, content: bytes, told: str, folder: Path
) -> None:
    with pytest.raises(Unrecognised, match=told) as caught:
        drafts.of_file(name, content, DAY)
    assert "Traceback" not in str(caught.value)
    assert not folder.exists() or not list(folder.iterdir())


@pytest.fixture
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve one article; every other address is missing."""
    monkeypatch.setenv("AMUR_RETRIES", "0")
    monkeypatch.setenv("AMUR_PACE_S", "0")

    def answer(asked: Asked) -> Reply:
        if asked.path == "/news":
            return Reply(html(), headers={"Content-Type": "text/html"})
        return Reply(b"no", status=404)

    with local(answer) as server:
        # this machine stands in for the public network
        monkeypatch.setenv("AMUR_HANDED_URL", server.url)
        yield server.url


def test_a_private_address_is_not_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMUR_HANDED_URL")
    other = site.replace("127.0.0.1", "localhost")
    for address in (site, other, "http://169.254.169.254", site.replace("//", "//user:word@")):
        with pytest.raises(Unrecognised, match="private network") as caught:
            drafts.of_address(f"{address}/news", DAY)
        assert "word" not in str(caught.value)


def test_an_address_is_fetched_by_a_process_of_its_own(site: str) -> None:
    made = drafts.of_address(f"{site}/news", DAY)
    assert (made.url, made.published) == (f"{site}/news", date(2025, 1, 15))
    with pytest.raises(Unrecognised, match="404"):
        drafts.of_address(f"{site}/gone", DAY)
    with pytest.raises(Unrecognised, match="no address"):
        drafts.of_address("file:///etc/passwd", DAY)


def test_an_address_that_does_not_answer_is_given_up(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LIMIT_S", 0.05)
    with pytest.raises(Unrecognised, match="paste it here"):
        drafts.of_address(f"{site}/news", DAY)


def test_a_text_of_200_kb_of_hostile_signs_is_read_and_shown_inert(known: Facts) -> None:
    made = drafts.of_text(HOSTILE * 640, DAY)
    assert len(made.text) > 200_000
    since = time.monotonic()
    found = drafts.claims(made, known, TODAY)
    shown = reading.underlined(made.text[: reading.SHOWN_CHARACTERS], found)
    assert time.monotonic() - since < 30
    own = re.sub(r":(green|orange|red|gray|small)\[", "[", shown)
    bare = re.sub(r"\\.", "", own)
    assert not set(bare) & set("*_`<>#|~$&!(){}")
    assert bare.count("[") == bare.count("]") > 0
    assert not re.search("[\u202a-\u202e\x00-\x08\x0b-\x1f]", shown)
    assert not re.search(r"(?i)https?:\\?/|www\\?\.|@\w|:material", re.sub(r"\\", "", own))


def test_figures_are_underlined_in_the_colour_of_their_verdict_with_sign_and_number() -> None:
    words = "It rose 5% in May.\n\nOr (4)%?"
    rows = [
        {"start": 8, "end": 10, "verdict": "differs", "number": 1},
        {"start": 8, "end": 9, "verdict": "agrees", "number": 2},
        {"start": 23, "end": 27, "verdict": "agrees", "number": 3},
    ]
    assert reading.underlined(words, rows) == (
        "It rose :red[5%] :small[✗1] in May\\.\n\nOr :green[\\(4\\)%] :small[✓3]?"
    )
    assert {look.name for look in verdicts.LOOKS.values()} == {"green", "orange", "red", "gray"}


def test_a_draft_is_named_by_all_that_is_in_it() -> None:
    made: Draft = drafts.of_text(TEXT, DAY)
    assert made.id == drafts.of_text(TEXT, DAY).id
    assert made.id != drafts.of_text(TEXT, date(2025, 1, 21)).id
