"""A short form of `make soak`."""

import gc
import tracemalloc
from itertools import islice

import pytest

from tests.bench.soak import INPUTS, scans, state


def test_the_inputs_are_there_and_differ():
    assert all(path.exists() for path in INPUTS)
    assert len(set(islice(scans(), len(INPUTS)))) == len(INPUTS)


@pytest.mark.slow
def test_scans_in_one_process_leave_no_file_open_and_no_memory_behind():
    running = scans()
    rounds = 3 * len(INPUTS)
    for _ in islice(running, rounds):
        pass
    files = state().files
    tracemalloc.start()
    try:
        for _ in islice(running, rounds):
            pass
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in islice(running, rounds):
            pass
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert state().files == files
    assert after - before < 10_000 * rounds / len(INPUTS), f"{after - before:,} bytes more after {rounds} scans"
