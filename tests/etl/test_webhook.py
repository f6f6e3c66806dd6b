"""A digest on its way to an operator's address: nobody waits for it, and no secret is written."""

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from etl import log, webhook
from tests.server import Reply, local


@contextmanager
def taking(statuses: list[int]) -> Iterator[tuple[str, list[bytes]]]:
    """Run a server that answers posts with these statuses in turn, the last one from then on."""
    taken: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(statuses[min(len(taken), len(statuses)) - 1])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", taken
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Return what points AMUR_ALERT_URL at an address, and gives a digest to send."""
    monkeypatch.setenv("AMUR_DATA", str(tmp_path))
    monkeypatch.setenv("AMUR_PACE_S", "0")
    monkeypatch.setenv("AMUR_TIMEOUT_S", "0.3")
    (tmp_path / "runs").mkdir()
    file = tmp_path / "runs" / "20261124T000000000000.digest.json"
    file.write_text('{"build_id": "é"}', encoding="utf-8")

    def point(url: str) -> Path:
        monkeypatch.setenv("AMUR_ALERT_URL", url)
        return file

    yield point
    for process in webhook._started:
        process.wait(timeout=20)


def delivered(file: Path) -> tuple[bool, dict[str, Any]]:
    """Deliver within this process; return whether it was taken and what was logged."""
    written = file.parent / "webhook.log"
    with log.to(written):
        done = webhook.deliver(file)
    lines = written.read_text(encoding="utf-8").splitlines()
    return done, json.loads(lines[-1])


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)
    return condition()


def test_a_digest_is_sent_by_a_process_that_nobody_waits_for(hook: Callable[[str], Path]) -> None:
    with local(lambda asked: Reply()) as server:
        file = hook(f"{server.url}/in?token=secret-of-mine")
        begun = time.monotonic()
        assert webhook.send(file)
        assert time.monotonic() - begun < 1
        assert wait_for(lambda: bool(server.asked))
        assert json.loads(server.asked[0].query["body"]) == {"build_id": "é"}
        assert server.asked[0].headers["content-type"] == "application/json"
        written = file.parent / "webhook.log"
        assert wait_for(lambda: written.exists() and '"sent"' in written.read_text())
        assert "secret-of-mine" not in written.read_text()


def test_without_an_address_nothing_is_sent(
    hook: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = hook("")
    assert not webhook.send(file)
    monkeypatch.delenv("AMUR_ALERT_URL")
    assert not webhook.send(file)


def test_a_server_that_hangs_delays_nobody(hook: Callable[[str], Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        file = hook(f"http://127.0.0.1:{listening.getsockname()[1]}/secret-path?token=secret")
        begun = time.monotonic()
        assert webhook.send(file)
        assert time.monotonic() - begun < 1
        written = file.parent / "webhook.log"
        assert wait_for(lambda: written.exists() and '"failed"' in written.read_text())
    told = json.loads(written.read_text())
    assert "TimedOut" in told["error"]
    assert told["tries"] == 3
    assert "secret" not in written.read_text()


def test_a_server_in_trouble_is_tried_again(hook: Callable[[str], Path]) -> None:
    with taking([500, 503, 204]) as (url, taken):
        done, told = delivered(hook(url))
    assert (done, len(taken), told["tries"]) == (True, 3, 3)


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (404, 1), (302, 1)])
def test_a_server_that_does_not_take_it_is_told(
    status: int, tries: int, hook: Callable[[str], Path]
) -> None:
    with taking([status]) as (url, taken):
        done, told = delivered(hook(f"{url}/hook?key=secret"))
    assert (done, len(taken), told["tries"]) == (False, tries, tries)
    assert told["error"] == f"the server answered {status}"
    assert (told["host"], "secret" in json.dumps(told)) == ("127.0.0.1", False)


@pytest.mark.parametrize("url", ["ftp://example.org/secret", "secret", "http://", "http://[secret"])
def test_an_address_that_is_none_is_told_and_raises_nothing(
    url: str, hook: Callable[[str], Path]
) -> None:
    done, told = delivered(hook(url))
    assert not done
    assert told["stage"] == "failed"
    assert "secret" not in json.dumps(told)
    assert os.environ["AMUR_ALERT_URL"] == url
