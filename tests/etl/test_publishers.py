"""Publisher lines taken apart: the page, the wire that it relays, and who counted."""

import pytest

from etl import catalog, publishers
from etl.entries import Catalog
from etl.publishers import Publisher
from tests.support import DATA


@pytest.fixture(scope="module")
def entries() -> Catalog:
    return catalog.load(DATA / "catalog")


def class_of(line: str, entries: Catalog) -> str:
    return entries.sources[publishers.split(line, entries).source].class_


def test_a_relayed_wire_decides_and_the_customs_office_is_the_counter(entries: Catalog) -> None:
    line = publishers.split("Masr Al-Youm (Novosti, GACC)", entries)
    assert line == Publisher(page="Masr Al-Youm", wire="ria", counter="gacc", source="ria")


def test_a_customs_office_is_a_counter_and_never_a_wire(entries: Catalog) -> None:
    line = publishers.split("Zhongshen (GACC)", entries)
    assert (line.wire, line.counter, line.source) == ("", "gacc", "press")


@pytest.mark.parametrize(
    "line", ["Dzen blog (GACC)", "SOTT (RT)", "Crypto Daily (Reuters)", "56ok"]
)
def test_a_blog_stays_a_blog_whatever_it_copies(line: str, entries: Catalog) -> None:
    assert class_of(line, entries) == "blog"


def test_rt_is_press_and_not_ria(entries: Catalog) -> None:
    line = publishers.split("RT", entries)
    assert (line.wire, line.source) == ("", "rt")
    assert class_of("RT", entries) == "press"


def test_rt_that_relays_novosti_tells_the_story_of_ria(entries: Catalog) -> None:
    assert publishers.split("RT Arabic (Novosti)", entries).wire == "ria"


@pytest.mark.parametrize("line", ["A Paper Nobody Listed", "Capital.com", "Washington Post"])
def test_what_is_not_listed_is_plain_press(line: str, entries: Catalog) -> None:
    assert publishers.split(line, entries).source == "press"


@pytest.mark.parametrize(
    "line", ["Reuters reprint", "Reuters via Yahoo", "Censor.NET (Reuters)", "Reuters"]
)
def test_every_way_to_relay_a_wire_names_it(line: str, entries: Catalog) -> None:
    found = publishers.split(line, entries)
    assert (found.wire, found.source) == ("reuters", "reuters")


def test_an_agency_on_its_own_page_is_its_own_wire(entries: Catalog) -> None:
    assert publishers.split("TASS", entries).wire == "tass"


@pytest.mark.parametrize("line", ["", "(Reuters)", "Page (never closed", "Page (a, , b)"])
def test_an_odd_line_is_still_taken_apart(line: str, entries: Catalog) -> None:
    assert publishers.split(line, entries).source in entries.sources
