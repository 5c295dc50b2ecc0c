"""Run commands as whole processes and read what the operating system says they cost."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path("build/bytecode").resolve())}
"""Modules are compiled once, as those of an installed package are."""


class Cost(NamedTuple):
    """One run: seconds on the clock, seconds of processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


class Spread(msgspec.Struct, frozen=True):
    """Several runs."""

    least: float
    median: float
    most: float


class Figures(msgspec.Struct, frozen=True):
    """Seconds on the clock, seconds of processor, peak memory in MiB."""

    wall: Spread
    cpu: Spread
    peak: Spread


def outlast(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "scanner", *map(str, arguments)]


def once(command: Sequence[str], environ: Mapping[str, str] | None = None, *, inside: bool = False) -> Cost:
    """Run one command to its end. Raises CalledProcessError where it fails (exit 1 is a result).

    Of a process that tells what is `inside`, its last line is its own seconds on the clock and of processor.
    """
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            env={**os.environ, **COMPILED, **(environ or {})},
            stdout=told if inside else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall, cpu = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            raise subprocess.CalledProcessError(process.returncode, command)
        if inside:
            told.seek(0)
            wall, cpu = map(float, told.read().split()[-2:])
    return Cost(wall, cpu, usage.ru_maxrss / 1024)


def in_turn(
    commands: Mapping[str, Sequence[str]], runs: int, environ: Mapping[str, str] | None = None, *, inside: bool = False
) -> dict[str, Figures]:
    """Each command once to warm up, then all of them in turn: A B A B, so that they see the same machine."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            cost = once(command, environ, inside=inside)
            costs[name] += [cost] if run else []
    return {name: _figures(found) for name, found in costs.items()}


def _figures(costs: Sequence[Cost]) -> Figures:
    return Figures(*(_spread([getattr(cost, name) for cost in costs]) for name in Cost._fields))


def _spread(values: Sequence[float]) -> Spread:
    return Spread(min(values), statistics.median(values), max(values))
