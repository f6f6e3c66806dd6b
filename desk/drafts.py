"""A text that a reader hands in: read here, kept aside, and added to the desk only when asked.

A draft is one file under AMUR_DATA/drafts, named by its content; nothing of it is in the warehouse.
"""

import hashlib
import html
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import duckdb

from desk import markup, verdicts
from desk.rows import Row
from etl import article_page, article_text, articles, catalog, paths, store
from etl import verdicts as judged
from etl.errors import Unrecognised
from etl.reading import article, facts, kept, rulebook, told
from etl.reading.facts import Facts

MOST_CHARACTERS = 400_000
KEPT = 40
LIMIT_S = 75
CAP_MB = 20
TITLE = 160
SUFFIXES = (".html", ".htm", ".pdf", ".txt")
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Draft:
    """A text with what is known of it; what is not is empty. `text` has one paragraph a line."""

    text: str
    title: str
    publisher: str
    url: str
    published: date
    language: str

    @property
    def id(self) -> str:
        """Return the name of the file: a hash of all that is in it."""
        return hashlib.sha256(_dumped(self)).hexdigest()[:16]


def of_text(
    text: str, published: date, title: str = "", publisher: str = "", url: str = ""
) -> Draft:
    """Return a pasted text as a draft; raise Unrecognised when there is none or the address is bad.

    Its title is the one given, else its first line.
    """
    if url and not url.startswith(article.WEB):
        raise Unrecognised(f"{url} is no address that can be kept; give http or https, or none.")
    if not text.strip():
        raise Unrecognised("There is no text; paste one.")
    taken = article.Article(text, language=article_page.language_of(text))
    return _draft(taken, published, title, publisher, url)


def of_address(address: str, published: date) -> Draft:
    """Return a web page as a draft, fetched by a process of its own; raise Unrecognised.

    A visitor of the dashboard must not reach through it into the network that it stands in.
    """
    if not address.startswith(article.WEB):
        raise Unrecognised(f"{address} is no address that is read; give http or https.")
    return _read_elsewhere(address, published)


