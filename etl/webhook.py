"""Tell an operator's own address what is new: POST a digest, in a process that nobody waits for.

AMUR_ALERT_URL names the address; it may hold a secret, so that only its host is ever written.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from etl import fetch, log, paths, settings
from etl.errors import SourceFailed, UnknownRequest
from etl.exchange import Access

NAME = "AMUR_ALERT_URL"
RETRIES = 2
LONGEST_S = 20.0

# a process that is let go of while it runs would be complained of
_started: list[subprocess.Popen[bytes]] = []


def send(file: Path) -> bool:
    """Start sending a file; return whether there is an address to send it to. Nothing is raised."""
    if not os.environ.get(NAME, "").strip():
        return False
    _started[:] = [process for process in _started if process.poll() is None]
    try:
        started = subprocess.Popen(
            [sys.executable, "-m", "etl.webhook", str(file)],
            cwd=paths.ROOT,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        log.event("webhook", "failed", error=str(error))
        return False
    _started.append(started)
    return True


def deliver(file: Path) -> bool:
    """Send the file, with two retries; return whether it was taken."""
    url = os.environ.get(NAME, "").strip()
    try:
        patience = settings.of("alert", Access(url=""))
        body = file.read_bytes()
        host = urlsplit(url).hostname
    except (UnknownRequest, OSError, ValueError) as error:
        told = str(error) if isinstance(error, UnknownRequest) else type(error).__name__
        log.event("webhook", "failed", file=file.name, error=told)
        return False
    said = ""
    for attempt in range(RETRIES + 1):
        if attempt:
            time.sleep(patience.backoff * 2**attempt)
        said, again = _try(url, body, min(patience.timeout, LONGEST_S))
        if not said:
            log.event("webhook", "sent", file=file.name, host=host, tries=attempt + 1)
            return True
        if not again:
            break
    log.event("webhook", "failed", file=file.name, host=host, tries=attempt + 1, error=said)
    return False


def _try(url: str, body: bytes, timeout: float) -> tuple[str, bool]:
    """Return what went wrong, and whether another try may help; nothing when all is well."""
    try:
        status = fetch.post(url, body, timeout)
    except SourceFailed as error:
        return f"{type(error).__name__}: {error.what}", True
    if 200 <= status < 300:
        return "", False
    return f"the server answered {status}", status >= 500 or status in (408, 429)


def main() -> None:
    """Deliver the file that the command line names."""
    paths.runs().mkdir(parents=True, exist_ok=True)
    with log.to(paths.runs() / "webhook.log"):
        deliver(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
