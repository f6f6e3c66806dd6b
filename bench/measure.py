"""How a bench measures and tells: seconds, percentiles, one JSON object a line."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long each of some runs took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def p95(taken: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]


# what a second and a byte are counted in
SCALES = {"ms": 1e3, "MB": 1e-6}


def tell(bench: str, value: float, floor: float, detail: str, unit: str = "ms") -> None:
    """Print one result: seconds as milliseconds, bytes as megabytes."""
    scale = SCALES[unit]
    line = {"bench": bench, "value": round(value * scale, 2), "unit": unit}
    line |= {"floor": round(floor * scale, 2), "ratio": round(value / floor, 2), "detail": detail}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def amur(*arguments: str) -> None:
    """Run the command in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "desk.cli", *arguments], cwd=ROOT, check=True, capture_output=True
    )


def python(code: str) -> None:
    """Run a line of Python in a process of its own."""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