def of_file(name: str, content: bytes, published: date) -> Draft:
    """Return a file as a draft, read by a process of its own; raise Unrecognised."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Unrecognised(f"{name} is no article; hand in HTML, a PDF or plain text.")
    path = _folder() / f"{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
    try:
        store.write_whole(path, content)
        return _read_elsewhere(str(path), published)
    finally:
        path.unlink(missing_ok=True)


def _read_elsewhere(name: str, published: date) -> Draft:
    """Let `amur read` take the text out of a file or address: a bad one cannot hurt the desk."""
    command = [sys.executable, "-m", "desk.cli", "read", name]
    try:
        done = subprocess.run(
            [*command, "--json", "--with-text", "--no-verdict", "--public"],
            cwd=paths.ROOT,
            env={"AMUR_RETRIES": "1"} | os.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unrecognised(
            f"It was not read within {LIMIT_S} seconds; open it in a browser, select the text and "
            "paste it here."
        ) from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unrecognised(lines[-1].removeprefix("amur: ") if lines else "It cannot be read.")
    found = json.loads(done.stdout)
    day = date.fromisoformat(found["published"]) if found["published"] else None
    known = {key: found[key] for key in ("text", "url", "title", "publisher", "language")}
    return _draft(article.Article(published=day, **known), published)


def _draft(
    taken: article.Article, published: date, title: str = "", publisher: str = "", url: str = ""
) -> Draft:
    lines = [" ".join(markup.seen(line).split()) for line in taken.text.splitlines()]
    text = "\n".join(filter(None, lines))[:MOST_CHARACTERS]
    first = text.partition("\n")[0]
    return Draft(
        text=text,
        title=article_text.title(title or taken.title or first)[:TITLE],
        publisher=article_text.title(publisher or taken.publisher),
        url=url or taken.url,
        published=min(taken.published or published, datetime.now(UTC).date()),
        language=taken.language,
    )


def keep(draft: Draft) -> str:
    """Write a draft, drop the oldest, and return its id; raise NotWritable."""
    store.write_whole(_folder() / f"{draft.id}.json", _dumped(draft))
    found = sorted(_folder().glob("*.json"), key=lambda path: path.stat().st_mtime)
    for old in found[:-KEPT]:
        discard(old.stem)
    return draft.id


def find(name: str) -> Draft | None:
    """Return the draft of this id, or None where none is kept."""
    if not _ID.fullmatch(name):
        return None
    try:
        found = json.loads((_folder() / f"{name}.json").read_text(encoding="utf-8"))
        return Draft(**found | {"published": date.fromisoformat(found["published"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def discard(name: str) -> None:
    """Forget a draft."""
    if _ID.fullmatch(name):
        for suffix in (".json", ".html"):
            (_folder() / f"{name}{suffix}").unlink(missing_ok=True)


def page(draft: Draft, unnamed: str) -> Path:
    """Write a draft as the page that `amur ingest` takes, and return its path; raise NotWritable.

    `unnamed` stands for a publisher that is not known.
    """
    path = _folder() / f"{draft.id}.html"
    store.write_whole(path, _page(draft, unnamed))
    return path


def article_id(draft: Draft) -> str | None:
    """Return the id that a draft has once it is on the desk, or None where it is no article."""
    try:
        found = article_page.read("draft.html", _page(draft, ""), "", "", datetime.now(UTC))
    except Unrecognised:
        return None
    return str(found["id"])


def _page(draft: Draft, unnamed: str) -> bytes:
    heads = {
        "og:title": draft.title,
        "og:site_name": draft.publisher or unnamed,
        "article:published_time": draft.published.isoformat(),
    }
    metas = "".join(
        f'<meta property="{key}" content="{html.escape(value)}">' for key, value in heads.items()
    )
    if draft.url:
        metas += f'<link rel="canonical" href="{html.escape(draft.url)}">'
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in draft.text.splitlines())
    content = (
        f'<!doctype html>\n<html lang="{html.escape(draft.language)}"><head><meta charset="utf-8">'
        f"<title>{html.escape(draft.title)}</title>{metas}</head>\n"
        f"<body><article>\n{body}</article></body></html>\n"
    )
    return content.encode("utf-8", "replace")


def facts_of(con: duckdb.DuckDBPyConnection) -> Facts:
    """Return what a build knows, for judging texts."""
    folder = paths.shipped() / "catalog"
    return facts.load(con, catalog.load(folder), rulebook.load(folder))


def claims(draft: Draft, known: Facts, as_of: date) -> list[Row]:
    """Return the claims of a draft in the shape of stored ones, each with its verdict of a day.

    Besides: `span_text`, `start` and `end` in the text.
    """
    entries = known.entries
    taken = article.Article(
        draft.text, draft.url, draft.title, draft.publisher, draft.published, draft.language
    )
    stored = kept.claims(draft.text, draft.published, entries, known.rules)
    found = []
    # what is kept of a text is bounded
    read = told.read(taken, draft.published, known)[: len(stored)]
    for number, (row, each) in enumerate(zip(stored, read, strict=True), start=1):
        entry = entries.indicators.get(row["indicator"])
        whole = articles.claim_row(draft.id, number, row, entries) | {
            "period_start": each.claim.period_start,
            "period_end": each.claim.period_end,
            "span_text": each.claim.span_text,
            "start": each.claim.start,
            "end": each.claim.end,
        }
        whole |= {f"short_{key}": name for key, name in (entry.short if entry else {}).items()}
        found.append(verdicts.on_day(whole | _told_by(draft) | _judged(each), as_of))
    return found


def _told_by(draft: Draft) -> Row:
    day = draft.published
    named = {"title": draft.title, "publisher": draft.publisher, "url": draft.url}
    return named | {"published": day, "published_text": day.isoformat(), "source": "draft"}


def _judged(each: told.Told) -> Row:
    if each.judged is None:
        return {"judged_then": None, "judged_now": None}
    return {
        "judged_then": judged.cells(each.judged.then),
        "judged_now": judged.cells(each.judged.now),
    }


def _folder() -> Path:
    return paths.folder() / "drafts"


def _dumped(draft: Draft) -> bytes:
    return json.dumps(asdict(draft), ensure_ascii=False, default=str, sort_keys=True).encode(
        "utf-8", "replace"
    )
