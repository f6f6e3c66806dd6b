"""Articles that this machine fetched or was handed: read whole, one of each address."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl import article_text, raw_rows, store
from etl.errors import Fault
from etl.observations import decode

Article = dict[str, Any]
# what a line must hold besides the keys of a shipped article
TEXTS = ("source", "retrieved", "text_sha256", "seen")
Parse = Callable[[str], tuple[Article | None, list[tuple[str, str]]]]


def load(con: duckdb.DuckDBPyConnection, parse: Parse, shipped: Iterable[Article]) -> list[Article]:
    """Return the fetched articles that are not shipped, of each address the one fetched first.

    A file with a line that cannot be read is left out whole, and a finding says so.
    """
    found: list[Article] = []
    for path in store.files(".jsonl"):
        articles, faults = _read(path, parse)
        if faults:
            raw_rows.leave_out(con, faults[:1])
        else:
            found += articles
    found.sort(key=lambda article: str(article["retrieved"]))
    ids = {str(article["id"]) for article in shipped}
    pages = {article_text.canonical(str(article["url"])) for article in shipped}
    kept: list[Article] = []
    for article in found:
        page = article_text.canonical(str(article["url"]))
        if article["id"] in ids or (page and page in pages):
            continue
        ids.add(str(article["id"]))
        pages.add(page)
        kept.append(article)
    return kept


def _read(path: Path, parse: Parse) -> tuple[list[Article], list[Fault]]:
    name = f"{path.parent.name}/{path.name}"
    faults: list[Fault] = []
    articles: list[Article] = []
    for number, line in enumerate((decode(path, faults) or "").split("\n"), start=1):
        if not line.strip():
            continue
        article, problems = parse(line)
        if article and not problems:
            problems = list(_problems(article))
        faults += [Fault(name, number, what, fix) for what, fix in problems]
        if article and not problems:
            articles.append(article | {"source": article["source"] or path.parent.name})
    return articles, faults


def _problems(article: Article) -> Iterable[tuple[str, str]]:
    for key in TEXTS:
        if not isinstance(article.get(key), str):
            yield f"{key} is no text", "fetch it again"
            return
    if not isinstance(article.get("wire", ""), str):
        yield "wire is no text", "fetch it again"
    retrieved = moment(article["retrieved"])
    if retrieved is None:
        yield f"retrieved «{article['retrieved']}» is no moment", "fetch it again"
    elif str(article["published"]) > retrieved.date().isoformat():
        yield (
            f"published {article['published']} is after the day on which it came",
            "fetch it again",
        )


def moment(text: str) -> datetime | None:
    """Return an ISO moment as the warehouse keeps it: in UTC, without a zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo is None else found.astimezone(UTC)).replace(tzinfo=None)
