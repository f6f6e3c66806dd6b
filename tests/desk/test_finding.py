"""Find: three languages on the shipped data, as known on a day, slips, attacks, places."""

from datetime import date
from functools import cache

import duckdb
import pytest

from desk import figure_list, findable, finding, selection
from desk.findable import Entry
from desk.finding import Found
from desk.folding import fold, split
from tests.support import TODAY


class Asking:
    """Asks the warehouse of the shipped data; entries are made once a day and language."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.entries = cache(lambda day, language: findable.entries(con, day, language))

    def __call__(self, words: str, day: date = TODAY, language: str = "en") -> Found:
        return finding.find(self.con, self.entries(day, language), words)

    def ids(self, words: str, kind: str, day: date = TODAY) -> list[str]:
        found = {group.kind: group for group in self(words, day).groups}
        return [entry.id for entry in found[kind].entries] if kind in found else []


@pytest.fixture(scope="module")
def ask(con: duckdb.DuckDBPyConnection) -> Asking:
    return Asking(con)


@pytest.mark.parametrize(
    ("words", "kind", "best"),
    [
        ("trade totals", "figure", "trade_totals"),
        ("товарооборот", "indicator", "trade_total"),
        ("贸易总额", "indicator", "trade_total"),
        ("объем торговли", "indicator", "trade_total"),
        ("Power of Siberia 2", "figure", "pos2_timeline"),
        ("СИЛА СИБИРИ 2", "figure", "pos2_timeline"),
        ("西伯利亚力量2号", "figure", "pos2_timeline"),
        ("西伯利亚力量2号", "term", "pos2"),
        ("crude discount", "figure", "crude_discount"),
        ("нефть объем Китай", "indicator", "crude_ru_cn_volume"),
        ("расчеты юанях", "figure", "settlement"),
        ("винтаж", "term", "vintage"),
        ("镜像", "figure", "trade_mirror"),
        ("mirror data", "term", "mirror"),
        ("crude_ru_cn_volume", "indicator", "crude_ru_cn_volume"),
        ("e092", "event", "e092"),
        ("legally binding memorandum", "event", "e092"),
        ("Novak price", "event", "e049"),
        ("a002", "article", "a002"),
        ("Gazprom CNPC 10 bcm far eastern", "article", "a002"),
    ],
)
def test_the_best_answer_is_known_by_its_id(ask: Asking, words: str, kind: str, best: str) -> None:
    assert ask.ids(words, kind)[:1] == [best]


@pytest.mark.parametrize(
    ("words", "event"), [("санкции", "e107"), ("制裁", "e107"), ("арктик спг", "e087")]
)
def test_an_event_told_in_english_is_found_in_other_languages(
    ask: Asking, words: str, event: str
) -> None:
    found = {entry.id for group in ask(words).groups for entry in group.entries}
    everything = finding.find(ask.con, ask.entries(TODAY, "en"), words)
    count = next(group.count for group in everything.groups if group.kind == "event")
    assert event in found or count > finding.SHOWN


def test_chinese_without_spaces_is_found_in_pieces(ask: Asking) -> None:
    assert "crude_volume" in ask.ids("俄罗斯原油", "figure")
    assert "a053" in ask.ids("俄罗斯原油", "article")
    assert not ask("俄罗斯原油铁路票").groups


def test_every_word_must_occur(ask: Asking) -> None:
    assert ask("crude lignite nonsenseword").groups == []
    both = set(ask.ids("gas price", "figure"))
    assert both <= set(ask.ids("gas", "figure")) | {"gas_price", "gas_benchmark"}
    assert both


def test_nothing_published_after_the_day_is_found(ask: Asking) -> None:
    day = date(2024, 6, 30)
    words = ("power siberia", "lng", "trade", "нефть", "制裁", "gazprom", "agreement")
    seen = 0
    for question in words:
        for entry in ask.entries(day, "en"):
            assert entry.day is None or entry.day <= TODAY
        told = ask.con.execute(
            "SELECT id FROM event WHERE published > $day UNION SELECT id FROM article "
            "WHERE published > $day",
            {"day": day},
        ).fetchall()
        later = {row[0] for row in told}
        found = {entry.id for group in ask(question, day).groups for entry in group.entries}
        seen += len(found)
        assert not found & later
    assert seen
    assert ask.ids("e092", "event") == ["e092"]
    assert ask.ids("e092", "event", day) == []


def test_a_publisher_is_known_only_from_the_day_of_its_first_figure(ask: Asking) -> None:
    early = {entry.id: entry for entry in ask.entries(date(2000, 1, 1), "en")}
    late = {entry.id: entry for entry in ask.entries(TODAY, "en")}
    assert " tass " not in early["trade_total"].words.body
    assert " tass " in late["trade_total"].words.body


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("sibera", "siberia"), ("gazprmo", "gazprom"), ("товарооброт", "товарооборот")],
)
def test_a_slip_of_the_keyboard_is_read_as_what_is_meant_and_told(
    ask: Asking, slip: str, meant: str
) -> None:
    found = ask(slip)
    assert meant in found.read_as[slip]
    assert found.groups


def test_a_word_that_is_written_right_is_not_read_otherwise(ask: Asking) -> None:
    assert ask("siberia").read_as == {}
    assert ask("qqqqqqqq").read_as == {}


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "   ",
        "%",
        "_",
        "'",
        '"; DROP TABLE article; --',
        ".*(a|b)+$[",
        "\\",
        "\x00\x01",
        "\ud800",
        "<script>alert(1)</script>",
        "a" * 10_000,
        "power " * 2_000,
        "西" * 5_000,
        "🛢️",
    ],
)
def test_a_hostile_question_is_only_a_question(ask: Asking, hostile: str) -> None:
    found = ask(hostile)
    assert all(group.entries for group in found.groups)
    if not split(fold(hostile)):
        assert found == Found()
    rows = ask.con.execute("SELECT count(*) FROM article").fetchall()
    assert rows[0][0] > 100


def test_wildcards_are_letters_like_others(ask: Asking) -> None:
    assert ask("tr%de").groups == ask("tr de").groups
    assert ask("t_ade").groups == ask("t ade").groups


def test_every_entry_leads_somewhere(ask: Asking) -> None:
    figures = figure_list.load()
    for entry in ask.entries(TODAY, "en"):
        place = entry.place
        if place.page is None:
            assert place.url.startswith("http"), entry.id
        if figure := place.parameters.get("figure"):
            assert figure in figures
    by_id = {(entry.kind, entry.id): entry.place for entry in ask.entries(TODAY, "en")}
    assert by_id["figure", "pos1_deliveries"].parameters == {"figure": "pos1_deliveries"}
    assert by_id["indicator", "crude_ru_cn_volume"].parameters["figure"] == "crude_volume"
    marked = {"figure": "pos2_timeline", f"{selection.PREFIX}pos2_timeline": "event:e092"}
    assert by_id["event", "e092"].parameters == marked
    assert by_id["event", "e001"].parameters["from"] == "2006"
    assert by_id["article", "a002"].page == "articles"
    assert by_id["article", "a002"].parameters == {"article": "a002"}
    assert by_id["term", "vintage"].anchor == "term-vintage"


def test_titles_are_in_the_language_of_the_reader(ask: Asking) -> None:
    def title(language: str) -> str:
        entries: list[Entry] = ask.entries(TODAY, language)
        return next(entry.title for entry in entries if entry.id == "trade_totals")

    assert len({title("en"), title("ru"), title("zh")}) == 3


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Ёлка", "елка"), ("É́cole", "ecole"), ("ＬＮＧ", "lng"), ("м³", "м3"), ("Straße", "strasse")],
)
def test_letters_are_compared_without_case_accent_and_width(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_chinese_beside_letters_is_a_word_of_its_own() -> None:
    assert split(fold("LNG价格2025年")) == ["lng", "价格", "2025", "年"]
