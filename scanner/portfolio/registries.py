"""Resolve for a portfolio: each distinct package is asked for once, and no more of them are held than a slice."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from scanner.assess.custody import judge
from scanner.config import Config
from scanner.model import Custody, Gap
from scanner.resolve import Settings, resolve

SLICE = 8192
"""Packages that are asked for together."""
ROOM = 1 << 30
"""Bytes of the cache: a portfolio has more packages than a project."""
_COUNTED = re.compile(r"\b(\d+) packages?\b")

Judged = Iterable[tuple[str, Custody]]


def look_up(
    purls: Iterable[str],
    keep: Callable[[Judged], None],
    config: Config,
    day: datetime.date,
    *,
    offline: bool,
    told: Callable[[int], None],
) -> list[Gap]:
    """Have `keep` take what the registries say of `purls`, which are sorted. What could not be looked at comes back.

    `told` is told how many are done.
    """
    file = config.file
    settings = Settings(cache=config.cache, endpoints=file.registries, ttl_hours=file.cache.ttl_hours, cache_limit=ROOM)
    gaps: list[Gap] = []
    done = 0
    for part in slices(purls, SLICE):
        resolution = resolve(part, settings=settings, offline=offline, progress=_after(done, told))
        keep((purl, judge(facts, day)) for purl, facts in resolution.facts.items())
        gaps += resolution.gaps
        done += len(part)
        told(done)
    return merged(gaps)


def _after(before: int, told: Callable[[int], None]) -> Callable[[int, int], None]:
    return lambda done, _: told(before + done)


def slices(purls: Iterable[str], size: int) -> Iterator[list[str]]:
    """So many at a time; the versions of one package stay together, for they are one question."""
    part: list[str] = []
    for _, versions in groupby(purls, key=lambda purl: purl.partition("@")[0]):
        part += versions
        if len(part) >= size:
            yield part
            part = []
    if part:
        yield part


def merged(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps that differ only in how many packages they count, as one."""
    counts: dict[tuple[str, str], int] = {}
    for gap in gaps:
        count = _COUNTED.search(gap.reason)
        key = (gap.subject, _COUNTED.sub("{}", gap.reason, count=1))
        counts[key] = counts.get(key, 0) + (int(count[1]) if count else 0)
    return [
        Gap(stage="resolve", subject=subject, reason=reason.replace("{}", f"{count:,} package{'s' * (count != 1)}", 1))
        for (subject, reason), count in sorted(counts.items())
    ]
