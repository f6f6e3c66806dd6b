"""The picture renderer: kaleido 0.2.1's own program, one process that is asked line by line.

It is asked for SVG alone: its own PNG sets letters on whole pixels, typst does not. It is driven
here, not by kaleido's Python side, so that it finds the house typeface, is given up on after a
while, and starts again after it died. It draws our own figures only and reaches no network.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import plotly
from plotly.io.json import to_json_plotly

from desk.export import typeface
from etl.errors import CannotExport

TIMEOUT_S = 60.0
CHUNK = 1 << 20
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--allow-file-access-from-files",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
OTHERWISE = "try again, or take CSV, JSON, XLSX or PPTX, which do not need it"


class Renderer:
    """One process of the program; safe to ask from several threads, one picture after the other."""

    def __init__(self) -> None:
        """Start nothing yet: the first picture does."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def svg(self, spec: dict[str, Any], width: int, height: int) -> str:
        """Return data and layout of a plotly figure as SVG; raise CannotExport when it cannot."""
        wanted = {"format": "svg", "width": width, "height": height, "scale": 1}
        head = json.dumps(wanted)[:-1]
        asked = f'{head}, "data": {to_json_plotly(spec)}}}\n'.encode()
        with self._lock:
            answer = self._ask(asked)
        if answer.get("code") or not answer.get("result"):
            raise CannotExport(f"The picture cannot be drawn ({answer.get('message')}).")
        return str(answer["result"])

    def close(self) -> None:
        """End the process and remove what it left."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """Return the number of the running process, None when none runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def _ask(self, asked: bytes) -> dict[str, Any]:
        """Ask, and once more when the process died or hangs."""
        try:
            return self._asked(asked)
        except (OSError, ValueError):
            self._end()
        try:
            return self._asked(asked)
        except (OSError, ValueError) as error:
            self._end()
            raise CannotExport(
                f"The picture renderer does not answer ({error}); {OTHERWISE}."
            ) from error

    def _asked(self, asked: bytes) -> dict[str, Any]:
        process = self._started()
        if process.stdin is None:
            raise OSError("it takes no input")
        process.stdin.write(asked)
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(_line(process))
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self._end()
        home = _home()
        self._folder = tempfile.TemporaryDirectory(prefix="amur-renderer-")
        self._process = subprocess.Popen(
            [str(_program(home)), "plotly", f"--plotlyjs={_script()}", *FLAGS],
            cwd=home,
            env=_environment(home, Path(self._folder.name)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        said = json.loads(_line(self._process))
        if said.get("code"):
            raise OSError(str(said.get("message")))
        return self._process

    def _end(self) -> None:
        """Kill the process with its children: it keeps nothing worth a farewell."""
        if self._process:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            self._process = None
        if self._folder:
            self._folder.cleanup()
            self._folder = None


def _home() -> Path:
    """Return the folder of kaleido's program."""
    spec = find_spec("kaleido")
    if spec is None or spec.origin is None:
        raise CannotExport(
            f"Package kaleido is not installed; install the lock file, or {OTHERWISE}."
        )
    return Path(spec.origin).parent / "executable"


def _program(home: Path) -> Path:
    """Return what is run: its shell script would break on a folder with a space in its name."""
    return home / "bin" / "kaleido" if sys.platform == "linux" else home / "kaleido"


def _script() -> str:
    """Return the address of plotly's own script: the one that draws on the pages."""
    folder = Path(plotly.__file__).parent / "package_data"
    return (folder / "plotly.min.js").as_uri()


def _environment(home: Path, folder: Path) -> dict[str, str]:
    own = {
        "FONTCONFIG_FILE": str(typeface.fontconfig(folder)),
        "LD_LIBRARY_PATH": str(home / "lib"),
        "XDG_DATA_HOME": str(home / "xdg"),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
    }
    return {"PATH": os.environ.get("PATH", os.defpath)} | own


def _line(process: subprocess.Popen[bytes]) -> bytes:
    """Read one line of an answer; raise OSError when it ends or takes too long."""
    if process.stdout is None:
        raise OSError("it gives no output")
    until = time.monotonic() + TIMEOUT_S
    found: list[bytes] = []
    while not found or not found[-1].endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            raise TimeoutError(f"no answer within {TIMEOUT_S:.0f} s")
        piece = os.read(process.stdout.fileno(), CHUNK)
        if not piece:
            raise OSError("it ended")
        found.append(piece)
    return b"".join(found)


shared = Renderer()
atexit.register(shared.close)
