"""What cannot be compared is refused with a sentence, in the language of the reader."""

from datetime import date

import pytest

from desk.comparing.limits import NotComparable
from desk.texts import text
from etl.entries import LANGUAGES
from etl.errors import UnknownRequest
from tests.desk.conftest import Make

TRADE = ("exports_cn_to_ru", "imports_cn_from_ru")
CRUDE = ("crude_ru_cn_volume", "crude_sa_cn_volume")
COAL = ("coal_ru_cn_volume", "coal_id_cn_volume", "coal_au_cn_volume")


@pytest.mark.parametrize(
    ("series", "view", "key"),
    [
        (("trade_total",), "lines", "few"),
        ((*TRADE, *CRUDE, *COAL), "lines", "many"),
        (("crude_ru_cn_volume", "price_brent", "trade_total", "fx_usd_rub"), "lines", "panels"),
        (("crude_ru_cn_volume", "crude_ru_cn_value"), "shares", "units"),
        (("price_brent", "price_dubai"), "shares", "not_additive"),
        (("imports_cn_from_ru", "imf_ru_exports_to_cn"), "shares", "bases"),
        (("trade_total", "exports_cn_to_ru"), "shares", "contains"),
        (("crude_cn_total_volume", "crude_ru_cn_volume"), "shares", "contains"),
        (("imports_cn_from_ru", "crude_ru_cn_value"), "shares", "contains"),
        (("energy_ru_cn_value", "crude_ru_cn_value"), "shares", "contains"),
        (("coal_ru_cn_volume", "coking_coal_ru_cn_volume"), "shares", "contains"),
        (("ru_coal_export_total", "ru_coal_export_east"), "shares", "contains"),
        (("trade_balance", "exports_cn_to_ru"), "shares", "not_additive"),
        (("crude_ru_cn_rank", "ru_rank_among_cn_partners"), "indexed", "index_of_rank"),
        (("crude_ru_cn_share", "coal_ru_cn_share"), "growth", "growth_of_share"),
        (("crude_ru_cn_volume", "crude_ru_cn_value"), "gap", "units"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_sentence(
    series: tuple[str, ...], view: str, key: str, compared: Make
) -> None:
    for language in LANGUAGES:
        with pytest.raises(NotComparable) as refusal:
            compared(*series, view=view, language=language)
        head = text(f"compare.refused.{key}", language).split("{")[0]
        assert str(refusal.value).startswith(head)
        assert "{" not in str(refusal.value)


def test_nothing_in_the_span_is_refused_or_named(compared: Make) -> None:
    with pytest.raises(NotComparable, match="No figure of this kind"):
        compared("price_brent", "lng_qa_cn_volume", view="indexed", start=date(2026, 1, 1))
    figure = compared("price_brent", "lng_qa_cn_volume", start=date(2023, 1, 1), kind="month")
    assert not figure.empty


def test_a_name_that_is_not_there_is_an_error(compared: Make) -> None:
    for asked in ({"view": "pie"}, {"kind": "week"}, {"currency": "GBP"}):
        with pytest.raises(UnknownRequest, match="is unknown here"):
            compared(*TRADE, **asked)
    with pytest.raises(UnknownRequest, match="«nothing»"):
        compared("nothing", *TRADE)
