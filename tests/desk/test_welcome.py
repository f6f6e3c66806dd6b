"""The orientation strip: three answers on a first visit, a line once it is shut."""

import pytest
from streamlit.testing.v1 import AppTest

from desk.texts import text
from etl.entries import LANGUAGES
from etl.warehouse import Build
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh
from tests.desk.framed import opened, sound

PARTS = ("what", "sure", "go")


def _said(app: AppTest) -> str:
    return "\n".join(shown.value for shown in app.markdown)


def _answers(app: AppTest, language: str) -> list[bool]:
    said = _said(app)
    return [text(f"welcome.{part}_title", language) in said for part in PARTS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_is_told_what_this_is_how_sure_and_where_to_go(
    build: Build, language: str
) -> None:
    app = sound(opened("overview", lang=language))
    assert _answers(app, language) == [True] * 3
    said = _said(app)
    for page in ("trade", "energy", "articles", "briefing", "status"):
        assert f"](/{page}?lang={language})" in said or f"](/{page}?)" in said


def test_once_shut_only_its_title_is_left(build: Build) -> None:
    app = sound(opened("overview", welcome="0"))
    assert _answers(app, "en") == [False] * 3
    assert text("welcome.title") in [strip.label for strip in app.expander]


def test_a_link_to_another_page_may_say_that_it_is_shut(build: Build) -> None:
    app = sound(opened("status", welcome="0"))
    assert _answers(app, "en") == [False] * 3
    assert not [told.value for told in app.info if "welcome" in told.value]
