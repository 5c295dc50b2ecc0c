"""Run commands as whole processes and read what the operating system says they cost."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """One run: seconds on the clock, seconds of processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


class Figures(NamedTuple):
    """Several runs: the median, with the least and the most."""

    wall: tuple[float, float, float]
    cpu: tuple[float, float, float]
    peak: tuple[float, float, float]


def outlast(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "scanner", *map(str, arguments)]


def once(command: Sequence[str]) -> Cost:
    """Run one command to its end. Raises CalledProcessError where it fails (exit 1 is a result)."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def several(command: Sequence[str], runs: int = 5) -> Figures:
    """One run to warm up, then `runs` that count."""
    once(command)
    costs = [once(command) for _ in range(runs)]
    return Figures(*(_spread([getattr(cost, name) for cost in costs]) for name in Cost._fields))


def _spread(values: list[float]) -> tuple[float, float, float]:
    return min(values), statistics.median(values), max(values)
