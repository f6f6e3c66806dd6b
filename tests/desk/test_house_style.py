"""The style sheet stands in a page before a browser draws it, and in nothing else."""

import asyncio
import gzip

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

from desk import headers
from desk.house_style import STYLE, HouseStyle

PAGE = "<html><head><title>Amur</title></head><body>" + "words " * 300 + "</body></html>"


def _page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"ETag": "old", "Last-Modified": "long ago"})


def _text(request: Request) -> Response:
    return PlainTextResponse("</head>")


APP = Starlette(
    routes=[Route("/", _page), Route("/text", _text)],
    middleware=[
        Middleware(GZipMiddleware, minimum_size=100),
        Middleware(HouseStyle),
        # as Streamlit's own, which compresses inside of ours
        Middleware(GZipMiddleware, minimum_size=100),
    ],
)


def _ask(path: str, query: bytes = b"", **sent: str) -> tuple[dict[str, str], bytes]:
    found: list[Message] = []
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query,
        "headers": pairs,
    }

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        found.append(message)

    asyncio.run(APP(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in found[0]["headers"]}
    return told, b"".join(message.get("body", b"") for message in found[1:])


def test_a_page_has_the_sheet_in_its_head() -> None:
    told, body = _ask("/", accept="text/html")
    page = body.decode()
    assert page.index(STYLE.read_text()) < page.index("</head>")
    assert page.replace(f"<style>{STYLE.read_text()}</style>", "") == PAGE
    assert int(told["content-length"]) == len(body)
    assert not {"etag", "last-modified"} & told.keys()


def test_a_page_is_compressed_once_and_by_what_stands_outside() -> None:
    told, body = _ask("/", accept="text/html", accept_encoding="gzip")
    assert told["content-encoding"] == "gzip"
    assert STYLE.read_text() in gzip.decompress(body).decode()


def test_what_is_no_page_is_left_alone() -> None:
    assert _ask("/text", accept="text/html")[1] == b"</head>"


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
