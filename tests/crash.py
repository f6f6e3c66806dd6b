"""Refreshes killed at random moments while readers query: `python -m tests.crash 200 8`.

A local Bank of Russia gives one day more with every request, so that each refresh has something to
publish. Whatever a reader saw must still be there at the end, and every build must be sound.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb

from etl.paths import ROOT
from tests.server import Asked, Reply, local
from tests.support import small

FIRST = date(2023, 12, 1)
READER = """
import json, os, sys, time
from etl import warehouse
from etl.errors import NotBuilt
seen, errors, reads = set(), [], 0
stop = sys.argv[1]
from pathlib import Path
parent = os.getppid()
# a storm that was broken off leaves nobody behind
while not Path(stop).exists() and os.getppid() == parent:
    try:
        with warehouse.connect(warehouse.current()) as con:
            days = con.execute(
                "SELECT period_start::VARCHAR || unit FROM observation "
                "WHERE period_kind = 'day' AND source = 'cbr'"
            ).fetchall()
            bad = con.execute("FROM finding WHERE severity = 'error' AND NOT passed")
            if bad.fetchall():
                errors.append("a build with errors was published")
        now = {day[0] for day in days}
        if seen - now:
            errors.append(f"{len(seen - now)} observations were gone")
        seen |= now
        reads += 1
    except NotBuilt as error:
        if reads:
            errors.append(str(error))
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
    time.sleep(0.02)
print(json.dumps({"reads": reads, "errors": errors[:5], "seen": sorted(seen)}))
"""


@dataclass
class Storm:
    """What came of it."""

    kills: int = 0
    finished: int = 0
    reads: int = 0
    builds: int = 0
    errors: list[str] = field(default_factory=list)
    lost: int = 0


class Bank:
    """A Bank of Russia that knows one day more at every request."""

    def __init__(self) -> None:
        self.days = 40

    def __call__(self, asked: Asked) -> Reply:
        self.days += 1
        code = asked.query["VAL_NM_RQ"]
        base = {"R01235": 80, "R01375": 11}[code]
        days = [FIRST + timedelta(days=n) for n in range(self.days)]
        records = "".join(
            f'<Record Date="{day:%d.%m.%Y}" Id="{code}"><Nominal>1</Nominal>'
            f"<Value>{base + n % 9},{1000 + n}</Value></Record>"
            for n, day in enumerate(days)
        )
        start, end = f"{FIRST:%d.%m.%Y}", f"{days[-1]:%d.%m.%Y}"
        body = (
            '<?xml version="1.0" encoding="windows-1251"?>'
            f'<ValCurs ID="{code}" DateRange1="{start}" DateRange2="{end}">{records}</ValCurs>'
        )
        return Reply(body.encode("cp1251"), kind="application/xml")


def refresh(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", "refresh", "--source", "cbr"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def storm(kills: int, readers: int, folder: Path, seed: int = 7) -> Storm:
    """Kill refreshes at random moments until `kills` of them died; then let one finish."""
    chance = random.Random(seed)
    made = small(folder)
    result = Storm()
    stop = folder / "stop"
    with local(Bank()) as bank:
        environment = {
            "AMUR_SHIPPED": str(made.shipped),
            "AMUR_DATA": str(made.data),
            "AMUR_CBR_URL": bank.url,
            "AMUR_PACE_S": "0",
        }
        assert refresh(environment).wait() == 0
        watching = [_reader(stop, environment) for _ in range(readers)]
        # with the readers at work, so that kills fall on every moment up to the end
        begun = time.monotonic()
        assert refresh(environment).wait() == 0
        whole = time.monotonic() - begun
        while result.kills < kills:
            process = refresh(environment)
            begun = time.monotonic()
            try:
                process.wait(timeout=chance.uniform(0.05, 1.3 * whole))
                result.finished += 1
                # a machine with other work gets faster and slower
                whole = time.monotonic() - begun
            except subprocess.TimeoutExpired:
                process.kill()
                assert process.wait() == -signal.SIGKILL
                result.kills += 1
        code = refresh(environment).wait()
        if code != 0:
            result.errors.append(f"the refresh after the storm ended with {code}")
        stop.touch()
        seen = _hear(watching, result)
    _inspect(made.data / "warehouse", seen, result)
    return result


def _reader(stop: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", READER, str(stop)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _hear(watching: list[subprocess.Popen[str]], result: Storm) -> set[str]:
    seen: set[str] = set()
    for reader in watching:
        words = reader.communicate(timeout=60)[0]
        if not words:
            result.errors.append(f"a reader ended with {reader.returncode} and said nothing")
            continue
        told = json.loads(words)
        result.reads += told["reads"]
        result.errors += told["errors"]
        seen |= set(told["seen"])
    return seen


def _inspect(folder: Path, seen: set[str], result: Storm) -> None:
    """Open every surviving build; look for what readers saw in the current one."""
    current = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    for path in sorted(folder.glob("*.duckdb")):
        result.builds += 1
        with duckdb.connect(str(path), read_only=True) as con:
            bad = con.execute(
                "SELECT check_name FROM finding WHERE severity = 'error' AND NOT passed"
            ).fetchall()
            result.errors += [f"{path.name}: {name}" for (name,) in bad]
            if path.name == current:
                held = con.execute(
                    "SELECT period_start::VARCHAR || unit FROM observation WHERE source = 'cbr'"
                ).fetchall()
                result.lost = len(seen - {row[0] for row in held})
    result.errors += [f"left behind: {path.name}" for path in folder.glob("*.part*")]


def main() -> None:
    kills, readers = (int(text) for text in (*sys.argv[1:3], *("200", "8")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        result = storm(kills, readers, Path(folder), seed=int(time.time()))
        told = vars(result) | {"seconds": round(time.monotonic() - begun)}
    sys.stdout.write(json.dumps(told) + "\n")
    raise SystemExit(bool(result.errors or result.lost))


if __name__ == "__main__":
    main()
