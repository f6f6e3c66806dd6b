"""What tests of pages share: a page opened in its frame by an address, and what stands on it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from desk.navigation import PAGES as PAGES
from etl.paths import ROOT

CHARTS = {"overview": 1, "trade": 11, "energy": 8, "pipelines": 5, "technology": 6, "compare": 1}


class FramedPages(PagesManager):
    """Takes the reset of `uses_pages_directory` that AppTest does before each run.

    Like desk/server.py: with a `pages` folder beside app.py a page would run without its frame.
    """


@pytest.fixture(scope="module", autouse=True)
def fresh() -> Iterator[None]:
    """Start and end without cached answers; between, the shipped build keeps one id."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run pages within app.py."""
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", FramedPages)


def opened(page: str, **address: str) -> AppTest:
    """Open a page by a deep link with the parameters of an address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name.removesuffix("_")] = value
    return (app if page == "overview" else app.switch_page(f"pages/{page}.py")).run()


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [shown.value for shown in app.exception]
    assert not app.error, [shown.value for shown in app.error]
    return app


def charts(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Return the traces of every chart by the id of its figure."""
    found = {}
    for element in app.get("plotly_chart"):
        name = element.proto.id.rsplit("chart_", 1)[-1]
        found[name] = json.loads(element.proto.spec)["data"]
    return found


def hovers(traces: list[dict[str, Any]]) -> str:
    return "\n".join(str(trace.get("text", "")) for trace in traces)


def words(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.info, *app.warning, *app.title, *app.header]
    return "\n".join(element.value for element in shown)
