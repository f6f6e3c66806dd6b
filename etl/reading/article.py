"""One article to read: its text and what is known of it, from a file, an address or given text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from etl import answers, article_page, article_text, settings
from etl.errors import Unrecognised
from etl.exchange import Access, Request
from etl.fetch import Session

CAP_MB = 20
# an address that is only read, not kept, is asked for in this name
HANDED = "handed"
WEB = ("http://", "https://")


@dataclass(frozen=True)
class Article:
    """A text with its address, title, publisher and day; what is not known is empty or None."""

    text: str
    url: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = "en"


def of_name(name: str, public: bool = False) -> Article:
    """Read a file or a web address; raise Unrecognised with advice, or SourceFailed.

    `public` refuses addresses of private networks: for those that somebody else typed.
    """
    if name.startswith(WEB):
        return _of_address(name, public)
    if "://" in name:
        raise Unrecognised(f"{name} is no address that is read; give http or https, or a file.")
    path = Path(name).expanduser()
    try:
        if path.stat().st_size > CAP_MB * 2**20:
            raise Unrecognised(f"{path.name} is larger than {CAP_MB} MB; hand in less of it.")
        content = path.read_bytes()
    except OSError as error:
        raise Unrecognised(f"{name} cannot be read ({error.strerror or error}).") from error
    return of_bytes(path.name, content)


def of_bytes(name: str, content: bytes, content_type: str = "", url: str = "") -> Article:
    """Take text, title and day out of a page, a PDF or plain text; raise Unrecognised."""
    if not content.strip():
        raise Unrecognised(f"{name} is empty; {article_page.WANTED}.")
    kind = answers.kind_of(content[:4096])
    html = "html" in content_type or PurePosixPath(name).suffix.lower() in (".html", ".htm")
    if kind == "text" and not html:
        # a sentence is enough to read, though not to keep as an article
        page = article_page.plain(content)
    else:
        page = article_page.text_of(name, content, content_type)
    told = article_text.moment(page.dated) if page.dated else None
    return Article(
        text=page.text,
        url=url or page.url,
        title=article_text.title(page.title),
        publisher=article_text.title(page.publisher)
        or (urlsplit(url or page.url).hostname or "").removeprefix("www."),
        published=min(told, datetime.now(UTC)).date() if told else None,
        language=page.language or article_page.language_of(page.text),
    )


def _of_address(address: str, public: bool) -> Article:
    given = urlsplit(address)
    # where no host is our own, each must be public
    own = "" if public else f"{given.scheme}://{given.netloc}"
    access = Access(url=own, pace=0.0, cap_mb=CAP_MB)
    address = settings.without_password(address)[0]
    parts = urlsplit(address)
    name = PurePosixPath(parts.path).name or parts.netloc
    with TemporaryDirectory() as folder:
        session = Session(settings.of(HANDED, access), Path(folder))
        try:
            payload = session.get(Request(name, address, expects="any"))
            return of_bytes(name, payload.content(), payload.content_type, address)
        finally:
            session.close()
