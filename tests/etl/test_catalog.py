"""The catalogue: the shipped one holds together, and each kind of broken entry is named."""

import re
from collections.abc import Callable

import pytest

from etl import catalog
from etl.errors import CatalogError
from tests.support import DATA, Ran, Small

TRADE_TITLE = 'zh="中俄货物贸易总额（中国海关）"'
GROWTH = 'formula={ op="growth", inputs=["trade_total"] }'
BALANCE = 'inputs=["exports_cn_to_ru", "imports_cn_from_ru"]'


def test_the_shipped_catalogue_loads() -> None:
    entries = catalog.load(DATA / "catalog")
    assert entries.indicators["trade_total"].unit == "USD bn"
    assert entries.indicators["trade_total_yoy"].unit == "%"
    assert entries.sources["tass"].class_ == "agency"
    assert entries.retrieved.isoformat() == "2026-11-23"


def test_the_ids_of_the_contract_are_there() -> None:
    wanted = (
        "trade_total exports_cn_to_ru imports_cn_from_ru crude_ru_cn_volume crude_ru_cn_value "
        "crude_ru_cn_share coal_ru_cn_volume coal_ru_cn_share lng_ru_cn_volume lng_ru_cn_value "
        "pipeline_gas_ru_cn_volume pipeline_gas_ru_cn_value machine_tools_share "
        "semiconductors_share settlement_share_local_ccy price_brent fx_usd_cny fx_usd_rub"
    )
    assert set(wanted.split()) <= set(catalog.load(DATA / "catalog").indicators)


@pytest.mark.parametrize(
    ("name", "old", "new", "names"),
    [
        pytest.param(
            "indicators.toml",
            'topic="trade"',
            'topic="trade"\ncolour="red"',
            ["indicator trade_total", "unknown key 'colour'", "use one of"],
            id="unknown key",
        ),
        pytest.param(
            "indicators.toml",
            'measure="value"\nunit="USD bn"',
            'measure="value"\nunit="USD gazillion"',
            ["indicator trade_total", "'USD gazillion' is not in units.toml", "add it"],
            id="unknown unit",
        ),
        pytest.param(
            "indicators.toml",
            ", " + TRADE_TITLE,
            "",
            ["indicator trade_total", "title lacks zh", "write it"],
            id="missing language of an indicator with growth",
        ),
        pytest.param(
            "indicators.toml",
            ', zh="中国对俄贸易差额（计算）"',
            "",
            ["indicator trade_balance", "title lacks zh", "write it"],
            id="missing language",
        ),
        pytest.param(
            "indicators.toml",
            'cadence="month"',
            'cadence="fortnight"',
            ["indicator trade_total", "cadence 'fortnight'", "use one of"],
            id="bad cadence",
        ),
        pytest.param(
            "indicators.toml",
            'flow="total"',
            'flow="sideways"',
            ["indicator trade_total", "flow 'sideways'", "use M, X"],
            id="bad flow",
        ),
        pytest.param(
            "indicators.toml",
            "bounds=[0, 400]",
            "bounds=[400, 0]",
            ["indicator trade_total", "bounds", "write [low, high]"],
            id="bounds upside down",
        ),
        pytest.param(
            "indicators.toml",
            BALANCE,
            'inputs=["exports_cn_to_ru", "nothing_of_the_kind"]',
            ["indicator trade_balance", "'nothing_of_the_kind', which is no indicator", "correct"],
            id="formula pointing at nothing",
        ),
        pytest.param(
            "indicators.toml",
            'op="difference"',
            'op="divination"',
            ["indicator trade_balance", "formula op 'divination'", "use one of"],
            id="unknown formula",
        ),
        pytest.param(
            "indicators.toml",
            'constant="bbl_per_tonne_crude"',
            'constant="bbl_per_firkin"',
            ["indicator", "constant 'bbl_per_firkin' is not in units.toml", "add it"],
            id="unknown constant",
        ),
        pytest.param(
            "indicators.toml",
            '\ndefinition="Exports plus imports',
            '\n# definition="Exports plus imports',
            ["indicator trade_total", "definition", "add the key"],
            id="missing key",
        ),
        pytest.param(
            "indicators.toml",
            "[indicator.trade_total]",
            "[indicator.trade_total",
            ["not valid TOML", "mend it"],
            id="no TOML",
        ),
        pytest.param(
            "sources.toml",
            'class="vendor"',
            'class="hearsay"',
            ["source gacc_wind_crea", "class 'hearsay'", "use one of"],
            id="unknown class",
        ),
        pytest.param(
            "sources.toml",
            r"patterns=['\btass\b']",
            r"patterns=['\b(tass\b']",
            ["source tass", "is not a regular expression", "mend it"],
            id="bad pattern",
        ),
        pytest.param(
            "sources.toml",
            "[source.press]",
            "[source.papers]",
            ["source press is missing", "everything unlisted"],
            id="missing press",
        ),
        pytest.param(
            "sources.toml",
            'retrieved="2026-11-23"',
            "",
            ["[shipped] retrieved", "write YYYY-MM-DD"],
            id="no retrieved date",
        ),
        pytest.param(
            "units.toml",
            "factor=1e6",
            "multiplier=1e6",
            ["unit USD million", "unknown key 'multiplier'", "use one of"],
            id="unknown key of a unit",
        ),
    ],
)
def test_a_broken_entry_is_named_with_file_entry_and_fix(
    small_shipped: Small, name: str, old: str, new: str, names: list[str]
) -> None:
    small_shipped.catalogue(name, old, new)
    with pytest.raises(CatalogError) as refused:
        catalog.load(small_shipped.shipped / "catalog")
    said = str(refused.value)
    assert all(part in said for part in [name, *names]), said


