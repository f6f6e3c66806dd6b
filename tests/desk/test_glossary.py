"""The glossary: complete in three languages; the cards of a figure are those of its words."""

import pytest

from desk import glossary
from desk.texts import catalogue
from etl.entries import LANGUAGES
from tests.desk.conftest import Make

ASKED = (
    "reporter partner flow hs cif_fob mirror vintage as_of period basis unit provisional derived "
    "estimated precision disputed agrees revised_verdict differs not_checkable pos1 pos2 "
    "pipeline_gas bcm mbd mt hhi ytd yoy pp settlement january_february growth"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_name_and_an_explanation(language: str) -> None:
    cards = glossary.cards(language)
    assert set(ASKED.split()) <= set(cards)
    for card in cards.values():
        assert card.term.strip()
        assert len(card.explanation) > len(card.term)
    assert len({card.term for card in cards.values()}) == len(cards)
    own = catalogue(language)
    assert all(f"glossary.{name}.term" in own for name in cards)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_trigger_belongs_to_two_terms(language: str) -> None:
    named = [word for card in glossary.cards(language).values() for word in card.triggers]
    assert sorted(set(named)) == sorted(named)


@pytest.mark.parametrize(
    ("language", "words", "terms"),
    [
        ("en", "China customs imports (CIF) against Russian exports (FOB)", "flow basis cif_fob"),
        ("en", "Power of Siberia 2: what was announced", "event pos2"),
        ("en", "Power of Siberia 1: deliveries", "pos1"),
        ("en", "mb/d", "mbd"),
        ("en", "submit a shared comment", ""),
        ("en", "The pp of HS 2701", "pp hs"),
        ("ru", "«Сила Сибири — 2»: что объявляли", "pos2"),
        ("ru", "Млн т, база учёта", "basis mt"),
        ("ru", "расчётные кресты", "derived"),
        ("zh", "西伯利亚力量2号", "pos2"),
        ("zh", "按到岸价", "cif_fob"),
    ],
)
def test_terms_are_known_by_their_words(language: str, words: str, terms: str) -> None:
    found = {card.id for card in glossary.occurring(words, language)}
    assert found == set(terms.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("figure", "has", "has_not"),
    [
        ("trade_mirror", {"mirror", "cif_fob", "basis", "estimated"}, {"hs", "pos2", "hhi"}),
        ("coal_volume", {"hs", "mt", "basis", "claim"}, {"bcm", "mbd", "pos1"}),
        ("pos1_deliveries", {"bcm", "pos1", "step", "event"}, {"pos2", "hs", "mirror"}),
        ("pos2_timeline", {"pos2", "event"}, {"pos1", "bcm", "mirror", "derived"}),
        ("settlement", {"settlement", "share", "bound"}, {"bcm", "hs", "mirror"}),
    ],
)
def test_a_figure_has_the_cards_of_just_its_words(
    make: Make, language: str, figure: str, has: set[str], has_not: set[str]
) -> None:
    cards = {card.id for card in glossary.of_figure(make(figure, language=language))}
    assert has <= cards
    assert not has_not & cards


def test_statuses_and_units_bring_their_cards(make: Make) -> None:
    barrels = {card.id for card in glossary.of_figure(make("crude_volume", unit="mb/d"))}
    tonnes = {card.id for card in glossary.of_figure(make("crude_volume", unit="Mt"))}
    assert "mbd" in barrels - tonnes
    assert "mt" in tonnes - barrels
    ytd = {card.id for card in glossary.of_figure(make("trade_totals", kind="ytd"))}
    year = {card.id for card in glossary.of_figure(make("trade_totals", kind="year"))}
    assert "ytd" in ytd - year


def test_each_verdict_of_a_figure_is_explained(make: Make) -> None:
    made = make("trade_totals")
    cards = {card.id for card in glossary.of_figure(made)}
    assert {glossary.VERDICTS[row["verdict"]] for row in made.claims} <= cards
