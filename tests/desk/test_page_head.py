"""The style sheet stands in every page before a browser draws it, and in nothing else."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from desk import headers
from desk.first.answer import FirstAnswers
from desk.first.view import STYLE
from tests.asgi import Client

PAGE = "<html><head><title>Amur</title></head><body>" + "words " * 300 + "</body></html>"
SHEET = f"<style>{STYLE.read_text()}</style>"


def _page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"ETag": "old", "Last-Modified": "long ago"})


def _text(request: Request) -> Response:
    return PlainTextResponse("</head>", headers={"ETag": "kept"})


def client(below: str = "") -> Client:
    routes = [Route(f"{below}/text", _text), Route(f"{below}/{{any:path}}", _page)]
    middleware = [
        Middleware(GZipMiddleware, minimum_size=100),
        Middleware(FirstAnswers, views=None, ahead=("/static/js/a.js",), below=below),
        # as Streamlit's own, which compresses inside of ours
        Middleware(GZipMiddleware, minimum_size=100),
    ]
    return Client(Starlette(routes=routes, middleware=middleware))


@pytest.mark.parametrize("place", ["/", "/trade", "/no-such-page"])
@pytest.mark.parametrize("below", ["", "/desk"])
def test_a_page_has_the_sheet_in_its_head(place: str, below: str) -> None:
    answer = client(below).get(below + place, {"accept": "text/html"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text.index(SHEET) < answer.text.index("</head>")
    assert 'href="./static/js/a.js"' in answer.text
    assert answer.text.endswith(PAGE.partition("</head>")[2])
    assert not {"etag", "last-modified"} & set(answer.headers)


def test_what_is_no_page_is_left_alone() -> None:
    answer = client().get("/text", {"accept": "text/html"})
    assert (answer.text, answer.headers["etag"]) == ("</head>", "kept")
    assert client().get("/some.js", {"accept": "*/*"}).text == PAGE


def test_only_one_figure_may_stand_in_a_foreign_frame() -> None:
    asked = {
        b"": False,
        b"embed=true": False,
        b"figure=trade_totals": False,
        b"figure=trade_totals&embed=true": True,
    }
    found = {
        query: "frame-ancestors" not in headers.policy({"query_string": query}) for query in asked
    }
    assert found == asked