def test_a_missing_file_is_named(small_shipped: Small) -> None:
    (small_shipped.shipped / "catalog" / "units.toml").unlink()
    with pytest.raises(CatalogError, match=re.escape("units.toml is missing; restore it")):
        catalog.load(small_shipped.shipped / "catalog")


def test_every_problem_is_listed_at_once(small_shipped: Small) -> None:
    small_shipped.catalogue("indicators.toml", 'cadence="month"', 'cadence="fortnight"')
    small_shipped.catalogue("sources.toml", 'class="vendor"', 'class="hearsay"')
    with pytest.raises(CatalogError) as refused:
        catalog.load(small_shipped.shipped / "catalog")
    assert "fortnight" in str(refused.value)
    assert "hearsay" in str(refused.value)


def test_a_ring_of_formulas_refuses_the_build(
    small_shipped: Small, amur: Callable[..., Ran]
) -> None:
    small_shipped.catalogue("indicators.toml", GROWTH, GROWTH.replace("total", "total_growth"))
    done = amur("refresh", "--offline")
    assert done.code == 3
    assert "indicators.toml" in done.err
    assert "trade_total_growth" in done.err
    assert "ring" in done.err
    assert small_shipped.published() == {}


def test_check_finds_a_ring_of_formulas_without_building(
    small_shipped: Small, amur: Callable[..., Ran]
) -> None:
    small_shipped.catalogue("indicators.toml", GROWTH, GROWTH.replace("total", "total_growth"))
    done = amur("check")
    assert done.code == 2
    assert "trade_total_growth" in done.err


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        pytest.param(GROWTH, 'formula={ op="growth" }', "trade_total_growth", id="no inputs"),
        pytest.param(
            BALANCE, 'inputs=["exports_cn_to_ru"]', "trade_balance", id="one input of two"
        ),
        pytest.param(
            'stand_in={ indicator="pos1_volume", until="2025-12-31" }',
            'stand_in={ indicator="pos1_volume" }',
            "pipeline_gas_ru_cn_volume",
            id="half a stand-in",
        ),
        pytest.param(
            'short={ en="Trade total", ru="Товарооборот", zh="贸易总额" }',
            'short="Trade"',
            "trade_total",
            id="text instead of languages",
        ),
    ],
)
def test_check_names_an_entry_of_the_wrong_shape(
    small_shipped: Small, amur: Callable[..., Ran], old: str, new: str, names: str
) -> None:
    small_shipped.catalogue("indicators.toml", old, new)
    done = amur("check")
    assert done.code == 2
    assert names in done.err


def test_a_broken_catalogue_is_bad_input_for_check_and_refuses_a_refresh(
    small_shipped: Small, amur: Callable[..., Ran]
) -> None:
    assert amur("refresh", "--offline").code == 0
    before = small_shipped.published()
    small_shipped.catalogue("indicators.toml", 'cadence="month"', 'cadence="fortnight"')
    checked = amur("check", "--json")
    assert checked.code == 2
    assert checked.json["ok"] is False
    assert "fortnight" in checked.json["error"]
    assert amur("refresh", "--offline").code == 3
    assert small_shipped.published() == before
