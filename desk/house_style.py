"""The house style sheet, put into the head of the page before a browser has drawn anything.

Streamlit has no setting for a style sheet, and what a script sends comes after the first drawing:
then all that was drawn jumps. Ours alone: no word of a page or an article ever goes through it.
"""

from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE = Path(__file__).with_name("house.css")
END_OF_HEAD = b"</head>"


def styled(page: bytes) -> bytes:
    """Return a page with the style sheet at the end of its head."""
    sheet = f"<style>{STYLE.read_text(encoding='utf-8')}</style>".encode()
    return page.replace(END_OF_HEAD, sheet + END_OF_HEAD, 1)


class HouseStyle:
    """Puts the style sheet into every page; stands inside of what compresses."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a page is held back until it is whole."""
        if not _asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()

        async def with_style(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                started.append(message)
            elif message["type"] == "http.response.body" and started:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_styled(started.pop(), bytes(body), send)
            else:
                await send(message)

        # Streamlit compresses too: here it must not, what stands outside does it
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, with_style)


def _asks_for_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    accepted = Headers(scope=scope).get("accept", "*/*")
    return "text/html" in accepted or accepted == "*/*"


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    plain = headers.get("content-encoding", "identity") == "identity"
    page = headers.get("content-type", "").startswith("text/html")
    return bool(page and plain and start["status"] == 200)


async def _send_styled(start: Message, body: bytes, send: Send) -> None:
    page = styled(body)
    headers = MutableHeaders(raw=start["headers"])
    headers["content-length"] = str(len(page))
    # these are of the page without the sheet: a browser must not keep an old sheet for them
    del headers["etag"], headers["last-modified"]
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": page})
