"""Writers of the lake killed at random moments: `python -m tests.crash_flows 60 4`.

Every addition brings one month more. Whatever a reader saw must still be there at the end, no
reader may see a part of a file, and every file must have its checksum.
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
from pathlib import Path

from etl.flows import manifest
from etl.paths import ROOT
from tests.flows import tables

ROWS = 400
READER = """
import json, os, sys, time
from pathlib import Path
from etl.flows import lake
seen, errors, reads = {}, [], 0
parent = os.getppid()
while not Path(sys.argv[1]).exists() and os.getppid() == parent:
    try:
        with lake.asking(lake.held()) as con:
            found = con.execute(
                "SELECT period_start::VARCHAR, count(*), sum(value) FROM flow_row GROUP BY 1"
            ).fetchall()
        now = {row[0]: row[1] for row in found}
        errors += [f"{month}: {rows} rows" for month, rows in now.items() if rows != ROWS]
        errors += [f"{month} was gone" for month in seen if month not in now]
        seen |= now
        reads += 1
    except lake.NoFlows:
        if seen:
            errors.append("the lake was gone")
    except Exception as error:
        # files that a compaction replaced are gone at the second writer after it: ask anew
        if "cannot be read" not in str(error):
            errors.append(f"{type(error).__name__}: {error}")
    time.sleep(0.01)
print(json.dumps({"reads": reads, "errors": errors[:5], "seen": sorted(seen)}))
""".replace("ROWS", str(ROWS))


@dataclass
class Storm:
    """What came of it."""

    kills: int = 0
    finished: int = 0
    reads: int = 0
    months: int = 0
    errors: list[str] = field(default_factory=list)
    lost: int = 0


def storm(kills: int, readers: int, folder: Path, seed: int = 7) -> Storm:
    """Kill writers at random moments until `kills` of them died; then let two finish."""
    chance = random.Random(seed)
    environment = {"AMUR_DATA": str(folder / "data")}
    stop = folder / "stop"
    result = Storm()
    months = [f"{year}{month:02}" for year in range(1990, 2026) for month in range(1, 13)]
    begun = time.monotonic()
    assert _write(_table(folder, months[0]), environment).wait() == 0
    whole = time.monotonic() - begun
    watching = [_reader(stop, environment) for _ in range(readers)]
    number = 1
    while result.kills < kills:
        compacting = chance.random() < 0.3
        files = [] if compacting else [_table(folder, months[number])]
        process = _write(files[0], environment) if files else _compact(environment)
        try:
            code = process.wait(timeout=chance.uniform(0.3 * whole, 1.2 * whole))
            result.finished += 1
            result.errors += [f"a writer ended with {code}"] if code else []
            number += not compacting
        except subprocess.TimeoutExpired:
            process.kill()
            assert process.wait() == -signal.SIGKILL
            result.kills += 1
    last = _table(folder, months[number])
    for code in (_write(last, environment).wait(), _compact(environment).wait()):
        result.errors += [f"the writer after the storm ended with {code}"] if code else []
    stop.touch()
    _inspect(watching, result, environment["AMUR_DATA"])
    return result


def _table(folder: Path, month: str) -> Path:
    rows = ({"hs": f"{n:06}", "period": month, "value": str(n)} for n in range(1, ROWS + 1))
    return tables.write(folder, f"{month}.csv", tables.new(*rows))


def _write(path: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return _amur(["flows", "add", str(path), "--released", "2026-06-01"], environment)


def _compact(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return _amur(["flows", "compact"], environment)


def _amur(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _reader(stop: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", READER, str(stop)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _inspect(watching: list[subprocess.Popen[str]], result: Storm, data: str) -> None:
    """Hear the readers; look for what they saw, for torn files and for what was left behind."""
    seen: set[str] = set()
    for reader in watching:
        told = json.loads(reader.communicate(timeout=60)[0])
        result.reads += told["reads"]
        result.errors += told["errors"]
        seen |= set(told["seen"])
    before = os.environ.get("AMUR_DATA")
    os.environ["AMUR_DATA"] = data
    try:
        with manifest.writing() as lake:
            result.errors += [f"{each.path} {each.what}" for each in manifest.verify(lake)]
            left = {path.name for path in manifest.data().iterdir()}
            left -= {segment.id for segment in lake.segments}
            result.errors += [f"left behind: {name}" for name in left]
            result.months = lake.rows("rows") // ROWS
            if lake.rows("rows") % ROWS:
                result.errors.append(f"{lake.rows('rows')} rows are no whole months")
    finally:
        os.environ.pop("AMUR_DATA") if before is None else os.environ.update(AMUR_DATA=before)
    result.lost = max(0, len(seen) - result.months)


def main() -> None:
    kills, readers = (int(text) for text in (*sys.argv[1:3], *("60", "4")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        result = storm(kills, readers, Path(folder), seed=int(time.time()))
        told = vars(result) | {"seconds": round(time.monotonic() - begun)}
    sys.stdout.write(json.dumps(told) + "\n")
    raise SystemExit(bool(result.errors or result.lost))


if __name__ == "__main__":
    main()
