"""Serve the dashboard: one process, responses compressed."""

import logging
import os
import threading
import webbrowser

import streamlit as st
import typer
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from desk import endpoints, login, static_files
from desk.first.answer import FirstAnswers
from desk.first.drawing import FirstViews
from desk.headers import SecurityHeaders
from etl.paths import ROOT


def run(port: int, host: str) -> None:
    """Serve until stopped; open a browser unless HEADLESS is set.

    Raises UnknownRequest where a login is asked for that nobody could pass.
    """
    # A `pages` folder beside the script makes Streamlit run a page alone when the very first
    # request of a server is a deep link; our pages are declared in app.py.
    PagesManager.uses_pages_directory = False
    base = base_path()
    asks = login.check(st.get_option("secrets.files"))
    app = st.App(
        str(ROOT / "app.py"), routes=endpoints.routes(base), middleware=_middleware(base, asks)
    )
    if not os.environ.get("HEADLESS") and not os.environ.get("CI"):
        threading.Timer(1.0, webbrowser.open, [f"http://{host}:{port}"]).start()
    typer.echo(f"Amur on http://{host}:{port}{base}", err=True)
    # a line a request tells an operator nothing
    logging.disable(logging.INFO)
    uvicorn.run(app, host=host, port=port, log_config=None, access_log=False)


def base_path() -> str:
    """Return the path below which the desk is served, as «/desk», or nothing."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def _middleware(base: str, asks: bool) -> list[Middleware]:
    """Return what answers before Streamlit does: bundles out of memory, pages with a first view."""
    ahead = static_files.ahead()
    threading.Thread(target=static_files.warm, name="compress", daemon=True).start()
    return [
        Middleware(SecurityHeaders),
        Middleware(static_files.StaticFiles, below=base),
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(FirstAnswers, views=_first_views(asks), ahead=ahead, below=base),
    ]


def _first_views(asks: bool) -> FirstViews | None:
    """Return what draws first views, begun; None where a visitor must log in before he sees any."""
    if os.environ.get("AMUR_FIRST_PICTURE") == "0" or asks:
        return None
    follows = config.get_option("theme.base") is None
    views = FirstViews(("light", "dark") if follows else ("light",))
    views.start()
    return views
