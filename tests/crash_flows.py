"""Writers of the lake killed at random moments: `python -m tests.crash_flows 60 4`.

Every addition brings one month more. Whatever a reader saw must still be there at the end, no
reader may see a part of a file, and every file must have its checksum.
"""

import os
import random
import subprocess
import time
from pathlib import Path

from etl.flows import lake, manifest
from tests import storms
from tests.flows import tables
from tests.storms import Environment, Storm

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
        errors.append(f"{type(error).__name__}: {error}")
    time.sleep(0.01)
print(json.dumps({"reads": reads, "errors": errors[:5], "seen": sorted(seen)}))
""".replace("ROWS", str(ROWS))


def storm(kills: int, readers: int, folder: Path, chance: random.Random) -> Storm:
    """Kill writers at random moments until `kills` of them died; then let two finish."""
    environment = {"AMUR_DATA": str(folder / "data")}
    stop = folder / "stop"
    result = Storm()
    months = [f"{year}{month:02}" for year in range(1990, 2026) for month in range(1, 13)]
    begun = time.monotonic()
    assert _write(_table(folder, months[0]), environment).wait() == 0
    killer = storms.Killer(time.monotonic() - begun, chance, result)
    watching = storms.watch(READER, readers, stop, environment)
    number = 1
    while result.kills < kills:
        compacting = chance.random() < 0.3
        file = None if compacting else _table(folder, months[number])
        process = _write(file, environment) if file else _compact(environment)
        if killer.spares(process):
            code = process.returncode
            result.errors += [f"a writer ended with {code}"] if code else []
            number += not compacting
    last = _table(folder, months[number])
    for code in (_write(last, environment).wait(), _compact(environment).wait()):
        result.errors += [f"the writer after the storm ended with {code}"] if code else []
    stop.touch()
    _inspect(storms.hear(watching, result), result, environment["AMUR_DATA"])
    return result


def _table(folder: Path, month: str) -> Path:
    rows = ({"hs": f"{n:06}", "period": month, "value": str(n)} for n in range(1, ROWS + 1))
    return tables.write(folder, f"{month}.csv", tables.new(*rows))


def _write(path: Path, environment: Environment) -> subprocess.Popen[bytes]:
    return storms.amur(["flows", "add", str(path), "--released", "2026-06-01"], environment)


def _compact(environment: Environment) -> subprocess.Popen[bytes]:
    return storms.amur(["flows", "compact"], environment)


def _inspect(seen: set[str], result: Storm, data: str) -> None:
    """Look for what readers saw, for torn files and for what was left behind."""
    before = os.environ.get("AMUR_DATA")
    os.environ["AMUR_DATA"] = data
    try:
        with manifest.writing() as held:
            result.errors += [f"{each.path} {each.what}" for each in manifest.verify(held)]
            left = {each.name for each in manifest.data().iterdir() if _is_left(each)}
            left -= {segment.id for segment in held.segments}
            result.errors += [f"left behind: {name}" for name in left]
        with lake.asking(held) as con:
            found = con.execute(
                "SELECT period_start::VARCHAR, count(*) FROM flow_row GROUP BY 1"
            ).fetchall()
    finally:
        os.environ.pop("AMUR_DATA") if before is None else os.environ.update(AMUR_DATA=before)
    result.errors += [f"{month}: {rows} rows" for month, rows in found if rows != ROWS]
    result.kept = len(found)
    result.lost = len(seen - {month for month, _ in found})


def _is_left(folder: Path) -> bool:
    """Return whether a folder is none that a compaction has just replaced."""
    return not (folder / manifest.REPLACED).exists()


if __name__ == "__main__":
    storms.run(storm, kills=60, readers=4)
