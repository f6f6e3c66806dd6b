"""Servers for benches: the desk as it is served, and a bare Streamlit page of the same versions."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import ROOT

BARE = """
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[1, 4, 9])))
"""
# the same chart with what can be done to it: another kind, a point, another page
ACTING = """
import plotly.graph_objects as go
import streamlit as st


def draw(name):
    st.header(name)
    kind = st.segmented_control("Kind", ["years", "months"], default="years")
    st.caption(f"of {kind}")
    chart()


@st.fragment
def chart():
    drawn = go.Figure(go.Scatter(x=[1, 2, 3], y=[1, 4, 9], mode="lines+markers"))
    chosen = st.plotly_chart(drawn, on_select="rerun", key="chart", selection_mode="points")
    st.caption(f"selected {len(chosen.selection.points)}")


def one():
    draw("Trade")


def other():
    draw("Energy")


pages = [st.Page(one, title="Trade", default=True), st.Page(other, title="Energy")]
st.navigation(pages, position="top").run()
"""
# Streamlit's own way, and with its files compressed for each visitor anew
SERVE = """
import logging, sys
import streamlit as st, uvicorn
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

script, port, compressed = sys.argv[1:]
wrapped = [Middleware(GZipMiddleware, minimum_size=1024)] if compressed == "gzip" else []
logging.disable(logging.INFO)
uvicorn.run(
    st.App(script, middleware=wrapped),
    host="127.0.0.1", port=int(port), log_config=None, access_log=False,
)
"""


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    pid: int

    def spent(self) -> float:
        """Return the processor seconds that it has taken so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """Return the most memory that it has held so far, in MB."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        held = next(line for line in told.splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024


@contextmanager
def desk() -> Iterator[Served]:
    """Serve the desk."""
    port = _free_port()
    command = [sys.executable, "-m", "desk.cli", "serve", "--port", str(port)]
    with _running(command, ROOT, port) as pid:
        yield Served(f"http://127.0.0.1:{port}", pid)


@contextmanager
def bare(folder: Path, script: str, compressed: bool = False) -> Iterator[str]:
    """Serve a script as Streamlit does and yield its address."""
    port = _free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "app.py").write_text(script, encoding="utf-8")
    (folder / "serve.py").write_text(SERVE, encoding="utf-8")
    way = "gzip" if compressed else "plain"
    command = [sys.executable, "serve.py", str(folder / "app.py"), str(port), way]
    with _running(command, folder, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[int]:
    environment = os.environ | {"HEADLESS": "1", "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(server, f"http://127.0.0.1:{port}/_stcore/health")
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError("the server of a bench did not answer within a minute")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
