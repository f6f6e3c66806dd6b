"""A body on its way to the disk: bounded in size and time, whole or not there at all."""

import hashlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from etl.answers import LATER
from etl.errors import CutShort, SourceFailed, TimedOut, TooLarge
from etl.settings import Settings
from etl.unpack import Unpacker

CHUNK = 1 << 16
SLOWEST_BYTES_S = 2048
# no body takes longer than so many times the timeout
LONGEST = 30

Result = TypeVar("Result")


class Again(Exception):
    """This failure may pass: try again after `wait` seconds, or after a growing pause."""

    def __init__(self, error: SourceFailed, wait: float | None = None) -> None:
        """Keep the named error that it becomes when it does not pass."""
        self.error, self.wait = error, wait
        super().__init__(str(error))


@dataclass(frozen=True)
class Body:
    """A body that comes: `read` gives its next bytes as they are on the line."""

    read: Callable[[int], bytes]
    announced: str
    encoding: str = ""


def keep(body: Body, folder: Path, settings: Settings) -> tuple[Path, str]:
    """Write the body to a file of its own; return it with its sha256.

    Raises TooLarge at the cap, and Again where it drips or is cut short; no half file is left.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, came, begun = hashlib.sha256(), 0, 0, time.monotonic()
    unpacker = Unpacker(body.encoding)
    if body.announced.isdigit() and int(body.announced) > settings.cap:
        raise _too_large(f"announces {int(body.announced) / 2**20:.0f} MB", settings)
    aside = folder / f"incoming-{os.getpid()}-{threading.get_ident()}.part"
    try:
        with aside.open("wb") as handle:
            while packed := body.read(CHUNK):
                came += len(packed)
                _demand_progress(came, time.monotonic() - begun, settings.timeout)
                for piece in unpacker.feed(packed):
                    size += len(piece)
                    if size > settings.cap:
                        raise _too_large("is larger", settings)
                    digest.update(piece)
                    handle.write(piece)
        _demand_whole(body, came, unpacker)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside, digest.hexdigest()


def within(
    seconds: float, call: Callable[[], Result], give_back: Callable[[Result], None]
) -> Result:
    """Return what the call returns, or raise Again; what a hung call returns late is given back."""
    done: list[Result] = []
    failed: list[BaseException] = []
    late = threading.Event()

    def work() -> None:
        try:
            done.append(call())
            if late.is_set():
                give_back(done[0])
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        late.set()
        raise Again(TimedOut(f"no answer within {seconds:g} s", LATER))
    return done[0]


def _demand_progress(came: int, spent: float, timeout: float) -> None:
    if spent > timeout and came < SLOWEST_BYTES_S * spent:
        raise Again(TimedOut(f"the body drips: {came} bytes in {spent:.0f} s", LATER))
    if spent > LONGEST * timeout:
        raise TimedOut(f"the body had not ended after {spent:.0f} s", LATER)


def _demand_whole(body: Body, came: int, unpacker: Unpacker) -> None:
    """Raise when fewer bytes came than were announced, or the packed body has no end."""
    if body.announced.isdigit() and came < int(body.announced):
        told = f"{came} of {body.announced} bytes came before the connection broke"
        raise Again(CutShort(told, LATER))
    if not unpacker.whole:
        raise Again(CutShort("the packed body breaks off before its end", LATER))


def _too_large(what: str, settings: Settings) -> TooLarge:
    return TooLarge(
        f"the body {what}; the cap is {settings.access.cap_mb} MB",
        "nothing of it was kept; check the address of the source",
    )
