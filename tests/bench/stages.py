"""Parts of the work, each in a process that says how long it took: python -m tests.bench.stages NAME INPUT

It prints seconds on the clock and of processor, without the start and the imports.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scanner import purl
from scanner.config import Config
from scanner.identify import identify
from scanner.read import read
from scanner.read.formats import by_name
from scanner.rulebook import Rulebook, open_rulebook

MANY = 100_000


def checkout(_: str) -> Callable[[], object]:
    """The index of a checkout is in the cache, and has to be seen to be no older than the records."""
    cache = Config().cache
    open_rulebook(cache=cache)
    return lambda: open_rulebook(cache=cache)


def wheel(_: str) -> Callable[[], object]:
    """The index of an installed package lies beside the records."""
    from scanner.rulebook import index, shipped

    folder = Path(tempfile.mkdtemp())
    (folder / index.BUILT_IN).write_bytes(index.encode(index.open_index([shipped()], Config().cache)))
    return lambda: Rulebook(index.open_index([folder], None))


def _texts() -> list[str]:
    return [f"pkg:npm/package-{number}@1.{number % 40}.0" for number in range(MANY)]


def purls(_: str) -> Callable[[], object]:
    return lambda: [purl.canonical(text) for text in _texts()]


def packageurl(_: str) -> Callable[[], object]:
    from packageurl import PackageURL

    return lambda: [PackageURL.from_string(text).to_string() for text in _texts()]


def lookups(_: str) -> Callable[[], object]:
    book = open_rulebook(cache=Config().cache)
    return lambda: [book.bindings(purl.key(text)) for text in _texts()]


def inventory(path: str) -> Callable[[], object]:
    _load(path)
    return lambda: read([path])


def identified(path: str) -> Callable[[], object]:
    _load(path)
    book = open_rulebook(cache=Config().cache)
    return lambda: identify(read([path]), book)


def _load(path: str) -> None:
    """Import the readers that a file of this name is for."""
    for format in by_name(path):
        assert format.read


def backhoe(path: str) -> Callable[[], object]:
    from scanner.outlook.backhoe import backhoe
    from scanner.pipeline import scan

    report = scan([path], offline=True)
    return lambda: backhoe(report, ["country:US"])


def warm(lockfile: str, cache: str) -> None:
    """Fill a cache with an answer, of now, for every package of a lockfile."""
    import os

    from scanner.model import Facts
    from scanner.resolve import Settings
    from scanner.resolve.cache import Cache
    from scanner.resolve.plan import plan
    from scanner.resolve.record import Entry, Record, Validator

    known = Record(facts=Facts(publishers=3, licence="MIT", latest="9.0.0", released="2026-01-01"))
    found = [component.purl for component in read([lockfile]).components]
    store = Cache(Path(cache))
    packages = plan(found, Settings(cache=Path(cache)), os.environ).packages
    now = time.time()
    store.write({it.url: Entry((Validator(),) * len(it.documents), now, known) for it in packages})
    store.close()
    open_rulebook(cache=Path(cache))


STAGES = {
    "checkout": checkout, "wheel": wheel, "purls": purls, "packageurl": packageurl, "lookups": lookups,
    "read": inventory, "identify": identified, "backhoe": backhoe,
}  # fmt: skip


def main(name: str, path: str) -> None:
    run = STAGES[name](path)
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    print(time.perf_counter() - wall, time.process_time() - cpu)


if __name__ == "__main__":
    main(*sys.argv[1:])
