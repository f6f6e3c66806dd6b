"""An article that a person hands in, saved or by its address: HTML, PDF or plain text.

What it says stays in raw/; what is kept of it is a reference, as of every article.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pypdf
import trafilatura
from charset_normalizer import from_bytes
from pypdf.errors import DependencyError, PyPdfError

from etl import answers, article_feeds, article_text
from etl.errors import Unrecognised

CAP_BYTES = 20 * 2**20
CAP_PAGES = 2000
CAP_TEXT = 5_000_000
LEAST_TEXT = 200
# a page that says this and little else is no article
WALL_TEXT = 1000
_WALL = re.compile(
    r"enable (javascript|cookies)|javascript is (disabled|required)|you are (a )?human"
    r"|captcha|(log|sign) in to (continue|read)|subscribe to (continue|read)|access denied"
    r"|включите javascript|не робот|войдите, чтобы|启用 ?javascript|验证码|登录后",
    re.IGNORECASE,
)
_CHINESE = re.compile("[㐀-鿿]")
_LANG = re.compile(rb"""<html[^>]*?\slang\s*=\s*["']?([A-Za-z]{2})\b""", re.IGNORECASE)
# what pypdf raises on bytes that are no sound PDF
_BROKEN_PDF = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
WANTED = "an HTML page, a PDF with text or a plain text is wanted"


@dataclass(frozen=True)
class Page:
    """What was read of a page; what it does not say is empty."""

    text: str
    title: str = ""
    dated: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""


def read(
    name: str, content: bytes, content_type: str, url: str, retrieved: datetime
) -> dict[str, object]:
    """Return a page or file as a record of an article; raise Unrecognised when it is none.

    `url` is the address that it was fetched from, "" for a file: then the address that the page
    gives itself, if any.
    """
    page = text_of(name, content, content_type)
    address = _address(page.url, url)
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    title = article_text.title(page.title or _first_line(page.text)) or name
    return article_text.record(
        url=address,
        title=title,
        publisher=article_text.title(page.publisher) or host or name,
        language=page.language or language_of(page.text),
        dated=article_text.published(page.dated, retrieved),
        retrieved=retrieved,
        source="",
        text=page.text,
        wire=article_text.wire(page.text),
        topics=article_feeds.load().topics_of(f"{title} {page.text[:2000]}"),
    )


def text_of(name: str, content: bytes, content_type: str = "") -> Page:
    """Return title, text and date of a page or file; raise Unrecognised with advice."""
    if len(content) > CAP_BYTES:
        raise Unrecognised(f"{name} is larger than {CAP_BYTES // 2**20} MB; hand in less of it.")
    kind = answers.kind_of(content[:4096])
    stated = content_type.split(";")[0].strip().lower()
    suffix = PurePosixPath(name).suffix.lower()
    if kind == "empty":
        raise Unrecognised(f"{name} is empty; {WANTED}.")
    if kind == "pdf":
        page = _pdf(name, content)
    elif kind in ("html", "xml") or (kind == "text" and _is_html(stated, suffix)):
        page = _html(name, content)
    elif kind == "text" or (kind == "json" and suffix in (".txt", ".md")):
        page = plain(content)
    else:
        raise Unrecognised(f"{name} is {_said(kind)}; {WANTED}.")
    _demand_text(name, page.text)
    return page


def _is_html(stated: str, suffix: str) -> bool:
    return stated in ("text/html", "application/xhtml+xml") or suffix in (".html", ".htm", ".xhtml")


def _said(kind: str) -> str:
    named = {"zip": "a packed file", "ole": "an Office file", "json": "JSON"}
    return named.get(kind, "no text")


def _demand_text(name: str, text: str) -> None:
    """Raise Unrecognised when too little was said for an article, or only how to get at it."""
    # a Chinese sign says as much as two letters
    length = len(text) + len(_CHINESE.findall(text))
    if length < LEAST_TEXT:
        raise Unrecognised(
            f"{name} holds {len(text)} characters of text, too few for an article (a page that "
            "needs JavaScript or a login, or a scan?); open it in a browser, select the text and "
            "hand that in as a .txt file."
        )
    if length < WALL_TEXT and _WALL.search(text):
        raise Unrecognised(
            f"{name} asks for JavaScript, a login or a proof of being human in place of its text; "
            "open it in a browser, save it there and hand that file in."
        )


def _html(name: str, content: bytes) -> Page:
    found = trafilatura.bare_extraction(
        content,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or not found.text:
        raise Unrecognised(
            f"no text was found in {name} (a page that needs JavaScript or a login?); open it in a "
            "browser, select the text and hand that in as a .txt file."
        )
    stated = _LANG.search(content[:4096])
    return Page(
        text=found.text[:CAP_TEXT],
        title=found.title or "",
        dated=found.date or "",
        publisher=found.sitename or "",
        language=stated[1].decode().lower() if stated else "",
        url=found.url or "",
    )


def _pdf(name: str, content: bytes) -> Page:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        # many are locked against change only, with an empty password
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unrecognised(f"{name} is locked by a password; hand in a copy without one.")
        if len(reader.pages) > CAP_PAGES:
            raise Unrecognised(f"{name} has more than {CAP_PAGES} pages; hand in a part of it.")
        told = reader.metadata
        return Page(
            text="\n".join(_pages(reader)),
            title=str((told and told.title) or ""),
            dated=_pdf_date(str((told and told.get("/CreationDate")) or "")),
        )
    except DependencyError as error:
        raise Unrecognised(f"{name} is encrypted; hand in a copy that is not.") from error
    except _BROKEN_PDF as error:
        raise Unrecognised(
            f"{name} is no sound PDF ({type(error).__name__}); open it, select the text and hand "
            "that in as a .txt file."
        ) from error


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    length = 0
    for page in reader.pages:
        text = page.extract_text()
        length += len(text)
        if length > CAP_TEXT:
            return
        yield text


def _pdf_date(text: str) -> str:
    found = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", text)
    return "-".join(found.groups()) if found else ""


def plain(content: bytes) -> Page:
    """Return plain text as a page, whatever it is encoded in."""
    try:
        text = content.decode(
            "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        )
    except UnicodeDecodeError:
        text = str(from_bytes(content[: 2**20]).best() or "")
    return Page(text=text[:CAP_TEXT], title=_first_line(text))


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _address(own: str, fetched: str) -> str:
    """Return the address that a page gives itself; of a fetched one only within its host.

    A page could call itself a copy of another one, and hide that; one that calls itself the front
    page of its site is badly made.
    """
    own, fetched = article_text.link(own), article_text.link(fetched)
    hosts = {re.split("[/?]", article_text.canonical(url))[0] for url in (own, fetched or own)}
    is_page = urlsplit(own).path.strip("/") or urlsplit(own).query
    return own if is_page and len(hosts) == 1 else fetched


def language_of(text: str) -> str:
    """Return the language of a text by its letters; of Latin ones English is assumed."""
    sample = text[:5000].casefold()
    letters = sum(letter.isalpha() for letter in sample) or 1
    if len(_CHINESE.findall(sample)) > letters / 4:
        return "zh"
    if len(re.findall("[а-яёіїєґ]", sample)) > letters / 2:
        return "uk" if re.search("[іїєґ]", sample) else "ru"
    return "en"
