"""Ask an ASGI application without a server: one request, one answer."""

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What an application answered, unpacked."""

    status_code: int
    headers: Headers
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True)
class Client:
    """Asks one application; takes compressed answers unless told otherwise."""

    app: ASGIApp

    def get(self, address: str, headers: Mapping[str, str] = {}) -> Answer:
        return self.ask("GET", address, headers)

    def ask(self, method: str, address: str, headers: Mapping[str, str] = {}) -> Answer:
        path, _, query = address.partition("?")
        asked = {"host": "127.0.0.1", "accept-encoding": "gzip"} | dict(headers)
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": "http",
            "http_version": "1.1",
            "headers": [(name.encode(), value.encode()) for name, value in asked.items()],
        }
        told: list[Message] = []

        body_taken = False

        async def receive() -> Message:
            nonlocal body_taken
            if body_taken:
                # nothing more comes, and nobody goes away
                await asyncio.Event().wait()
            body_taken = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            told.append(message)

        asyncio.run(self.app(scope, receive, send))
        answered = Headers(raw=told[0]["headers"])
        body = b"".join(message.get("body", b"") for message in told[1:])
        if "content-length" in answered:
            assert int(answered["content-length"]) == len(body)
        packed = answered.get("content-encoding") == "gzip"
        return Answer(told[0]["status"], answered, gzip.decompress(body) if packed else body)
