"""Products and Partners over a lake that crosses revisions of the HS: marks, sentences, exports."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from etl import paths
from etl.flows import add
from etl.flows.forms import TEMPLATE
from tests.desk.framed import framed, opened, sound, words

__all__ = ["framed"]
YEARS = range(2016, 2025)
REVISIONS = {2016: "H4"} | dict.fromkeys(range(2017, 2022), "H5")
LACKS = "854140 is not in HS2022"


def rows() -> Iterator[str]:
    """Yield heading 8541 as China sells it, and as Russia told it until 2021: invented figures."""
    for year in YEARS:
        revision = REVISIONS.get(year, "H6")
        codes = ["TOTAL", "8541", "854110", "854140" if year < 2022 else "854142", "8542", "854231"]
        codes += ["854149"] if year >= 2022 else []
        for place, hs in enumerate(codes):
            for partner in ("RUS", "KAZ", "W00"):
                value = (place + 1) * 1_000_000 * (3 if partner == "W00" else 1)
                yield f"CHN,{partner},X,{revision},{hs},{year},{value},1000,,,2025-03-01"
            if year < 2022:
                yield f"RUS,CHN,M,{revision},{hs},{year},{value},1000,,,2025-03-01"


@pytest.fixture(scope="module", autouse=True)
def filled(build: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put the lake beside the build, and take it away again."""
    table = tmp_path_factory.mktemp("handed") / "table.csv"
    table.write_text("\n".join([",".join(TEMPLATE), *rows(), ""]), encoding="utf-8")
    add.add(add.handed([Path(table)], date(2025, 3, 1)), lambda done, total, name: None)
    st.cache_data.clear()
    yield
    shutil.rmtree(paths.flows())
    st.cache_data.clear()


def marks(app: Any) -> dict[str, list[tuple[str, float | str]]]:
    """Return label and place of every dotted line by the chart that it is on."""
    found = {}
    for element in app.get("plotly_chart"):
        layout = json.loads(element.proto.spec)["layout"]
        dotted = [one["x0"] for one in layout.get("shapes", []) if one["line"]["dash"] == "dot"]
        labels = [one["text"] for one in layout.get("annotations", []) if one["text"][:2] == "HS"]
        name = element.proto.id.rsplit("chart_", 1)[-1]
        found[name] = list(zip(labels, dotted, strict=True))
    return found


def told(app: Any) -> str:
    """Return what the page says, without the marks that keep Markdown from reading it."""
    return words(app).replace("\\", "")


def product(code: str, **address: str) -> Any:
    level = str(len(code))
    chosen = {"direction": "sold", "level": level, f"product{level}": code}
    return sound(opened("products", **chosen, **address))


def test_a_code_that_went_is_marked_on_each_chart_of_its_product() -> None:
    app = product("854140", to="2022")
    shown = marks(app)
    assert shown["product_history"] == [("HS2022", "2021-07-03")]
    assert shown["product_dependence"] == shown["replaced"] == [("HS2022", 2021.5)]
    assert told(app).count(LACKS) == 3
    assert "China: by HS2022 from Jan 2022 on" in told(app)
    assert "the exporting countries: by HS2022" in told(app)


def test_a_code_that_came_names_what_its_heading_had_before() -> None:
    app = product("854142")
    assert marks(app)["product_history"] == [("HS2022", "2021-07-03")]
    assert "its heading 8541 had what is not in HS2022: 854140" in told(app)


def test_a_heading_that_lost_a_subheading_is_told_to_be_divided_otherwise() -> None:
    app = product("8541")
    assert marks(app)["product_dependence"] == [("HS2022", 2021.5)]
    assert (
        "heading 8541 was divided otherwise; what HS2017 had there and HS2022 lacks: 854140"
        in told(app)
    )


def test_a_product_that_no_revision_touched_has_no_mark() -> None:
    app = product("854231")
    assert not any(marks(app).values())
    assert "HS2022" not in told(app)


def test_a_span_on_one_side_of_a_change_has_no_mark() -> None:
    app = product("8541", from_="2022")
    assert not any(marks(app).values())


def test_changes_over_two_revisions_say_what_is_numbering_alone() -> None:
    app = product("854142", to="2022")
    assert "2022 is counted by HS2022, 2021 by HS2017." in told(app)
    assert "is counted by" not in told(product("854142", to="2023"))


def test_partners_marks_the_customs_that_moved_on() -> None:
    app = sound(opened("partners", goods="8541"))
    assert marks(app)["mirror"] == [("HS2022", 2021.5)]
    assert "HS2022 (China: from Jan 2022)" in told(app)
    assert not any(marks(sound(opened("partners"))).values())


def test_listed_goods_that_the_last_revision_made_are_named_on_the_routes() -> None:
    app = sound(opened("partners"))
    assert "missing from the years before it: 854149." in told(app)
    assert "missing from the years" not in told(opened("partners", from_="2022"))


@pytest.mark.parametrize(
    ("language", "sentence"), [("ru", "кода 854140 нет в HS2022"), ("zh", "HS2022 中没有 854140")]
)
def test_the_sentence_is_told_in_the_language_of_the_page(language: str, sentence: str) -> None:
    assert sentence in told(product("854140", to="2022", lang=language))


def test_the_table_that_is_downloaded_carries_the_sentence() -> None:
    from desk.flow_sheet import Sheet
    from desk.widgets import flows as drawn

    taken: list[bytes] = []
    original = drawn._csv

    def kept(made: Sheet, frame: Any) -> bytes:
        taken.append(original(made, frame))
        return taken[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn, "_csv", kept)
        product("854140", to="2022")
    assert sum(f"# A new HS revision: {LACKS}" in each.decode() for each in taken) == 3
