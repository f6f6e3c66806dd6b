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
from streamlit.runtime.pages_manager import PagesManager

from etl.paths import ROOT


def run(port: int) -> None:
    """Serve on 127.0.0.1 until stopped; open a browser unless HEADLESS is set."""
    # A `pages` folder beside the script makes Streamlit run a page alone when the very first
    # request of a server is a deep link; our pages are declared in app.py.
    PagesManager.uses_pages_directory = False
    # the plotly bundle alone is 4.7 MB uncompressed
    app = st.App(str(ROOT / "app.py"), middleware=[Middleware(GZipMiddleware, minimum_size=1024)])
    if not os.environ.get("HEADLESS") and not os.environ.get("CI"):
        threading.Timer(1.0, webbrowser.open, [f"http://127.0.0.1:{port}"]).start()
    typer.echo(f"Amur on http://127.0.0.1:{port}", err=True)
    # a line a request tells an operator nothing
    logging.disable(logging.INFO)
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
