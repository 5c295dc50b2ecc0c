"""Resolve: what registries tell about the packages of a project: who can publish them, under which licence, how alive.

Answers are distilled and cached; whatever could not be asked or answered is a gap. Nothing here opens a socket but
fetch.py, which is loaded only when something has to be asked.
"""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from scanner import purl
from scanner.model import Facts, Gap
from scanner.resolve import across
from scanner.resolve.cache import Cache
from scanner.resolve.failures import UNDOCUMENTED, RegistryError, undocumented
from scanner.resolve.gaps import day, not_answered, not_found, not_looked_at
from scanner.resolve.plan import Package, plan
from scanner.resolve.record import Answer, Entry, Validator, tidy
from scanner.resolve.registries import Document, layout, registry
from scanner.resolve.settings import Settings

__all__ = ["Resolution", "Settings", "resolve"]

Progress = Callable[[int, int], None]


class Resolution(NamedTuple):
    """The facts that were found, by purl, and what could not be looked at."""

    facts: dict[str, Facts]
    gaps: list[Gap]


@dataclass(slots=True)
class Told:
    """What is known so far, by address: entries, failures (None where there was no time), and which entries are old."""

    entries: dict[str, Entry] = field(default_factory=dict)
    failures: dict[str, RegistryError | None] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)

    def leads_on(self, package: Package) -> bool:
        """Whether the next registry is to be asked: this one has no such package, or may fail without harm."""
        if package.url in self.failures:
            return bool(package.further) and package.endpoint.lenient
        entry = self.entries.get(package.url)
        return bool(package.further) and entry is not None and entry.record is None


def resolve(
    purls: Iterable[str], *, settings: Settings, offline: bool = False, progress: Progress | None = None
) -> Resolution:
    """The custody facts of canonical purls; `progress` is told packages done and in all.

    With `offline` no socket is opened, and the cache is used however old it is.
    """
    purls, end = list(purls), time.monotonic() + settings.deadline
    found = _resolve(purls, settings, offline=offline, progress=progress)
    for source in across.sources(settings.endpoints):
        left = replace(settings, deadline=max(0.0, end - time.monotonic()))
        found = Resolution(*across.fill(found, purls, source, partial(_resolve, settings=left, offline=offline)))
    return found


def _resolve(
    purls: Iterable[str], settings: Settings, *, offline: bool, progress: Progress | None = None
) -> Resolution:
    packages, gaps = plan(purls, settings, os.environ)
    cache, told, settled = Cache(settings.cache, settings.cache_limit), Told(), list[Package]()
    count, end = _counting(progress, len(packages)), time.monotonic() + settings.deadline
    try:
        while packages:
            left = replace(settings, deadline=max(0.0, end - time.monotonic()))
            _look_up(packages, told, cache, left, count, offline=offline)
            settled += [package for package in packages if not told.leads_on(package)]
            packages = [package.onward() for package in packages if told.leads_on(package)]
    finally:
        cache.close()
    if offline:
        gaps += not_looked_at(settled, told.entries)
    gaps += not_answered(settled, told.failures, told.entries)
    gaps += not_found(settled, told.entries, told.failures)
    if cache.trouble:
        gaps.append(Gap(stage="resolve", subject="cache", reason=cache.trouble))
    return Resolution(_facts(settled, told.entries, told.stale), gaps)


def _look_up(
    packages: Sequence[Package],
    told: Told,
    cache: Cache,
    settings: Settings,
    count: Callable[[int], None],
    *,
    offline: bool,
) -> None:
    """Each package at its present registry, in the cache or else by asking."""
    told.entries |= cache.read([package.url for package in packages])
    due = [package for package in packages if not _fresh(told.entries.get(package.url), settings)]
    asked = [] if offline else due
    known = {package.url for package in packages} - {package.url for package in asked}
    count(sum(package.url in known and not told.leads_on(package) for package in packages))
    if asked:
        _ask(asked, told, cache, settings, count)
    unsure = (package.url for package in due if offline or package.url in told.failures)
    told.stale.update(url for url in unsure if url in told.entries)


def _fresh(entry: Entry | None, settings: Settings) -> bool:
    return entry is not None and 0 <= time.time() - entry.fetched < settings.ttl_hours * 3600


def _counting(progress: Progress | None, total: int) -> Callable[[int], None]:
    """Tells `progress` of so many more packages each time."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress and total:
            progress(done, total)

    return count


def _ask(
    packages: Sequence[Package], told: Told, cache: Cache, settings: Settings, count: Callable[[int], None]
) -> None:
    """Ask the registries, and keep what they say."""
    from scanner.resolve.fetch import fetch
    from scanner.resolve.request import Ask

    told.failures |= dict.fromkeys(package.url for package in packages)
    new: dict[str, Entry] = {}

    def handle(index: int, outcome: tuple[Answer, ...] | RegistryError) -> None:
        package = packages[index]
        try:
            if isinstance(outcome, RegistryError):
                raise outcome
            entry = _entry(package, outcome, told.entries.get(package.url))
        except RegistryError as failure:
            told.failures[package.url] = failure
        else:
            del told.failures[package.url]
            told.entries[package.url] = new[package.url] = entry
        count(not told.leads_on(package))

    def settle() -> None:
        cache.write(new)
        new.clear()

    def asking(package: Package) -> Ask:
        return Ask(
            package.endpoint,
            _offered(package),
            _validators(package, told.entries.get(package.url)),
            package.pace,
            package.more,
            layout(package.type, package.endpoint.base),
        )

    fetch([asking(package) for package in packages], settings, handle, settle)


def _validators(package: Package, known: Entry | None) -> tuple[Validator, ...]:
    """One for each document; none where what is known comes from a version that asked for others."""
    return known.validators if known and len(known.validators) == len(package.documents) else ()


def _offered(package: Package) -> tuple[Document, ...]:
    """What is asked for: the public registry has all that it documents, so that another media type is a fault there."""
    if not package.endpoint.public:
        return package.documents
    return tuple(document._replace(offered=True) for document in package.documents)


def _entry(package: Package, answers: Sequence[Answer], known: Entry | None) -> Entry:
    """What is to be kept of `answers`; what there was where nothing has changed. Raises RegistryError."""
    validators = tuple(answer.validator for answer in answers[: len(package.documents)])
    if known and not any(answer.changed for answer in answers):
        return Entry(known.validators, time.time(), known.record)
    bodies = [answer.body for answer in answers]
    missing = any(document.required and body is None for document, body in zip(package.documents, bodies, strict=False))
    if missing or all(body is None for body in bodies):
        return Entry(validators, time.time(), None)
    try:
        record = registry(package.type).facts(*bodies)
        return Entry(validators, time.time(), tidy(record, answers[0].address) if record else None)
    except UNDOCUMENTED as error:
        raise undocumented(error) from error


def _facts(packages: Iterable[Package], entries: dict[str, Entry], stale: set[str]) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for package in packages:
        entry = entries.get(package.url)
        if entry is None or entry.record is None:
            continue
        retrieved = day(entry.fetched)
        for text in package.purls:
            version = purl.version_of(text)
            found[text] = entry.record.of_version(
                version, source=package.url, retrieved=retrieved, stale=package.url in stale
            )
    return found
