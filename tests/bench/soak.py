"""make soak: many scans in one process; neither memory nor open files may grow.

python -m tests.bench.soak [SCANS]...       200 and then 2,000 where none is said

Different inputs follow each other: a project, an SBOM, a lockfile, and one that cannot be read.
"""

import gc
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from scanner import scan
from scanner.errors import OutlastError
from scanner.report import render

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
INPUTS = (
    FIXTURES / "demo",
    FIXTURES / "read/cyclonedx-json/everything",
    FIXTURES / "read/yarn-classic/project",
    FIXTURES / "read/cyclonedx-json/cut-short/bom.json",
)
WARM_UP = 20


class State(NamedTuple):
    """What a process holds: resident memory in MiB, open files."""

    memory: float
    files: int


def state() -> State:
    gc.collect()
    with open("/proc/self/statm") as statm:
        pages = int(statm.read().split()[1])
    return State(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, len(os.listdir("/proc/self/fd")))


def scans() -> Iterator[int]:
    """Scan the inputs in their turn, offline, and write each report; the length of the report."""
    while True:
        for path in INPUTS:
            try:
                yield len(render(scan([str(path)], offline=True), "json"))
            except OutlastError as error:
                yield len(str(error))


def soak(count: int) -> tuple[State, State]:
    """What the process holds after the first few scans, and after all of them."""
    running = scans()
    for _ in islice(running, WARM_UP):
        pass
    before = state()
    for _ in islice(running, count - WARM_UP):
        pass
    return before, state()


def main(counts: list[int]) -> None:
    for count in counts:
        began = time.process_time()
        before, after = soak(count)
        took = time.process_time() - began
        print(
            f"{count:,} scans in {took:.0f} s of processor: {before.memory:.1f} MiB and {before.files} open files after "
            f"{WARM_UP}, {after.memory:.1f} MiB and {after.files} at the end",
            flush=True,
        )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [200, 2_000])
