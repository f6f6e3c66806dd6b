"""Refreshes killed at random moments while readers query: `python -m tests.crash 200 8`.

A local Bank of Russia gives one day more with every request, so that each refresh has something to
publish. Whatever a reader saw must still be there at the end, and every build must be sound.
"""

import random
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tests import storms
from tests.server import Asked, Reply, local
from tests.storms import Environment, Storm
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


def storm(kills: int, readers: int, folder: Path, chance: random.Random) -> Storm:
    """Kill refreshes at random moments until `kills` of them died; then let one finish."""
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
        assert _refresh(environment).wait() == 0
        watching = storms.watch(READER, readers, stop, environment)
        # with the readers at work, so that kills fall on every moment up to the end
        begun = time.monotonic()
        assert _refresh(environment).wait() == 0
        killer = storms.Killer(time.monotonic() - begun, chance, result)
        while result.kills < kills:
            killer.spares(_refresh(environment))
        code = _refresh(environment).wait()
        if code != 0:
            result.errors.append(f"the refresh after the storm ended with {code}")
        stop.touch()
        seen = storms.hear(watching, result)
    _inspect(made.data / "warehouse", seen, result)
    return result


def _refresh(environment: Environment) -> subprocess.Popen[bytes]:
    return storms.amur(["refresh", "--source", "cbr"], environment)


def _inspect(folder: Path, seen: set[str], result: Storm) -> None:
    """Open every surviving build; look for what readers saw in the current one."""
    current = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    for path in sorted(folder.glob("*.duckdb")):
        result.kept += 1
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


if __name__ == "__main__":
    storms.run(storm, kills=200, readers=8)
