"""A web server on 127.0.0.1 that a test scripts: what it answers, and how it misbehaves."""

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; header names are lower case."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """An answer; `write` takes over the line and may break it."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    write: Callable[[BinaryIO], None] | None = None


Answers = Callable[[Asked], Reply]


@dataclass
class Local:
    """A running server; `answers` may be changed between requests."""

    answers: Answers
    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def asked_for(self, path: str) -> list[Asked]:
        """Return the requests whose path contains this."""
        return [request for request in self.asked if path in request.path]


def packed(reply: Reply) -> Reply:
    """Return the reply with its body gzipped."""
    headers = dict(reply.headers) | {"Content-Encoding": "gzip"}
    return Reply(gzip.compress(reply.body), reply.status, reply.kind, headers)


@contextmanager
def local(answers: Answers) -> Iterator[Local]:
    """Run a server until the block ends."""
    state = Local(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query, True).items()}
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked = Asked(parts.path, query, headers)
            state.asked.append(asked)
            reply = state.answers(asked)
            self.close_connection = True
            try:
                if reply.write:
                    reply.write(self.wfile)
                    return
                self.send_response(reply.status)
                stated = {"Content-Type": reply.kind, "Content-Length": str(len(reply.body))}
                for key, value in (stated | dict(reply.headers) | {"Connection": "close"}).items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                return

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            headers = {key.lower(): value for key, value in self.headers.items()}
            body = self.rfile.read(length).decode("utf-8", errors="replace")
            state.asked.append(Asked(parts.path, {"body": body}, headers))
            self.close_connection = True
            self.send_response(204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
