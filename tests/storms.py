"""What storms share: processes killed at random moments while readers look on."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from etl.paths import ROOT

Environment = Mapping[str, str]
Watching = list[subprocess.Popen[str]]


@dataclass
class Storm:
    """What came of it; `kept` are the builds or months that survived."""

    kills: int = 0
    finished: int = 0
    reads: int = 0
    kept: int = 0
    errors: list[str] = field(default_factory=list)
    lost: int = 0


def amur(arguments: list[str], environment: Environment) -> subprocess.Popen[bytes]:
    """Start the command."""
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=ROOT,
        env=os.environ | dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@dataclass
class Killer:
    """Kills at moments spread over the time that a whole run takes, `whole` seconds at first."""

    whole: float
    chance: random.Random
    result: Storm

    def spares(self, process: subprocess.Popen[bytes]) -> bool:
        """Kill a process at a random moment, or say that it was done before that."""
        begun = time.monotonic()
        try:
            process.wait(timeout=self.chance.uniform(0.05, 1.3) * self.whole)
        except subprocess.TimeoutExpired:
            process.kill()
            # one that was done in this very moment was not killed
            if process.wait() == -signal.SIGKILL:
                self.result.kills += 1
                # a machine with other work gets slower: without this, nothing might ever be done
                self.whole *= 1.05
                return False
        self.result.finished += 1
        self.whole = time.monotonic() - begun
        return True


def watch(code: str, readers: int, stop: Path, environment: Environment) -> Watching:
    """Start readers that run `code` until the file `stop` is there."""
    return [
        subprocess.Popen(
            [sys.executable, "-c", code, str(stop)],
            cwd=ROOT,
            env=os.environ | dict(environment),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(readers)
    ]


def hear(watching: Watching, result: Storm) -> set[str]:
    """Count what the readers tell and return all that they saw."""
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


def run(storm: Callable[[int, int, Path, random.Random], Storm], kills: int, readers: int) -> None:
    """Run a storm from the command line, with the numbers given there; exit 1 on any loss."""
    given = [int(text) for text in sys.argv[1:3]]
    kills, readers = [*given, *(kills, readers)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        result = storm(kills, readers, Path(folder), random.Random(int(time.time())))
        told = vars(result) | {"seconds": round(time.monotonic() - begun)}
    sys.stdout.write(json.dumps(told) + "\n")
    raise SystemExit(bool(result.errors or result.lost))
