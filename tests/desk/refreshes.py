"""What tests of «Refresh now» share: a slow process, local sources, and no process left behind."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk import request
from etl import refresh
from etl.connectors import CONNECTORS
from tests.crash import Bank
from tests.server import Asked, Local, Reply, local
from tests.support import Small

# a refresh that says when it began, waits for leave to go on, and ends with a code
SLOW = """\
#!/bin/sh
[ -n "$MUTE" ] || cat > "$AMUR_DATA/runs/progress.json" <<END
{{"pid": $$, "started": "{started}", "stage": "asking", "finished": "", "exit": null,
 "sources": {{"cbr": {{"stage": "asking", "fetched": 3, "error": ""}}}}}}
END
echo "amur: Another refresh is running (process 1)."
echo begun >> "$AMUR_DATA/begun"
while [ ! -e "$AMUR_DATA/leave" ]; do sleep 0.05; done
exit 4
"""


@pytest.fixture(autouse=True)
def alone(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test see the processes of another; a process left running is ended by its id."""
    monkeypatch.delenv("AMUR_REFRESH_NOW", raising=False)
    started: list[tuple[subprocess.Popen[bytes], datetime]] = []
    monkeypatch.setattr(request, "_started", started)
    (small_shipped.data / "runs").mkdir(parents=True)
    yield
    for process, _ in started:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=20)


@pytest.fixture
def slow(small_shipped: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    """Put a process in the place of the refresh that ends when the file `leave` is there."""
    script = tmp_path / "slow"
    started = datetime.now(UTC).isoformat(timespec="seconds")
    script.write_text(SLOW.format(started=started), encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    return small_shipped


def state() -> str:
    now = request.progress()
    return now.state if now else "none"


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {request.progress()}"
        time.sleep(0.05)


def begun(small: Small) -> int:
    with suppress(FileNotFoundError):
        return len((small.data / "begun").read_text().splitlines())
    return 0


def answers(asked: Asked) -> Reply:
    """Answer as the Bank of Russia; every other source is in trouble."""
    return bank(asked) if "VAL_NM_RQ" in asked.query else Reply(b"no", status=500)


bank = Bank()


@pytest.fixture
def standing_in(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    """Let a local server stand in for every live source, on a built desk."""
    for name, value in (("PACE_S", "0"), ("RETRIES", "0"), ("TIMEOUT_S", "5")):
        monkeypatch.setenv(f"AMUR_{name}", value)
    monkeypatch.setenv("AMUR_GUARDIAN_KEY", "")
    refresh.run(lambda stage: None)
    with local(answers) as server:
        for source in CONNECTORS:
            monkeypatch.setenv(f"AMUR_{source.upper()}_URL", server.url)
        yield server
