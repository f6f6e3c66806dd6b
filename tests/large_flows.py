"""A CSV larger than the memory allowed, killed and resumed: `python -m tests.large_flows 1000 512`.

The first number is the size of the table in MB, the second AMUR_MEMORY. The addition is killed once
half of its pieces lie on the disk, started again, and compared with what the file says.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.flows import manifest
from etl.paths import ROOT
from tests.flows import tables

ROW = "{period},156,X,{partner},0,H6,{code:06},C00,0,8,{n}.5,False,{n}.25,False,{n}.75\n"
PARTNERS = (643, 398, 417, 344, 792, 860, 51, 268, 784, 276, 392, 410)
MEASURED = """
import json, re, sys
from desk.cli import app
try:
    app(*sys.argv[1:2])(sys.argv[1:], standalone_mode=False)
finally:
    # of this program only: what rusage tells goes back to the process that it was forked from
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
    sys.stdout.write(json.dumps({"peak_mb": round(peak)}) + "\\n")
"""


@dataclass(frozen=True)
class Large:
    """What came of it: sizes in MB, times in seconds; `kept` pieces were not read again."""

    table_mb: int
    allowed_mb: int
    rows: int
    peak_mb: int
    kept: int
    pieces: int
    seconds: float
    same: bool


def run(megabytes: int, allowed: int, folder: Path) -> Large:
    """Make the table, add it under the bound, kill it half way, add it again."""
    path, rows, total = _table(folder / "large.csv", megabytes << 20)
    environment = os.environ | {"AMUR_DATA": str(folder / "data"), "AMUR_MEMORY": f"{allowed}MB"}
    arguments = ["flows", "add", str(path), "--released", "2026-06-01"]
    kept, pieces = _killed(
        arguments, environment, folder / "data/flows/incoming", megabytes, allowed
    )
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.monotonic() - begun
    peak = json.loads(done.stdout.splitlines()[-1])["peak_mb"]
    os.environ["AMUR_DATA"] = str(folder / "data")
    lake = manifest.read()
    listed = [str(file) for file in lake.files("rows")]
    with duckdb.connect() as con:
        held = con.execute("SELECT count(*), sum(value) FROM read_parquet(?)", [listed]).fetchone()
    same = held == (rows, total) and not manifest.verify(lake)
    return Large(megabytes, allowed, rows, peak, kept, pieces, round(seconds, 1), same)


def _killed(
    arguments: list[str], environment: dict[str, str], incoming: Path, megabytes: int, allowed: int
) -> tuple[int, int]:
    """Kill an addition once half of its pieces are done; return how many those are, and of all."""
    pieces = -(-megabytes * 48 // allowed)
    process = subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        done = len(list(incoming.glob("*/*.parquet")))
        if done * 2 >= pieces:
            process.kill()
            assert process.wait() == -signal.SIGKILL
            return done, pieces
        time.sleep(0.02)
    raise AssertionError(f"the addition ended with {process.returncode} before it was killed")


def _table(path: Path, size: int) -> tuple[Path, int, float]:
    """Write a table of about so many bytes; return it with its rows and the sum of its values."""
    rows, total, written = 0, 0.0, 0
    with path.open("w", encoding="ascii") as handle:
        handle.write(tables.NEW + "\n")
        for year in range(1990, 2026):
            for month in range(1, 13):
                for partner in PARTNERS:
                    lines = [
                        ROW.format(period=year * 100 + month, partner=partner, code=code, n=code)
                        for code in range(1, 8001)
                    ]
                    block = "".join(lines)
                    handle.write(block)
                    written += len(block)
                    rows += 8000
                    total += 8000 * 8001 / 2 + 8000 * 0.75
                    if written >= size:
                        return path, rows, total
    raise AssertionError("the table cannot be made so large")


def main() -> None:
    megabytes, allowed = (int(text) for text in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        made = run(megabytes, allowed, Path(folder))
    sys.stdout.write(json.dumps(vars(made)) + "\n")
    raise SystemExit(not (made.same and made.peak_mb <= allowed))


if __name__ == "__main__":
    main()
