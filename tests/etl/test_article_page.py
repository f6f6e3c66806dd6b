"""Pages and files that a person hands in: what is read of them, and what is refused."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from etl import article_page
from etl.article_page import CAP_BYTES, read
from etl.errors import Unrecognised

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
SAYS = "China bought more Russian crude in May, figures of the customs office showed on Friday. "
TEXT = SAYS * 6


def page(text: str = TEXT, head: str = "", lang: str = "en-GB", title: str = "Crude up") -> bytes:
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>'
        f"<nav>menu</nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    ).encode()


DATED = '<meta property="article:published_time" content="2025-06-20T08:00:00Z">'
SITE = '<meta property="og:site_name" content="The Bugle">'


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def html(content: bytes, url: str = "", name: str = "crude.html") -> dict[str, object]:
    return read(name, content, "text/html; charset=utf-8", url, NOW)


def pdf(*lines: str, locked: str = "") -> bytes:
    """Return a PDF with one page that shows the lines."""
    writer = pypdf.PdfWriter()
    sheet = writer.add_blank_page(612, 792)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    kind = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): kind})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = DecodedStreamObject()
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    shown.set_data(f"BT /F1 12 Tf 50 700 Td {drawn} ET".encode())
    sheet[NameObject("/Contents")] = writer._add_object(shown)
    writer.add_metadata({"/Title": "Crude in May", "/CreationDate": "D:20250621101500Z"})
    if locked:
        writer.encrypt(user_password=locked, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_becomes_a_reference_without_its_text() -> None:
    found = html(page(head=DATED + SITE), "https://bugle.example/crude?utm_source=x")
    assert (found["title"], found["publisher"]) == ("Crude up", "The Bugle")
    assert (found["published"], found["seen"], found["language"]) == ("2025-06-20", "", "en")
    assert found["url"] == "https://bugle.example/crude"
    assert found["topics"] == ["crude", "trade"]
    assert "customs office" not in str(found)
    text = article_page.text_of("x.html", page()).text
    assert text.count(SAYS.strip()) == 6
    assert "menu" not in text


def test_a_page_names_its_address_only_within_its_own_host() -> None:
    own = page(head=canonical("https://www.bugle.example/2025/crude"))
    assert html(own, "https://bugle.example/?id=7")["url"] == "https://www.bugle.example/2025/crude"
    assert html(own, "https://copy.example/7")["url"] == "https://copy.example/7"
    assert html(own)["url"] == "https://www.bugle.example/2025/crude"
    front = page(head=canonical("https://bugle.example/"))
    assert html(front, "https://bugle.example/7")["url"] == "https://bugle.example/7"


def test_a_page_without_a_date_is_dated_by_the_day_it_was_seen() -> None:
    found = html(page(), "https://bugle.example/7")
    assert (found["published"], found["seen"]) == ("2025-06-30", "2025-06-30T12:00:00+00:00")
    assert found["publisher"] == "bugle.example"
    ahead = html(page(head=DATED.replace("2025-06-20", "2025-07-20")), "https://bugle.example/7")
    assert ahead["published"] == "2025-06-30"


def test_a_plain_text_has_its_title_in_the_first_line() -> None:
    for raw in (f"\n Crude up\n\n{TEXT}", f"\ufeffCrude up\n{TEXT}"):
        found = read("note.txt", raw.encode(), "", "", NOW)
        assert (found["title"], found["url"], found["publisher"]) == ("Crude up", "", "note.txt")
    again = read("copy.txt", f"Crude up\n{TEXT}".encode(), "", "", NOW)
    assert again["id"] == found["id"]


def test_a_text_is_read_in_its_own_encoding_and_language() -> None:
    russian = "Нефть\n" + "Россия поставила Китаю больше нефти, чем годом ранее. " * 8
    for encoding in ("utf-8", "windows-1251", "utf-16"):
        found = read("note.txt", russian.encode(encoding), "", "", NOW)
        assert (found["title"], found["language"]) == ("Нефть", "ru")
    chinese = "原油\n" + "中国五月从俄罗斯进口的原油增加，海关数据显示。" * 6
    assert read("note.txt", chinese.encode(), "", "", NOW)["language"] == "zh"


def test_a_pdf_is_read_with_its_title_and_date() -> None:
    found = read("crude.pdf", pdf(*[SAYS] * 6), "application/pdf", "", NOW)
    assert (found["title"], found["published"]) == ("Crude in May", "2025-06-21")
    assert found["text_sha256"]


REFUSED = {
    "nothing": (b"", "x.html", "is empty"),
    "an empty page": (page(""), "x.html", "JavaScript"),
    "a page of a script": (page("Please enable JavaScript."), "x.html", "JavaScript"),
    "a wall": (page("Please verify you are human to go on. " * 7), "x.html", "human"),
    "a login": (page("Log in to continue reading this article, please. " * 6), "x.html", "login"),
    "a short text": (b"Crude rose.", "x.txt", "too few"),
    "a locked PDF": (pdf(TEXT, locked="word"), "x.pdf", "password"),
    "a scan": (pdf(), "x.pdf", "scan"),
    "a broken PDF": (b"%PDF-1.7\n" + b"\x00\x01garbage" * 90, "x.pdf", "no sound PDF"),
    "half a PDF": (pdf(*[SAYS] * 6)[:400], "x.pdf", "PDF"),
    "a packed file": (b"PK\x03\x04" + b"\x00" * 500, "x.docx", "packed"),
    "an old Office file": (b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "x.doc", "Office"),
    "JSON": (b'{"a": "' + b"x" * 500 + b'"}', "x.json", "JSON"),
    "bytes": (b"\x00\x01\x02" * 300, "x.bin", "no text"),
    "too much": (b"x" * (CAP_BYTES + 1), "x.txt", "larger than"),
    "a tower of tags": (b"<html>" + b"<div>" * 100_000 + TEXT.encode(), "x.html", "x.html"),
}


@pytest.mark.parametrize(("content", "name", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_article_is_refused_with_advice(content: bytes, name: str, said: str) -> None:
    with pytest.raises(Unrecognised, match=said) as error:
        read(name, content, "", "", NOW)
    assert name in str(error.value)
    assert str(error.value).endswith(".")


def test_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_page, "CAP_PAGES", 0)
    with pytest.raises(Unrecognised, match="pages"):
        read("x.pdf", pdf(TEXT), "", "", NOW)
