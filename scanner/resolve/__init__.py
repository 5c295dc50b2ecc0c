"""Resolve: what registries tell about the packages of a project: who can publish them, under which licence, how alive.

Answers are distilled and cached; whatever could not be asked or answered is a gap. Nothing here opens a socket but
fetch.py, which is loaded only when something has to be asked.
"""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from scanner import purl
from scanner.model import Facts, Gap
from scanner.resolve.cache import Cache
from scanner.resolve.failures import UNDOCUMENTED, RegistryError, undocumented
from scanner.resolve.gaps import day, not_answered, not_found, not_looked_at
from scanner.resolve.plan import Package, plan
from scanner.resolve.record import Answer, Entry, tidy
from scanner.resolve.registries import registry
from scanner.resolve.settings import Settings

__all__ = ["Resolution", "Settings", "resolve"]

Progress = Callable[[int, int], None]


class Resolution(NamedTuple):
    """The facts that were found, by purl, and what could not be looked at."""

    facts: dict[str, Facts]
    gaps: list[Gap]


def resolve(
    purls: Iterable[str], *, settings: Settings, offline: bool = False, progress: Progress | None = None
) -> Resolution:
    """The custody facts of canonical purls; `progress` is told packages done and in all.

    With `offline` no socket is opened, and the cache is used however old it is.
    """
    packages, gaps = plan(purls, settings, os.environ)
    cache = Cache(settings.cache, settings.cache_limit)
    try:
        entries = cache.read([package.url for package in packages])
        due = [package for package in packages if not _fresh(entries.get(package.url), settings)]
        asked = [] if offline else due
        failures = _ask(asked, entries, cache, settings, _counting(progress, len(packages), len(asked)))
    finally:
        cache.close()
    stale = {package.url for package in due if package.url in entries and (offline or package.url in failures)}
    gaps += not_looked_at(packages, entries) if offline else not_answered(asked, failures, entries)
    gaps += not_found(packages, entries, failures)
    if cache.trouble:
        gaps.append(Gap(stage="resolve", subject="cache", reason=cache.trouble))
    return Resolution(_facts(packages, entries, stale), gaps)


def _fresh(entry: Entry | None, settings: Settings) -> bool:
    return entry is not None and 0 <= time.time() - entry.fetched < settings.ttl_hours * 3600


def _counting(progress: Progress | None, total: int, asked: int) -> Callable[[], None]:
    """Tells `progress` of one more package each time; those that need no question are done at the start."""
    done = total - asked - 1

    def count() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, total)

    count()
    return count


def _ask(
    packages: Sequence[Package], entries: dict[str, Entry], cache: Cache, settings: Settings, count: Callable[[], None]
) -> dict[str, RegistryError | None]:
    """Ask the registries, and put what they say into `entries` and the cache.

    The failures, by address; None where there was no time for an answer.
    """
    failures: dict[str, RegistryError | None] = {package.url: None for package in packages}
    if not packages:
        return failures
    from scanner.resolve.fetch import Ask, fetch

    def handle(index: int, outcome: tuple[Answer, ...] | RegistryError) -> None:
        package = packages[index]
        try:
            if isinstance(outcome, RegistryError):
                raise outcome
            entry = _entry(package, outcome, entries.get(package.url))
        except RegistryError as failure:
            failures[package.url] = failure
        else:
            del failures[package.url]
            entries[package.url] = entry
            cache.write(package.url, entry)
        count()

    def asking(package: Package) -> Ask:
        known = entries.get(package.url)
        return Ask(package.endpoint, package.documents, known.validators if known else (), package.pace, package.more)

    fetch([asking(package) for package in packages], settings, handle)
    return failures


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
        return Entry(validators, time.time(), tidy(record) if record else None)
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
