"""What an address may ask of a page, and what is told where it asks for nothing that is there."""

import pytest

from tests.desk.framed import PAGES, charts, hovers, opened, sound
from tests.desk.framed import framed as framed
from tests.desk.framed import fresh as fresh


@pytest.mark.usefixtures("build")
def test_years_the_wrong_way_round_are_turned() -> None:
    app = sound(opened("trade", from_="2024", to="2020"))
    assert "2022: <b>" in hovers(charts(app)["trade_totals"])


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_parameter_is_told(page: str) -> None:
    app = sound(opened(page, colour="red"))
    assert any("`colour`" in shown.value for shown in app.info)


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize(
    ("name", "value"),
    [("as_of", "banana"), ("as_of", "2024-02-31"), ("as_of", "2999-01-01"), ("from", "x"),
     ("to", "1066"), ("lang", "tlh")],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_told_and_the_default_is_used(name: str, value: str) -> None:
    app = sound(opened("overview", **{name: value}))
    usual = opened("overview")
    told = [shown.value for shown in app.warning]
    assert len(told) == 1
    assert f"`{name}`" in told[0]
    for box in ("from", "to", "lang"):
        assert app.selectbox(key=box).value == usual.selectbox(key=box).value
    assert app.date_input(key="as_of").value == usual.date_input(key="as_of").value


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize(
    ("page", "name"),
    [("trade", "trade_kind"), ("trade", "trade_unit"), ("energy", "product"),
     ("energy", "gas_kind")],
)  # fmt: skip
def test_a_choice_that_a_page_does_not_have_is_told(page: str, name: str) -> None:
    app = sound(opened(page, **{name: "banana"}))
    [told] = [shown.value for shown in app.warning]
    assert f"`{name}` = banana" in told


@pytest.mark.usefixtures("build")
def test_a_choice_that_a_page_has_is_not_told() -> None:
    assert not sound(opened("energy", product="gas", gas_kind="month")).warning


@pytest.mark.usefixtures("build")
def test_an_unknown_figure_is_a_sentence() -> None:
    app = opened("overview", figure="nothing")
    assert not app.exception
    assert "«nothing» is unknown" in app.error[0].value


@pytest.mark.usefixtures("build")
def test_foreign_markup_in_an_address_is_not_interpreted() -> None:
    app = opened("overview", as_of="**[x](javascript:alert(1))**")
    assert r"\*\*\[x\]\(javascript" in app.warning[0].value
