"""The dialog of Find on pages: opened by its address, what it says, links that keep the view."""

import pytest
from streamlit.testing.v1 import AppTest

from desk import markup
from desk.findable import Entry, Place, Words
from desk.finding import Found, Group
from desk.widgets import find
from tests.desk.framed import PAGES, opened, sound, words
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh


def found(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_button(page: str) -> None:
    app = opened(page)
    button = app.button(key="find_open")
    assert button.proto.shortcut.lower() == "alt+q"
    assert not [box for box in app.text_input if box.key == find.KEY]


@pytest.mark.usefixtures("build")
def test_an_address_opens_the_dialog_with_its_results() -> None:
    app = sound(opened("technology", find="memorandum siberia", lang="ru", as_of="2026-01-31"))
    assert app.text_input(key=find.KEY).value == "memorandum siberia"
    shown = found(app)
    assert "/?as_of=2026-01-31&amp;lang=ru&amp;figure=pos2_timeline" in shown
    assert not app.warning


@pytest.mark.usefixtures("build")
def test_words_typed_go_into_the_address() -> None:
    app = sound(opened("trade", find=""))
    app.text_input(key=find.KEY).set_value("原油").run()
    assert app.query_params[find.KEY] in ("原油", ["原油"])
    assert "figure=crude_volume" in found(sound(app))


@pytest.mark.usefixtures("build")
def test_no_words_and_no_result_say_what_to_do() -> None:
    assert "Type a few words" in words(opened("status", find=""))
    nothing = words(sound(opened("status", find="zzzzzz *b* [c](http://d)")))
    assert "has all of" in nothing
    assert "Use fewer words" in nothing


@pytest.mark.usefixtures("build")
def test_a_question_as_long_as_an_attack_is_cut() -> None:
    app = sound(opened("status", find="power " * 3000))
    assert len(app.text_input(key=find.KEY).value) <= find.LONGEST


@pytest.mark.usefixtures("build")
def test_an_earlier_day_finds_less() -> None:
    assert "e092" not in found(opened("status", find="e092", as_of="2025-01-01"))
    assert "Legally binding memorandum" in found(opened("status", find="e092"))
    assert "Legally binding memorandum" not in found(
        opened("status", find="legally binding", as_of="2025-01-01")
    )


def test_what_others_wrote_is_shown_and_never_becomes_markup() -> None:
    hostile = '<img src=x onerror="alert(1)"> "quoted" & \u202eturned'
    words_ = Words(("x",), " x ", " ", " ")
    entry = Entry("event", "e1", hostile, hostile, words_, Place(url="javascript:alert(1)"), None)
    shown = find.results(Found([Group("event", [entry], 1)]), "en")
    assert "<img" not in shown
    assert "<a " not in shown
    assert "javascript:" not in shown
    assert "\u202e" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("/?figure=x", True),
        ("https://tass.com/1?a=b&c=d", True),
        ("//evil.example/x", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
    ],
)
def test_a_link_opens_pages_only(address: str, opens: bool) -> None:
    assert ("<a " in markup.html_link("title", address)) is opens


def test_the_terms_of_a_chart_stand_under_it_and_each_has_its_address(build: object) -> None:
    app = sound(opened("overview", figure="trade_mirror"))
    shown = words(app)
    assert "Mirror data" in shown
    assert "#term-mirror" in shown
    status = opened("status")
    assert {"term-mirror", "term-vintage", "glossary"} <= {
        heading.proto.anchor for heading in status.subheader
    }
