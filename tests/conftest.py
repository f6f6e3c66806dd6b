"""One warehouse of the shipped data for all tests, small shipped folders, and no network."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
import requests

from desk import cli
from etl import refresh, warehouse
from etl.warehouse import Build
from tests.support import Ran, Small, small


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine."""
    send = requests.adapters.HTTPAdapter.send

    def local_only(
        adapter: requests.adapters.HTTPAdapter,
        request: requests.PreparedRequest,
        *arguments: Any,
        **options: Any,
    ) -> requests.Response:
        if urlsplit(request.url or "").hostname not in ("127.0.0.1", "localhost"):
            raise AssertionError(f"a test reached for the network: {request.url}")
        return send(adapter, request, *arguments, **options)

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", local_only)


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep what tests build out of the checkout."""
    folder = tmp_path_factory.mktemp("amur")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMUR_DATA", str(folder))
        patch.delenv("AMUR_SHIPPED", raising=False)
        yield folder


@pytest.fixture(scope="session")
def build(data_folder: Path) -> Build:
    """Return the build of the shipped data; nobody writes to it."""
    refresh.run(lambda stage: None)
    return warehouse.current()


@pytest.fixture(scope="session")
def con(build: Build) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.connect(build) as opened:
        yield opened


@pytest.fixture
def small_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """Point AMUR_SHIPPED and AMUR_DATA at a small set with one sound row."""
    made = small(tmp_path)
    monkeypatch.setenv("AMUR_SHIPPED", str(made.shipped))
    monkeypatch.setenv("AMUR_DATA", str(made.data))
    return made


@pytest.fixture
def amur(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return the `amur` command, run within this process."""

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["amur", *arguments])
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return run
