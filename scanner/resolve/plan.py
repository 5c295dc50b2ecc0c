"""Which packages to ask which registry about: each one once, however many versions of it a project has."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from scanner import purl
from scanner.model import Gap
from scanner.resolve.endpoints import Endpoint, Endpoints
from scanner.resolve.registries import Document, registry, types
from scanner.resolve.settings import Settings

ELSEWHERE = ("vcs_url", "download_url")
"""Qualifiers of a package that was not taken from its ecosystem's registry."""
LONGEST = 500
IMPOSSIBLE = re.compile(r"(^|/)(\.{0,2})(/|$)|[\x00-\x1f\x7f\\]")
"""Parts of a name that would lead elsewhere under the registry's address."""


@dataclass(slots=True)
class Package:
    """A package to look up, and the purls that are versions of it."""

    type: str
    subject: str
    """The purl without a version, which is what gaps call it."""
    endpoint: Endpoint
    documents: tuple[Document, ...]
    purls: list[str]
    pace: float = 0.0
    """Seconds that the registry wants between two requests."""
    more: Callable[[Sequence[bytes | None]], Sequence[Document]] | None = None
    """Documents that the answers so far lead to."""
    url: str = field(init=False)
    """The address of the document that is asked for first; the package's key in the cache."""

    def __post_init__(self) -> None:
        self.url = f"{self.endpoint.base}/{self.documents[0].path}"


class Plan(NamedTuple):
    packages: list[Package]
    gaps: list[Gap]


def plan(purls: Iterable[str], settings: Settings, environ: Mapping[str, str]) -> Plan:
    """Packages to ask about, patient registries last, and gaps for those that no registry is asked about."""
    endpoints = Endpoints(settings, environ)
    found: dict[str, Package] = {}
    unread: Counter[str] = Counter()
    refused: dict[str, str] = {}
    for head, group in _by_package(purls).items():
        type = purl.type_of(head)
        if type not in types():
            unread[type] += 1
            continue
        name = purl.name_of(head)
        endpoint = endpoints.of(type, name)
        if isinstance(endpoint, str):
            refused[head] = endpoint
        elif IMPOSSIBLE.search(name) or len(name) > LONGEST:
            refused[head] = "is no name that a registry can have"
        else:
            usual = [text for text in group if not _elsewhere(text, endpoint)]
            if len(usual) < len(group):
                refused[head] = "comes from a private source, which the public registry knows nothing about"
            if usual:
                module = registry(type)
                found[head] = Package(
                    type,
                    head,
                    endpoint,
                    module.documents(name),
                    usual,
                    pace=getattr(module, "PACE", 0.0),
                    more=partial(module.more, name) if hasattr(module, "more") else None,
                )
    return Plan(sorted(found.values(), key=lambda package: package.pace), [*_unread(unread), *_gaps(refused)])


def _by_package(purls: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for text in dict.fromkeys(purls):
        groups.setdefault(text.partition("?")[0].partition("#")[0].partition("@")[0], []).append(text)
    return groups


def _elsewhere(text: str, endpoint: Endpoint) -> bool:
    """Whether the purl's qualifiers name a source other than the registry that would be asked."""
    if "?" not in text:
        return False
    qualifiers = dict(parse_qsl(text.partition("?")[2].partition("#")[0]))
    if any(name in qualifiers for name in ELSEWHERE):
        return True
    address = qualifiers.get("repository_url")
    return address is not None and _host(address) != _host(endpoint.base)


def _host(address: str) -> str | None:
    """The host of an address, which some tools write without a scheme."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None


def _unread(unread: Mapping[str, int]) -> Iterable[Gap]:
    for type, count in unread.items():
        yield Gap(stage="resolve", subject=type, reason=f"{counted(count)}: no reader for this registry yet")


def _gaps(refused: Mapping[str, str]) -> Iterable[Gap]:
    return (Gap(stage="resolve", subject=head, reason=reason) for head, reason in refused.items())


def counted(count: int) -> str:
    return f"{count} package" if count == 1 else f"{count} packages"
