"""Articles with their claims as Markdown, cut where a button that points at a chart stands.

What is put together of one answer of the warehouse is kept as long as that answer is.
"""

from dataclasses import dataclass
from functools import lru_cache

from desk import claim_table, markup, selection, verdicts, wording
from desk.address import Address
from desk.evidence import Beside
from desk.figures import Figure
from desk.rows import Row
from desk.texts import text

SHOWN_ARTICLES = 8
SHOWN_CLAIMS = 6
EXTRACT = 160
KEPT = 512


@dataclass(frozen=True)
class Pointer:
    """A button that marks a claim on the chart: its words in the address, its label."""

    words: str
    label: str


@lru_cache(maxsize=KEPT)
def articles(
    found: Beside, made: Figure | None, language: str, links: Address
) -> tuple[str | Pointer, ...]:
    """Return the first articles with their claims as quotes, and how many are left.

    A claim that has a mark on the chart of `made` is headed by a pointer; runs of text are one.
    """
    drawn = {claim_table.name(row) for row in made.claims} if made else set()
    blocks: list[str | Pointer] = []
    for article in found.articles[:SHOWN_ARTICLES]:
        said = [row for row in found.claims if row["story"] == article["story"]]
        blocks += [_article(article, language), *_claims(article, said, drawn, language, links)]
    left = len(found.articles) - SHOWN_ARTICLES
    if left > 0:
        blocks.append(text("evidence.more_articles", language, count=left))
    return tuple(_joined(blocks))


def _joined(blocks: list[str | Pointer]) -> list[str | Pointer]:
    """Join what follows each other as text: a piece of a page costs more than its words."""
    joined: list[str | Pointer] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, str) and isinstance(last, str):
            joined[-1] = f"{last}\n\n{block}"
        else:
            joined.append(block)
    return joined


def _claims(
    article: Row, said: list[Row], drawn: set[str], language: str, links: Address
) -> list[str | Pointer]:
    """Return the claims of an article as quotes, and a link to all that it states."""
    blocks: list[str | Pointer] = []
    told: list[str] = []
    for row in said[:SHOWN_CLAIMS]:
        name = claim_table.name(row)
        if name in drawn:
            blocks += [*_quote(told), Pointer(f"{selection.CLAIM}:{name}", stated(row, language))]
            told = [reasoned(row, language)]
        else:
            told.append(f"{stated(row, language)}  \n{reasoned(row, language)}")
    left = len(said) - SHOWN_CLAIMS
    more = f"{text('evidence.more_claims', language, count=left)} · " if left > 0 else ""
    every = links.link(text("evidence.all_claims", language), "articles", article=article["id"])
    return [*blocks, *_quote([*told, f":small[{more}{every}]"])]


def _quote(told: list[str]) -> list[str]:
    """Return quotes as one block of Markdown, or nothing."""
    quotes = [f"> {each.replace(chr(10), chr(10) + '> ')}" for each in dict.fromkeys(told)]
    return ["\n>\n".join(quotes)] if quotes else []


def stated(row: Row, language: str) -> str:
    """Return the verdict of a claim and what it states, in one line of Markdown."""
    look = verdicts.LOOKS[row["verdict"]]
    period = wording.claim_period(row, language)
    said = wording.claim(row, language) + (f" ({period})" if period else "")
    word = verdicts.word_with_reason(row, language)
    return f":{look.name}[**{markup.plain(word)}**] · {markup.plain(said)}"


def reasoned(row: Row, language: str) -> str:
    """Return an extract of a claim, where there is one, and why its verdict is what it is."""
    words = extract(row)
    quoted = f":small[{markup.plain(words)}]  \n" if words else ""
    return quoted + _judged_by(row, language)


def extract(row: Row) -> str:
    """Return the words of a text that was handed in here; of another page we have only ours."""
    words = row["words"] or ""
    if not words or row["source"] in ("", "draft"):
        return ""
    return f"«{words if len(words) <= EXTRACT else words[: EXTRACT - 1] + '…'}»"


def _judged_by(row: Row, language: str) -> str:
    said = f":small[{markup.plain(claim_table.why(row, language))}]"
    if not row["evidence"]:
        return said
    first = row["evidence"][0]
    by = text("evidence.judged_by", language)
    return f"{said} :small[{by} {markup.link(first['publisher'], first['url'])}]"


def _article(article: Row, language: str) -> str:
    lines = (
        f"**{markup.link(article['title'], article['url'])}**",
        f"{markup.plain(article['publisher'])}, {wording.published(article, language)}",
        markup.plain(article["summary"]),
        also_at(article, language),
    )
    return "  \n".join(filter(None, lines))


def also_at(article: Row, language: str) -> str:
    """Return where else the story of an article stands: it counts once."""
    if not article["also"]:
        return ""
    listed = ", ".join(markup.link(row["publisher"], row["url"]) for row in article["also"])
    return f"{text('evidence.also_at', language)} {listed}"
