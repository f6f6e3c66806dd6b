"""Streamlit's own files: the same bytes, compressed once, kept by browsers."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from desk import static_files
from tests.asgi import Client


@pytest.fixture
def client() -> Client:
    async def other(request: object) -> PlainTextResponse:
        return PlainTextResponse("of Streamlit")

    app = Starlette(routes=[Route("/{any:path}", other)])
    return Client(static_files.StaticFiles(app))


def test_a_script_comes_compressed_whole_and_for_ever(client: Client) -> None:
    [path] = [path for path in static_files.ahead() if "/PlotlyChart." in path]
    answer = client.get(path)
    assert answer.content == (static_files.folder() / path.lstrip("/")).read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(answer.content) / 3
    assert answer.headers["cache-control"] == static_files.KEEP
    assert "javascript" in answer.headers["content-type"]
    once = static_files.compressed(static_files.folder() / path.lstrip("/"))
    assert gzip.decompress(once) == answer.content


def test_a_desk_below_a_path_has_its_scripts_compressed_too() -> None:
    path = static_files.ahead()[0]
    below = Client(static_files.StaticFiles(Starlette(), "/desk"))
    assert below.get(f"/desk{path}").headers["cache-control"] == static_files.KEEP


def test_what_is_not_a_hashed_file_is_left_to_streamlit(client: Client) -> None:
    [path] = [path for path in static_files.ahead() if "/PlotlyChart." in path]
    for asked in ("/static/js/none.12345678.js", "/static/../index.html", "/trade", "/static/"):
        assert client.get(asked).text == "of Streamlit"
    assert client.get(path, headers={"accept-encoding": "identity"}).text == "of Streamlit"
    assert client.get(path, headers={"range": "bytes=0-9"}).text == "of Streamlit"
    assert client.ask("POST", path).status_code == 405


def test_the_scripts_named_ahead_exist_and_are_not_named_already() -> None:
    index = (static_files.folder() / "index.html").read_text(encoding="utf-8")
    named = static_files.ahead()
    for script in static_files.DRAWN:
        assert any(f"/{script}." in path for path in named), script
    assert len(named) == len(set(named)) > len(static_files.DRAWN)
    for path in named:
        assert (static_files.folder() / path.lstrip("/")).is_file()
        assert path not in index
