"""Serve the dashboard on this machine: one process, responses compressed."""

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
from streamlit.runtime.secrets import secrets_singleton

from desk import static_files
from desk.first.answer import FirstAnswers
from desk.first.drawing import FirstViews
from etl.paths import ROOT


def run(port: int) -> None:
    """Serve on 127.0.0.1 until stopped; open a browser unless HEADLESS is set."""
    # A `pages` folder beside the script makes Streamlit run a page alone when the very first
    # request of a server is a deep link; our pages are declared in app.py.
    PagesManager.uses_pages_directory = False
    app = st.App(str(ROOT / "app.py"), middleware=_middleware())
    if not os.environ.get("HEADLESS") and not os.environ.get("CI"):
        threading.Timer(1.0, webbrowser.open, [f"http://127.0.0.1:{port}"]).start()
    typer.echo(f"Amur on http://127.0.0.1:{port}", err=True)
    # a line a request tells an operator nothing
    logging.disable(logging.INFO)
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False)


def _middleware() -> list[Middleware]:
    """Return what answers before Streamlit does: bundles out of memory, pages with a first view."""
    threading.Thread(target=static_files.warm, name="compress", daemon=True).start()
    return [
        Middleware(static_files.StaticFiles),
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(FirstAnswers, views=_first_views(), ahead=static_files.ahead()),
    ]


def _first_views() -> FirstViews | None:
    """Return what draws first views, begun; None where a visitor must log in before he sees any."""
    if os.environ.get("AMUR_FIRST_PICTURE") == "0" or _login():
        return None
    follows = config.get_option("theme.base") is None
    views = FirstViews(("light", "dark") if follows else ("light",))
    views.start()
    return views


def _login() -> bool:
    """Return whether Streamlit is set to ask who a visitor is."""
    return secrets_singleton.load_if_toml_exists() and "auth" in secrets_singleton
