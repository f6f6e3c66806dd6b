"""What a process took: its time, its peak of memory, and its share of the processor."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from bench.measure import ROOT


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds on the clock, its peak in MB, seconds of the processor."""

    seconds: float
    peak: float
    cpu: float


def run(arguments: list[str]) -> Spent:
    """Run the command."""
    return process([sys.executable, "-m", "desk.cli", *arguments])


def process(command: list[str]) -> Spent:
    """Run a process of its own."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command[:6])} ended with {child.returncode}: {said[-800:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return Spent(time.perf_counter() - started, usage.ru_maxrss / 1024, cpu)
