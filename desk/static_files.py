"""Streamlit's own scripts, styles and fonts: compressed once, not once a visitor.

Streamlit sends them uncompressed; compressing each answer anew costs half a second of a processor a
visitor. Their names hold their hash, so a browser keeps them and never asks again.
"""

import gzip
import mimetypes
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/static/"
# what a visitor's browser may keep for ever; a year is as long as HTTP can say
KEEP = "public, max-age=31536000, immutable"
COMPRESSED = {".js", ".css", ".svg", ".json", ".ttf", ".wasm", ".map"}
HASHED = re.compile(r"\.[\w-]{8}\.\w+$")
# what the pages draw beyond the frame; a browser would learn of each only when it is needed
DRAWN = (
    "PlotlyChart",
    "Selectbox",
    "DateInput",
    "ButtonGroup",
    "DownloadButton",
)
_IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.~-]+\.js)["']""")


@cache
def folder() -> Path:
    """Return where Streamlit keeps them."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Package streamlit is not installed.")
    return Path(spec.origin).resolve().parent / "static"


class StaticFiles:
    """Answers for hashed files out of memory; everything else goes on to Streamlit."""

    def __init__(self, app: ASGIApp, below: str = "") -> None:
        """Wrap an application that is served `below` a path, such as «/desk»."""
        self._app = app
        self._below = below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        found = _asked(scope, self._below)
        if found is None:
            await self._app(scope, receive, send)
            return
        body = await to_thread.run_sync(compressed, found)
        headers = {
            "content-encoding": "gzip",
            "cache-control": KEEP,
            "vary": "accept-encoding",
            "content-type": mimetypes.guess_type(found.name)[0] or "application/octet-stream",
            "x-content-type-options": "nosniff",
        }
        await Response(body, headers=headers)(scope, receive, send)


def _asked(scope: Scope, below: str) -> Path | None:
    """Return the file that a request is for, None when it is not for a hashed one of ours."""
    path: str = scope.get("path", "").removeprefix(below)
    if scope["type"] != "http" or scope["method"] != "GET" or not path.startswith(PREFIX):
        return None
    headers = Headers(scope=scope)
    if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
        return None
    return _hashed().get(path)


@cache
def _hashed() -> dict[str, Path]:
    """Return the files that compressing pays for, by path: a name that is not here is not ours."""
    root = folder()
    return {
        f"/{path.relative_to(root).as_posix()}": path
        for path in (root / "static").rglob("*")
        if path.suffix in COMPRESSED and HASHED.search(path.name)
    }


@cache
def compressed(path: Path) -> bytes:
    """Return a file compressed as far as gzip goes; of its first asker it takes up to 0.3 s."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)


@cache
def ahead() -> tuple[str, ...]:
    """Return the scripts that the pages need and the frame does not name, as paths of addresses."""
    scripts = folder() / "static" / "js"
    index = (folder() / "index.html").read_text(encoding="utf-8")
    wanted = [path.name for name in DRAWN for path in sorted(scripts.glob(f"{name}.*.js"))]
    found: list[str] = []
    while wanted:
        name = wanted.pop(0)
        path = scripts / name
        if name in found or f"js/{name}" in index or not path.is_file():
            continue
        found.append(name)
        wanted += _IMPORTED.findall(path.read_text(encoding="utf-8"))
    return tuple(f"{PREFIX}js/{name}" for name in found)


def warm() -> None:
    """Compress what every first visit takes, so that the first visitor does not wait for it."""
    index = (folder() / "index.html").read_text(encoding="utf-8")
    for path, kept in _hashed().items():
        if path.lstrip("/") in index or path in ahead():
            compressed(kept)
