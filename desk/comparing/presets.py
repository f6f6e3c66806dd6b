"""Comparisons that are asked for often, each at one click; their names are in desk/texts."""

from desk.comparing.asked import Comparison

_CRUDE = ("crude_ru_cn_volume", "crude_sa_cn_volume")
_COAL = ("coal_ru_cn_volume", "coal_id_cn_volume", "coal_mn_cn_volume", "coal_au_cn_volume")
_LNG = ("lng_ru_cn_volume", "lng_au_cn_volume", "lng_qa_cn_volume")
_GAS = ("pipeline_gas_ru_cn_unit_price_heat", "lng_ru_cn_unit_price_heat", "price_gas_eu")
_IMPORTS = ("imports_cn_from_ru", "imf_ru_exports_to_cn", "russian_exports_to_cn_russian_basis")
_EXPORTS = ("exports_cn_to_ru", "imf_ru_imports_from_cn", "russian_imports_from_cn_russian_basis")
_TOTALS = ("trade_total", "imf_ru_trade_with_cn", "trade_total_russian_customs_basis")

_WITH_CHINA = (
    "imf_ru_exports_to_cn",
    "imf_ru_exports_total",
    "imf_ru_imports_from_cn",
    "imf_ru_imports_total",
)

PRESETS = {
    "exports_imports": Comparison(("exports_cn_to_ru", "imports_cn_from_ru")),
    "crude_suppliers": Comparison((*_CRUDE, "crude_my_cn_volume")),
    "crude_shares": Comparison(_CRUDE, "shares"),
    "coal_suppliers": Comparison(_COAL),
    "lng_suppliers": Comparison(_LNG),
    "crude_price": Comparison(("crude_ru_cn_unit_price", "price_brent"), kind="month"),
    "gas_price": Comparison((*_GAS, "price_lng_jp")),
    "volume_value": Comparison(("crude_ru_cn_volume", "crude_ru_cn_value"), "indexed"),
    "trade_rouble": Comparison(("trade_total", "fx_usd_rub")),
    "china_share": Comparison(_WITH_CHINA, "indexed"),
    "trade_years": Comparison(("trade_total",), "years", "ytd"),
    "mirror_imports": Comparison(_IMPORTS, "gap"),
    "mirror_exports": Comparison(_EXPORTS, "gap"),
    "mirror_total": Comparison(_TOTALS, "gap"),
}

# what page Compare opens with
DEFAULT = next(iter(PRESETS.values()))


def name(asked: Comparison) -> str | None:
    """Return the preset of the same series and view, whatever its periods, unit and currency."""
    return next(
        (
            key
            for key, preset in PRESETS.items()
            if (preset.series, preset.view) == (asked.series, asked.view)
        ),
        None,
    )
