"""What a browser is sent first: Streamlit's page with our style sheet, naming what it will need.

Where one is drawn already, a first view stands in it.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.first import pictures, view
from desk.first.drawing import FirstViews
from desk.first.pages import OPENINGS
from desk.navigation import PAGES, path
from etl import warehouse
from etl.entries import LANGUAGES
from etl.errors import NotBuilt

# a picture of a build never changes
KEEP = "public, max-age=31536000, immutable"
_PICTURE = re.compile(
    rf"/{view.PICTURES}/([0-9a-f]{{8,64}})/([a-z]+\.[a-z]{{2}}\.[\d-]{{10}}\.\w+\.\w+\.png)"
)
_PAGES = {f"/{path(page)}": page for page in PAGES}


class FirstAnswers:
    """Puts a first view into the page that Streamlit answers with, and serves its pictures."""

    def __init__(
        self, app: ASGIApp, views: FirstViews | None, ahead: Iterable[str], below: str = ""
    ) -> None:
        """Wrap an application that is served `below` a path, such as «/desk».

        Without `views` a page gets the style sheet and the names of the scripts `ahead` alone.
        """
        self._app = app
        self._views = views
        self._ahead = tuple(ahead)
        self._below = below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a picture, change the answer of a page, pass everything else on."""
        place = scope.get("path", "").removeprefix(self._below)
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif found := _PICTURE.fullmatch(place):
            answer = await to_thread.run_sync(_picture, found[1], found[2])
            await answer(scope, receive, send)
        elif place in _PAGES or "text/html" in Headers(scope=scope).get("accept", ""):
            page = await to_thread.run_sync(self._page, scope, _PAGES.get(place, ""))
            await self._app(_unconditional(scope), receive, _Rewritten(send, *page, self._ahead))
        else:
            await self._app(scope, receive, send)

    def _page(self, scope: Scope, page: str) -> tuple[str, view.View | None]:
        """Return the language that is asked for and the view of it, if there is one."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        language = dict(asked).get("lang", LANGUAGES[0])
        plain = len(asked) > 1 or (asked and asked[0][0] != "lang") or language not in LANGUAGES
        if plain or self._views is None or page not in OPENINGS:
            return LANGUAGES[0], None
        return language, self._views.ready(page, language)


class _Rewritten:
    """Collects a page, and sends it on changed; whatever is no page goes on as it is."""

    def __init__(
        self, send: Send, language: str, found: view.View | None, ahead: tuple[str, ...]
    ) -> None:
        self._send, self._language, self._found, self._ahead = send, language, found, ahead
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Take a piece of an answer."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._end(self._start)

    async def _end(self, start: Message) -> None:
        page = view.whole(self._body.decode(), self._language, self._found, self._ahead).encode()
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(page))
        for name in ("etag", "last-modified", "accept-ranges"):
            if name in headers:
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")


def _unconditional(scope: Scope) -> Scope:
    """Return a request for the whole page: Streamlit's file stays, what is put into it changes."""
    asked = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
    kept = [pair for pair in scope["headers"] if pair[0] not in asked]
    return {**scope, "headers": kept}


def _picture(build: str, file: str) -> Response:
    """Return a picture that was drawn of a build that is still kept."""
    try:
        found = pictures.folder(warehouse.find(build)) / file
    except NotBuilt:
        return Response(status_code=404)
    if not found.is_file():
        return Response(status_code=404)
    return FileResponse(found, headers={"cache-control": KEEP})
