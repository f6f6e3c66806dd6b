"""Behind the shipped nginx site: TLS, WebSocket, headers, two replicas, a path of its own."""

import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from websockets.sync.client import connect

from etl.paths import ROOT
from etl.warehouse import Build
from tests.serving.running import free_port, running, version

SITE = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="PROXY TESTS SKIPPED: no nginx here")
TRUSTING = ssl._create_unverified_context()


def _certificate(folder: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True, timeout=60)


@contextmanager
def _proxied(folder: Path, site: str, replicas: list[int]) -> Iterator[str]:
    """Run nginx with a site whose names, files and ports are as they are here."""
    port = free_port()
    servers = "\n".join(f"server 127.0.0.1:{replica};" for replica in replicas)
    site = site.replace("server 127.0.0.1:8501;", servers)
    site = site.replace("/etc/ssl/amur", str(folder)).replace("listen 443", f"listen {port}")
    site = site.replace("listen 80;", f"listen {free_port()};")
    _certificate(folder)
    around = f"""
        daemon off; pid {folder}/pid; error_log stderr;
        events {{}}
        http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
        fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
        {site} }}
    """
    (folder / "nginx.conf").write_text(around)
    server = subprocess.Popen([str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _ask(url: str) -> tuple[str, dict[str, str]]:
    end = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10, context=TRUSTING) as answer:
                headers = {key.lower(): value for key, value in answer.headers.items()}
                return answer.read().decode(), headers
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _serve(stack: ExitStack, environment: dict[str, str]) -> int:
    port = free_port()
    command = [sys.executable, "-m", "desk.cli", "serve", "--port", str(port)]
    below = f"/{environment['below']}" if "below" in environment else ""
    address = f"http://127.0.0.1:{port}{below}"
    stack.enter_context(running(command, ROOT, environment | {"HEADLESS": "1"}, address))
    return port


@needs_nginx
def test_two_replicas_answer_through_tls_and_keep_the_websocket(
    build: Build, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        secret = {"STREAMLIT_SERVER_COOKIE_SECRET": "the same on every replica"}
        replicas = [_serve(stack, secret), _serve(stack, secret)]
        assert [version(f"http://127.0.0.1:{port}")["build_id"] for port in replicas] == [
            build.id,
            build.id,
        ]
        host = stack.enter_context(_proxied(tmp_path, SITE, replicas))
        assert _ask(f"https://{host}/_stcore/health")[0] == "ok"
        body, headers = _ask(f"https://{host}/version")
        assert build.id in body
        assert headers["strict-transport-security"].startswith("max-age=")
        assert headers["x-content-type-options"] == "nosniff"
        line = connect(
            f"wss://{host}/_stcore/stream",
            ssl=TRUSTING,
            origin=f"https://{host}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
        )
        with line as socket:
            assert socket.subprotocol == "streamlit"


@needs_nginx
def test_a_path_of_its_own_reaches_pages_routes_and_socket(build: Build, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".streamlit").mkdir(parents=True)
    (home / ".streamlit/config.toml").write_text('[server]\nbaseUrlPath = "desk"\n')
    with ExitStack() as stack:
        replica = _serve(stack, {"HOME": str(home), "below": "desk"})
        site = SITE.replace("location / {", "location /desk/ {")
        host = stack.enter_context(_proxied(tmp_path, site, [replica]))
        assert build.id in _ask(f"https://{host}/desk/version")[0]
        assert "<title>" in _ask(f"https://{host}/desk/trade")[0]


def test_the_site_upgrades_never_buffers_and_passes_the_whole_host() -> None:
    """Read without nginx too: what a page needs to live behind it."""
    told = dict(re.findall(r"^\s+(\w+(?: Host| Upgrade| Connection)?)\s+(\S+);$", SITE, re.M))
    assert told["proxy_buffering"] == told["proxy_request_buffering"] == "off"
    assert told["proxy_set_header Host"] == "$http_host"
    assert told["proxy_set_header Upgrade"] == "$http_upgrade"
    assert told["proxy_set_header Connection"] == "$connection_upgrade"
    assert "ip_hash;" in SITE
