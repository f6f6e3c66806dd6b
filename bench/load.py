"""A crowd: open connections that act every few seconds while refreshes publish under them.

`python -m bench.load [connections] [seconds]` runs it alone, on this machine only; 30 and 90 unless
said otherwise. A fault of any visitor ends it with code 1.
"""

import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bench.measure import ROOT, amur, p95, tell
from bench.serving import Served, desk
from bench.visitor import Run, Visitor

CONNECTIONS, SECONDS = 30, 90.0
EVERY_S, PUBLISH_EVERY_S = 10.0, 20.0
# a page, its first control, and how many options that has
PAGES = (("trade", "trade_kind", 3), ("energy", "product", 4), ("", "from", 8))


@dataclass
class Crowd:
    """What all visitors met."""

    filters: list[float] = field(default_factory=list)
    switches: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    builds: int = 0

    def note(self, taken: list[float], run: Run) -> None:
        """Take the outcome of one action."""
        taken.append(run.seconds)
        self.sizes.append(run.size)
        self.faults += run.faults
        if not run.charts:
            self.faults.append("a page came without a chart")


def bench_load(folder: Path, connections: int = CONNECTIONS, seconds: float = SECONDS) -> int:
    """Measure on a copy of the shipped data that changes; return how many faults there were."""
    shipped = folder / "shipped"
    shutil.copytree(ROOT / "data", shipped, ignore=shutil.ignore_patterns("warehouse", "raw"))
    own = {"AMUR_SHIPPED": str(shipped), "AMUR_DATA": str(folder / "data")}
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        amur("refresh", "--offline")
        with desk() as served:
            alone, crowd, spent = asyncio.run(_measure(served, shipped, connections, seconds))
            peak = served.peak()
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    said = (
        f"{connections} connections, an action each every {EVERY_S:g} s for {seconds:g} s, "
        f"{crowd.builds} builds published meanwhile, {len(crowd.faults)} faults; "
        f"{1e3 * spent:.0f} ms of the server's processor an action, "
        f"{statistics.mean(crowd.sizes) / 1e3:.0f} kB; the server held {peak:.0f} MB at most; "
        "floor: the median of one visitor alone"
    )
    tell("load filter p50", statistics.median(crowd.filters), alone, said)
    tell("load filter p95", p95(crowd.filters), alone, said)
    tell("load page switch p95", p95(crowd.switches), alone, said)
    for fault in dict.fromkeys(crowd.faults):
        sys.stderr.write(f"{fault}\n")
    return len(crowd.faults)


async def _measure(
    served: Served, shipped: Path, connections: int, seconds: float
) -> tuple[float, Crowd, float]:
    """Return the median of a filter alone, what a crowd met, processor seconds an action."""
    chance = random.Random(6)
    alone = Crowd()
    async with _visitor(served.address) as one:
        await _act(one, alone, chance, 9, 0.0)
    crowd, before = Crowd(), served.spent()
    end = time.monotonic() + seconds
    publishing = asyncio.create_task(_publish(shipped, crowd, end))
    visits = [
        _visit(served.address, crowd, random.Random(number), seconds)
        for number in range(connections)
    ]
    await asyncio.gather(*visits)
    await publishing
    acted = len(crowd.filters) + len(crowd.switches)
    return statistics.median(alone.filters), crowd, (served.spent() - before) / max(acted, 1)


@asynccontextmanager
async def _visitor(address: str) -> AsyncIterator[Visitor]:
    stream = address.replace("http://", "ws://") + "/_stcore/stream"
    async with connect(
        stream, subprotocols=["streamlit"], origin=address, max_size=None, open_timeout=60
    ) as line:
        yield Visitor(line)


async def _visit(address: str, crowd: Crowd, chance: random.Random, seconds: float) -> None:
    """Be one of the crowd: come some time within a first round, then act every few seconds."""
    await asyncio.sleep(chance.uniform(0, EVERY_S))
    try:
        async with _visitor(address) as one:
            await _act(one, crowd, chance, max(1, round(seconds / EVERY_S) - 1), EVERY_S)
    except (OSError, WebSocketException, TimeoutError) as error:
        crowd.faults.append(f"{type(error).__name__}: {error}")


async def _act(
    one: Visitor, crowd: Crowd, chance: random.Random, actions: int, every: float
) -> None:
    """Open a page, then filter it; go to another page now and then."""
    page, key, many = chance.choice(PAGES)
    crowd.note(crowd.switches, await one.open(page))
    number = 0
    for step in range(actions):
        begun = time.monotonic()
        if step % 4 == 3:
            page, key, many = chance.choice([each for each in PAGES if each[0] != page])
            crowd.note(crowd.switches, await one.open(page))
            number = 0
        else:
            number = (number + chance.randrange(1, many)) % many
            crowd.note(crowd.filters, await one.choose(key, number))
        left = every - (time.monotonic() - begun)
        await asyncio.sleep(max(0.0, left))


async def _publish(shipped: Path, crowd: Crowd, end: float) -> None:
    """Change the shipped data and refresh, again and again, in processes of their own."""
    while time.monotonic() + PUBLISH_EVERY_S < end:
        await asyncio.sleep(PUBLISH_EVERY_S)
        _change(shipped, crowd.builds + 1)
        command = [sys.executable, "-m", "desk.cli", "refresh", "--offline"]
        refresh = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, said = await refresh.communicate()
        if refresh.returncode:
            crowd.faults.append(f"a refresh ended with {refresh.returncode}: {said.decode()}")
        else:
            crowd.builds += 1


def _change(shipped: Path, number: int) -> None:
    """Put other words into the first article: another input is another build."""
    path = shipped / "articles.jsonl"
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    article = json.loads(first)
    article["summary"] = f"{article['summary'].split(' #')[0]} #{number}"
    path.write_text(json.dumps(article, ensure_ascii=False) + "\n" + rest, encoding="utf-8")


def main() -> None:
    """Run a crowd."""
    connections = int(sys.argv[1]) if len(sys.argv) > 1 else CONNECTIONS
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    with tempfile.TemporaryDirectory() as name:
        raise SystemExit(bool(bench_load(Path(name), connections, seconds)))


if __name__ == "__main__":
    main()
