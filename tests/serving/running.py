"""What tests of the shipped units share: a command line really run, until it answers."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE_S = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return str(answer.read().decode("utf-8"))


def version(address: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(ask(f"{address}/version"))
    return found


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], address: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it must answer first, and stop when asked to."""
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(server, f"{address}/_stcore/health")
        yield server
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if server.poll() is not None:
            told = server.stderr.read().decode() if server.stderr else ""
            pytest.fail(f"the server stopped: {told}")
        try:
            if ask(address) == "ok":
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"no answer at {address}")
