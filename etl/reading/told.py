"""An article read and judged: its claims, each with its sentence and both verdicts."""

from dataclasses import dataclass
from datetime import date

from etl.reading import reader, verdict
from etl.reading.article import Article
from etl.reading.claim import Claim
from etl.reading.facts import Facts
from etl.reading.grammar import finer
from etl.reading.grammar.finer import Catalogued
from etl.reading.said import Said, wire_of
from etl.reading.verdict import Judged


@dataclass(frozen=True)
class Told:
    """One claim of an article; `judged` is None where nobody asked for a verdict."""

    claim: Claim
    sentence: str
    judged: Judged | None = None


def read(
    article: Article, as_of: date, facts: Facts | None, own: Catalogued | None = None
) -> list[Told]:
    """Return the claims of an article as told on a day, judged by what a build knows, if any.

    Who reads many articles gives `own`, what the catalogue adds to the grammar, once.
    """
    if own is None and facts is not None:
        own = finer.catalogued(facts.entries)
    stated = list(reader.read_sentences(article.text, as_of, own))
    if facts is None:
        return [Told(each.claim, each.sentence) for each in stated]
    wire = wire_of(article.publisher, article.title, facts.entries)
    said = [
        Said(
            claim=each.claim,
            article_url=article.url,
            publisher=article.publisher,
            published=as_of,
            first=as_of,
            title=article.title,
            sentence=each.sentence,
            wire=wire,
        )
        for each in stated
    ]
    judged = verdict.judge_article(facts, said)
    return [
        Told(each.claim, each.sentence, found) for each, found in zip(stated, judged, strict=True)
    ]
