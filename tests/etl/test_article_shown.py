"""Fetched articles on their page: a story once, a file without a link, foreign words as words."""

from datetime import UTC, datetime

import pytest

from etl import article_text, build, paths, warehouse
from tests.desk.framed import framed, fresh, opened, sound
from tests.etl.test_article_load import fetched, land, sites
from tests.support import TODAY, Small, article

__all__ = ["framed", "fresh"]


@pytest.fixture
def published(small_shipped: Small) -> Small:
    """Publish a build of one reviewed article, one story on four sites and a file."""
    small_shipped.articles(article())
    title = "Handed in: $x$ [a](javascript:b) and <b>more</b>"
    seen = {"seen": "2025-06-11T08:00:00+00:00"}
    land(*sites())
    land(fetched("", id="f1", title=title, source="") | seen, source="handed")
    part = paths.warehouse() / "test.duckdb.part"
    part.parent.mkdir(parents=True)
    with warehouse.duckdb.connect(str(part)) as con:
        build.fill(con, paths.shipped(), TODAY, lambda stage: None)
        build.stamp(con, "7e57", datetime.now(UTC))
    warehouse.publish(part, "7e57")
    return small_shipped


def shown(**address: str) -> tuple[int, str]:
    """Return how many articles are listed, and every word of the page."""
    app = sound(opened("articles", **address))
    parts = [*app.subheader, *app.markdown, *app.caption]
    return len(app.dataframe[0].value), "\n".join(str(part.value) for part in parts)


@pytest.mark.usefixtures("published")
def test_a_story_is_listed_once_and_any_of_its_articles_opens_it() -> None:
    listed, words = shown(article=article_text.identity("https://two.example/1"))
    assert listed == 3
    assert "(https://agency.example/1)" in words
    line = next(line for line in words.splitlines() if line.startswith("Also at:"))
    assert line.count("](https://") == 3


@pytest.mark.usefixtures("published")
def test_an_article_without_an_address_is_shown_without_a_link() -> None:
    _, words = shown(article="f1")
    assert "from a file, without an address" in words
    assert "first seen" in words
    assert "](" not in words.replace("\\]\\(", "")
    assert "<b>" not in words
