"""Which articles tell one story: an agency's text on many sites is one piece of evidence.

A false union hides an article, so that likeness is read narrowly: the same text; the same title
within a week; or the same agency within a week, and one title says all that the other says.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAYS = 7
# a shorter title names a subject, not a story
LEAST_WORDS, LEAST_SIGNS = 4, 8
MOST_EXTRA_WORDS = 4
_LABEL = re.compile(
    r"^\s*(update\s*\d*|rpt|wrapup\s*\d*|exclusive|breaking|correct(ed|ion)|refile|молния|срочно|快讯)"
    r"\s*[-–—:|：]\s*",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"^(?P<title>.{20,}?)\s+[-–—|]\s+(?P<outlet>[^-–—|]{2,40})$")
_CHINESE = re.compile("[㐀-鿿]")
_NOTHING = re.compile(
    "a|an|the|of|in|on|to|for|by|at|as|and|is|are|its|from|with|say|says|said|reuters|tass|afp"
    "|bloomberg|xinhua|в|на|и|с|по|из|о|об|к|у|за|от"
)
_NOT = re.compile("not|no|never|without|deny|denie[ds]|не|нет|без|опроверг(ла?)?")


@dataclass(frozen=True)
class Told:
    """What of an article decides its story; `wire` is empty where it names no agency."""

    id: str
    published: date
    title: str
    wire: str
    text_sha256: str


def stories(articles: Iterable[Told]) -> dict[str, str]:
    """Return by article id the id of the first article of its story."""
    ordered = sorted(articles, key=lambda article: (article.published, article.id))
    story: dict[str, str] = {}
    by_text: dict[str, str] = {}
    by_title: dict[str, Told] = {}
    by_wire: dict[str, list[Told]] = defaultdict(list)
    for article in ordered:
        title = normal(article.title)
        twin = by_title.get(title) if _tells(title) else None
        head = by_text.get(article.text_sha256) if article.text_sha256 else None
        if head is None and twin and (article.published - twin.published).days <= DAYS:
            head = story[twin.id]
        agency = _agency(article.wire)
        near = by_wire[agency] if agency else []
        near[:] = [other for other in near if (article.published - other.published).days <= DAYS]
        if head is None:
            head = next((story[o.id] for o in near if _near(title, normal(o.title))), None)
        story[article.id] = head or article.id
        near.append(article)
        if article.text_sha256:
            by_text.setdefault(article.text_sha256, story[article.id])
        if twin is None or (article.published - twin.published).days > DAYS:
            by_title[title] = article
    return story


def _agency(wire: str) -> str:
    """Return the first agency of a list of them, however it is written."""
    return re.sub(r"\W+", "_", re.split(r"[;,/]", wire)[0].strip().casefold())


def normal(title: str) -> str:
    """Return a title in lower case without punctuation, label ("UPDATE 2-") and " - Outlet"."""
    title = _LABEL.sub("", title)
    behind = _OUTLET.match(title)
    # an outlet is a name of few words; a clause behind a dash belongs to the title
    if behind and len(behind["outlet"].split()) <= 4 and behind["outlet"].strip()[:1].isupper():
        title = behind["title"]
    return " ".join(re.sub(r"[^\w%$€¥.,]|(?<!\d)[.,]|[.,](?!\d)", " ", title.casefold()).split())


def _tells(title: str) -> bool:
    signs = len(_CHINESE.findall(title))
    return signs >= LEAST_SIGNS or len(title.split()) >= LEAST_WORDS


def _near(one: str, other: str) -> bool:
    """Return whether one title says all that the other says, in its order, and little more."""
    first, second = (
        [word for word in text.split() if not _NOTHING.fullmatch(word)] for text in (one, other)
    )
    less, more = sorted((first, second), key=len)
    extra, rest = [], iter(less)
    awaited = next(rest, None)
    for word in more:
        if word == awaited:
            awaited = next(rest, None)
        else:
            extra.append(word)
    return (
        awaited is None
        and len(less) >= LEAST_WORDS
        and len(extra) <= MOST_EXTRA_WORDS
        and not any(_NOT.fullmatch(word) for word in extra)
    )
