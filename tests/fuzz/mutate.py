"""Spoil the readers' fixtures at random, and see that every reader ends in components or in one ReadError.

    python -m tests.fuzz.mutate --count 100000          # all of it; about ten minutes on two cores
    python -m tests.fuzz.mutate --one yarn-berry/workspaces 17 > spoilt

An input is made from a case and a number, so that what fails can be made again. None may take more than 2 s of
processor time or 500 MiB.
"""

import argparse
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from random import Random
from typing import NamedTuple

from scanner.errors import ReadError
from scanner.read.sbom.validate import breaches
from scanner.read.source import Source
from tests.fuzz.mutations import MUTATIONS, grow
from tests.read.cases import Case, cases

MAX_SECONDS = 2.0
MAX_BYTES = 500 * 2**20
MAX_SIZE = 2**20
LARGE = 0.02
"""The share of inputs that are made large."""
ALARM = 60
"""Seconds after which an input that does not end is given up."""
CHUNK = 200


class Failure(NamedTuple):
    """An input that did not end well."""

    case: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.case} {self.number}: {self.reason}"


@cache
def originals() -> tuple[Case, ...]:
    """Good and bad cases of all formats."""
    return tuple(cases())


def spoilt(case: Case, number: int) -> Source:
    """The input of a case, or one of its neighbours, after some mutations."""
    chance = Random(f"{case.id} {number}")
    source = case.source()
    mutations = chance.choices(MUTATIONS, k=chance.choice((1, 1, 1, 1, 2, 3)))
    mutations += [grow] * (chance.random() < LARGE)

    def spoil(data: bytes) -> bytes:
        for mutation in mutations:
            data = mutation(data, chance)[:MAX_SIZE]
        return data

    if chance.random() < 0.85:
        return Source(source.path, spoil(source.data), source._neighbour)
    return Source(source.path, source.data, partial(_spoilt_neighbour, source._neighbour, spoil))


def _spoilt_neighbour(
    neighbour: Callable[[str], bytes | None], spoil: Callable[[bytes], bytes], name: str
) -> bytes | None:
    data = neighbour(name)
    return None if data is None else spoil(data)


def check(case: Case, number: int) -> Failure | None:
    """Read one spoilt input, and validate it where there is a schema."""
    source = spoilt(case, number)
    start = time.process_time()
    try:
        _ends_well(case, source)
    except Exception as error:  # noqa: BLE001 - whatever gets through is what is looked for
        return Failure(case.id, number, f"{type(error).__name__}: {str(error)[:200]}")
    seconds = time.process_time() - start
    return Failure(case.id, number, f"takes {seconds:.1f} s") if seconds > MAX_SECONDS else None


def _ends_well(case: Case, source: Source) -> None:
    for attempt in (case.format.read, partial(breaches, format=case.format)):
        try:
            for found in attempt(source):
                if attempt == case.format.read and not found.purl.startswith("pkg:"):
                    raise AssertionError(f"{found.purl[:80]!r} is no purl")
        except ReadError as error:
            if "\n" in str(error):
                raise AssertionError(f"an error of several lines: {str(error)[:80]!r}") from error


def numbers(count: int, first: int) -> Iterator[tuple[int, int]]:
    """Which case and which number, `count` times, the cases in turn and the numbers from `first` on."""
    for index in range(count):
        number, case = divmod(index, len(originals()))
        yield case, first + number


def check_all(count: int, first: int, jobs: int) -> list[Failure]:
    """Check `count` inputs in parallel."""
    work = list(numbers(count, first))
    chunks = [work[at : at + CHUNK] for at in range(0, count, CHUNK)]
    failures: list[Failure] = []
    with ProcessPoolExecutor(jobs, initializer=_limit) as pool:
        for done, found in enumerate(pool.map(_check_chunk, chunks), 1):
            failures += found
            for failure in found:
                print(failure, flush=True)
            if done % 25 == 0:
                print(f"{done * CHUNK:,} of {count:,}, {len(failures)} failures", file=sys.stderr, flush=True)
    return failures


def _check_chunk(chunk: list[tuple[int, int]]) -> list[Failure]:
    found = []
    for case, number in chunk:
        signal.alarm(ALARM)
        found.append(check(originals()[case], number))
        signal.alarm(0)
    return [failure for failure in found if failure]


def _limit() -> None:
    """No more memory than allowed on top of what the program itself takes, and an end to what does not end."""
    for case in originals():
        check(case, -1)
    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MAX_BYTES, resource.RLIM_INFINITY))
    signal.signal(signal.SIGALRM, _give_up)


def _give_up(*_: object) -> None:
    raise TimeoutError(f"does not end in {ALARM} s")


def main() -> int:
    """Run; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="start from another number, for other inputs")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--one", nargs=2, metavar=("CASE", "NUMBER"))
    options = parser.parse_args()
    if options.one:
        id, number = options.one
        case = next(case for case in originals() if case.id == id)
        sys.stdout.buffer.write(spoilt(case, int(number)).data)
        print(check(case, int(number)), file=sys.stderr)
        return 0
    failures = check_all(options.count, options.first, options.jobs)
    print(f"{options.count:,} inputs made of {len(originals())} fixtures, {len(failures)} failures")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
