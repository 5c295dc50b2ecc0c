"""What could not be looked at, in words: one gap a package, but only one where the whole registry is at fault."""

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scanner.model import Gap
from scanner.resolve.failures import RegistryError
from scanner.resolve.plan import Package, counted
from scanner.resolve.record import Entry

MANY = 10
"""Packages with the same trouble at the same registry from which on they are told together."""
TWO_DAYS = 48
UNTOLD = "private, renamed or removed"
UNCLAIMED = "private, renamed or removed, or a name that anyone may register"
LATE = RegistryError("not asked before the time for all registries was over", outage=True)


def day(seconds: float) -> str:
    """The date of a time in seconds since 1970, UTC, ISO 8601."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def not_looked_at(packages: Iterable[Package], entries: Mapping[str, Entry]) -> list[Gap]:
    missing = sum(package.url not in entries for package in packages)
    return [_gap("registries", f"offline: custody of {counted(missing)} not looked at")] if missing else []


def not_found(packages: Iterable[Package], entries: Mapping[str, Entry], failures: Mapping[str, object]) -> list[Gap]:
    """A name that the public registry does not have is nobody's yet, and an installer would take it from anybody."""
    return [
        _gap(package.subject, f"not found at {_host(package)}: {UNCLAIMED if package.first_come else UNTOLD}")
        for package in packages
        if package.url not in failures and (entry := entries.get(package.url)) and entry.record is None
    ]


def not_answered(
    packages: Iterable[Package], failures: Mapping[str, RegistryError | None], entries: Mapping[str, Entry]
) -> list[Gap]:
    """Failed packages, each with how old an answer stands in."""
    alike: dict[tuple[str, str], list[str]] = {}
    for package in packages:
        if package.url in failures:
            failure = failures[package.url] or LATE
            reason = f"{failure.reason}{_instead(entries.get(package.url))}"
            alike.setdefault((_host(package), reason), []).append(package.subject)
    return [gap for (host, reason), subjects in alike.items() for gap in _told(host, reason, subjects)]


def _told(host: str, reason: str, subjects: list[str]) -> list[Gap]:
    if len(subjects) >= MANY:
        return [_gap(host, f"{counted(len(subjects))}: {reason}")]
    return [_gap(subject, f"{host}: {reason}") for subject in subjects]


def _instead(entry: Entry | None) -> str:
    if entry is None or entry.record is None:
        return ""
    hours = max(0, int((time.time() - entry.fetched) / 3600))
    age = f"{hours // 24} days" if hours >= TWO_DAYS else f"{hours} hours"
    return f"; facts are {age} old, from {day(entry.fetched)}"


def _host(package: Package) -> str:
    return urlsplit(package.endpoint.base).netloc


def _gap(subject: str, reason: str) -> Gap:
    return Gap(stage="resolve", subject=subject, reason=reason)
