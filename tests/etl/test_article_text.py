"""Foreign links, titles and titles' stories."""

from datetime import UTC, date, datetime

import pytest

from etl import article_feeds, article_text
from etl.article_stories import Told, stories
from etl.errors import CatalogError
from tests.support import Small

SAME = [
    "https://www.bugle.example/2025/gas",
    "http://bugle.example/2025/gas/",
    "https://bugle.example:443/2025/gas?utm_source=rss_feed&utm_medium=x#top",
    "HTTPS://M.Bugle.example./2025//gas?fbclid=1&gclid=2&ref=home&from=timeline",
    "https://amp.bugle.example/2025/gas/amp",
    "https://bugle.example/amp/2025/g%61s",
]
OTHERS = [
    "https://bugle.example/2025/gas-2",
    "https://bugle.example/2025/gas?id=2",
    "https://bugle.example/2025/gas?id=3",
    "https://markets.bugle.example/2025/gas",
    "https://bugle.example:8080/2025/gas",
]


def test_one_article_has_one_identity_however_its_address_is_written() -> None:
    assert {article_text.identity(url) for url in SAME} == {article_text.identity(SAME[0])}
    assert len({article_text.identity(url) for url in [*OTHERS, SAME[0]]}) == len(OTHERS) + 1


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/x",
        "//a.example/x",
        "https://user:word@a.example/",
        "https://a.example:99999/",
        "https://[broken/",
        "https://a.example/" + "x" * 3000,
        "",
    ],
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert article_text.link(url) == ""


def test_a_link_stays_the_address_that_it_was() -> None:
    kept = "https://www.a.example/A%2Fb?center=x&lang=en"
    assert article_text.link(kept + "&utm_campaign=1#y") == kept
    assert article_text.link("https://a.example/x y\n") == "https://a.example/x%20y"


def told(number: int, title: str, day: int = 1, wire: str = "", text: str = "") -> Told:
    return Told(f"a{number}", date(2025, 6, day), title, wire, text)


GAS = "China and Russia sign a gas supply deal"
ONE_STORY = {
    "the same title": (told(1, GAS), told(2, GAS.upper() + "!")),
    "with an outlet behind it": (told(1, GAS), told(2, f"{GAS} - The Daily Bugle")),
    "with a label before it": (told(1, GAS), told(2, f"UPDATE 2-{GAS}")),
    "spaced as an index does": (
        told(1, "China , Russia : trade up 5.5 %"),
        told(2, "China, Russia: trade up 5.5 %"),
    ),
    "a week apart": (told(1, GAS), told(2, GAS, 8)),
    "the same text": (told(1, GAS, text="f"), told(2, "Another head", 28, text="f")),
    "one agency, one says more": (
        told(1, GAS, wire="reuters"),
        told(2, f"{GAS}, sources say", 2, "Reuters; dpa"),
    ),
    "in Chinese": (told(1, "中俄签署天然气供应协议"), told(2, "中俄签署天然气供应协议！")),
}
TWO_STORIES = {
    "more than a week apart": (told(1, GAS), told(2, GAS, 9)),
    "a title that is only a subject": (told(1, "Oil prices"), told(2, "Oil prices")),
    "another number": (told(1, "Russia trade up 5 %"), told(2, "Russia trade up 6 %")),
    "another product, one agency": (
        told(1, "China's crude imports from Russia fall in May", wire="reuters"),
        told(2, "China's coal imports from Russia fall in May", wire="reuters"),
    ),
    "the other way round, one agency": (
        told(1, "China gas exports to Russia rise", wire="reuters"),
        told(2, "Russia gas exports to China rise", wire="reuters"),
    ),
    "a denial, one agency": (
        told(1, GAS, wire="tass"),
        told(2, f"Gazprom denies {GAS}", wire="tass"),
    ),
    "near, but of two agencies": (
        told(1, GAS, wire="tass"),
        told(2, f"{GAS}, sources say", wire="reuters"),
    ),
}


@pytest.mark.parametrize("pair", ONE_STORY.values(), ids=ONE_STORY)
def test_these_tell_one_story(pair: tuple[Told, Told]) -> None:
    assert stories(reversed(pair)) == {"a1": "a1", "a2": "a1"}


@pytest.mark.parametrize("pair", TWO_STORIES.values(), ids=TWO_STORIES)
def test_these_tell_two_stories(pair: tuple[Told, Told]) -> None:
    assert stories(pair) == {"a1": "a1", "a2": "a2"}


def test_a_daily_title_is_no_endless_story() -> None:
    daily = [told(day, "Oil market report of the day", day) for day in range(1, 29, 3)]
    assert len(set(stories(daily).values())) > 2


def test_a_day_of_publication_is_never_after_the_retrieval() -> None:
    seen = datetime(2025, 6, 9, 20, tzinfo=UTC)
    assert article_text.published("2025-06-10T03:00:00+08:00", seen) == ("2025-06-09", "")
    assert article_text.published("2999-01-01", seen) == ("2025-06-09", "")
    assert article_text.published("0001-01-01", seen)[1] == "2025-06-09T20:00:00+00:00"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('publisher="TASS"\n', "", "feed tass: publisher is missing"),
        ('name="scmp_china"', 'name="tass"', "feed tass stands twice"),
        ('url="https://tass.com', 'url="tass.com', "is no web address"),
        ("[relevance.both]", "[relevance.neither]", "relevance"),
        ('en=["china"', 'en=[7, "china"', "no word"),
        ("[[feed]]", "[[feed]", "TOML"),
    ],
)
def test_a_list_of_feeds_that_does_not_hold_together_is_named(
    small_shipped: Small, old: str, new: str, said: str
) -> None:
    small_shipped.catalogue("feeds.toml", old, new)
    with pytest.raises(CatalogError, match=r"feeds\.toml") as error:
        article_feeds.load()
    assert said in str(error.value)
