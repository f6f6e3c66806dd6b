"""Take files and addresses that a person hands in: downloaded tables, saved or linked articles.

Everything is read and checked before anything is taken: one bad row, and nothing changes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from etl import answers, article_feeds, article_page, catalog, paths, refresh, settings, store
from etl.acceptance import Acceptance
from etl.build import Progress
from etl.collect import Outcome
from etl.errors import AmurError, BadInput, CatalogError, Fault, Unrecognised
from etl.exchange import Access, Parsed, Payload, Request
from etl.fetch import Session
from etl.reading import kept, rulebook
from etl.runs import Live, Report
from etl.store import Shelf
from etl.tables import recognise
from etl.warehouse import Build

# what is handed in without a source of its own lies under this name
HANDED = "handed"
CAP_MB = 200


@dataclass
class Taken:
    """One file read: its rows with their lines in the file, and what it was recognised as."""

    payload: Payload
    source: str
    parsed: Parsed
    lines: list[int]
    said: str


def ingest(names: Sequence[str], source: str, progress: Progress, report: Report) -> list[str]:
    """Take the files and addresses, publish, fill the report; return what each was read as.

    `source` is the id to file rows under that name none. Raises Unrecognised, BadInput or
    SourceFailed before anything is changed.
    """
    said: list[str] = []
    landed: list[Path] = []

    def bring(previous: Build | None, now: datetime, live: Live) -> dict[str, Outcome]:
        taken: list[Taken] = []
        try:
            taken.extend(_read(name, source, now) for name in names)
            _demand_sound(taken, source, now)
            said.extend(each.said for each in taken)
            outcomes = _land(taken)
            landed.extend(path for outcome in outcomes.values() for path in outcome.landed)
            return outcomes
        finally:
            Shelf(HANDED).tidy()

    try:
        refresh.run(progress, bring=bring, report=report)
    except BaseException:
        # what was refused must not turn up in a later build
        for path in landed:
            path.unlink(missing_ok=True)
        raise
    failed = [entry.error for entry in report.sources if entry.status == "failed" and entry.error]
    if failed:
        raise AmurError(f"{failed[0]}; nothing was taken.")
    return said


def _demand_sound(taken: list[Taken], source: str, now: datetime) -> None:
    """Raise BadInput with every fault of every file, by file and line."""
    entries = catalog.load(paths.shipped() / "catalog")
    if source and source not in entries.sources:
        raise CatalogError(f"Source «{source}» is unknown; use an id of sources.toml.")
    accept = Acceptance(entries, now.date())
    try:
        faults: list[Fault] = []
        for each in taken:
            if each.parsed.observations:
                name = each.payload.request.name
                faults += accept.faults(each.parsed.observations, name, each.lines)
    finally:
        accept.close()
    if faults:
        raise BadInput(faults)


def _land(taken: list[Taken]) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for each in taken:
        outcome = outcomes.setdefault(each.source, Outcome(each.source))
        shelf = Shelf(each.source)
        outcome.landed += shelf.land(shelf.keep(each.payload), shelf.news(each.parsed))
        outcome.fetched += 1
    return outcomes


def _read(name: str, source: str, now: datetime) -> Taken:
    """Read one file or address as a table or an article."""
    web = name.startswith(("http://", "https://"))
    if "://" in name and not web:
        raise Unrecognised(f"{name} is no address that is read; {WANTED}")
    payload = _fetched(name) if web else _copied(name, now)
    content = payload.content()
    file = payload.request.name
    if _is_table(file, content, payload.content_type):
        table = recognise.read(file, content, payload.url, payload.retrieved.date())
        filled = {"source": table.source or source, "url": payload.url}
        rows = [filled | {key: cell for key, cell in row.items() if cell} for row in table.rows]
        shelf = table.source or source or HANDED
        return Taken(payload, shelf, Parsed(observations=rows), table.lines, table.said)
    article = article_page.read(file, content, payload.content_type, payload.url, payload.retrieved)
    text = article_page.text_of(file, content, payload.content_type).text
    if not article_feeds.load().speaks_of_either(f"{article['title']} {text}"):
        raise Unrecognised(f"{file} speaks neither of Russia nor of China; {WANTED}")
    claims = _claims(text, str(article["published"]))
    article["claims"] = claims
    said = f"article «{article['title']}» of {article['publisher']}, {article['published']}"
    said += f", {len(claims)} figures"
    return Taken(payload, source or HANDED, Parsed(articles=[article]), [], said)


def _claims(text: str, published: str) -> list[dict[str, object]]:
    """Return the figures that a text states, read as of its own day."""
    folder = paths.shipped() / "catalog"
    day = date.fromisoformat(published[:10])
    return kept.claims(text, day, catalog.load(folder), rulebook.load(folder))


def _is_table(name: str, content: bytes, content_type: str) -> bool:
    """Return whether the bytes are to be read as a table: by what they are, then by their name.

    Many sites give out a page under the name of a workbook.
    """
    kind = answers.kind_of(content[:4096])
    suffix = PurePosixPath(name).suffix.lower()
    if kind in ("zip", "ole"):
        return True
    if kind in ("html", "xml"):
        return suffix in TABLES or recognise.is_page_with_table(name, content)
    if kind == "pdf":
        return False
    if kind in ("empty", "json"):
        raise Unrecognised(f"{name} is {'empty' if kind == 'empty' else 'JSON'}; {WANTED}")
    stated = content_type.split(";")[0].strip()
    return suffix in TABLES or stated == "text/csv"


TABLES = (".csv", ".tsv", ".xls", ".xlsx")
WANTED = "hand in a table (xls, xlsx, csv) or an article (HTML, PDF, text)."


def _copied(name: str, now: datetime) -> Payload:
    """Copy a file into raw/, whatever its owner does with it later."""
    path = Path(name).expanduser()
    try:
        if path.stat().st_size > CAP_MB * 1024 * 1024:
            raise Unrecognised(f"{path.name} is larger than {CAP_MB} MB; split it.")
        content = path.read_bytes()
    except OSError as error:
        raise Unrecognised(
            f"{name} cannot be read ({error.strerror or error}); {WANTED}"
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    aside = Shelf(HANDED).raw / f"incoming-{digest[:12]}.part"
    store.write_whole(aside, content)
    return Payload(HANDED, Request(path.name, path.name), "", aside, digest, now)


def _fetched(address: str) -> Payload:
    """Fetch an address that the operator named."""
    given = urlsplit(address)
    access = Access(url=f"{given.scheme}://{given.netloc}", pace=0.0, cap_mb=CAP_MB)
    address = settings.without_password(address)[0]
    parts = urlsplit(address)
    session = Session(settings.of(HANDED, access), Shelf(HANDED).raw)
    name = PurePosixPath(parts.path).name or parts.netloc
    try:
        return session.get(Request(name, address, expects="any"))
    finally:
        session.close()
