"""Which packages to ask which registry about: each one once, however many versions of it a project has."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from scanner import purl
from scanner.collector import without_collector
from scanner.model import Gap
from scanner.resolve.client_files import MalformedError
from scanner.resolve.endpoints import UNCONFIGURED, Endpoint, Endpoints
from scanner.resolve.registries import Document, default, registry, types
from scanner.resolve.settings import Settings

SOURCES = ("vcs_url", "download_url")
"""Qualifiers of a package that was not taken from its ecosystem's registry."""
ELSEWHERE = "comes from a private source, which the public registry knows nothing about"
UNREAD = "no registry of this type can be asked, so that the rules alone judge it"
NAMELESS = "a generic purl names no registry; give the package its own type in the SBOM to have it looked at"
NO_REGISTRY = (UNREAD, NAMELESS, UNCONFIGURED)
UNTOLD = "so it is not known where {type} packages come from, and none is asked about"
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
    purls: list[str] = field(default_factory=list)
    more: Callable[[Sequence[bytes | None]], Sequence[Document]] | None = None
    """Documents that the answers so far lead to."""
    further: tuple[Endpoint, ...] = ()
    """Registries that have what the first has not."""
    url: str = field(init=False)
    """The address of the document that is asked for first; the package's key in the cache."""
    pace: float = field(init=False)
    """Seconds between two requests that the public registry asks of everybody; a mirror is its owner's."""

    def __post_init__(self) -> None:
        self.url = f"{self.endpoint.base}/{self.documents[0].path}"
        self.pace = _pace(self.type, self.endpoint.base)

    @property
    def first_come(self) -> bool:
        """Whether it would be anybody's who registers it, if the registry has none of this name."""
        return self.endpoint.public and getattr(registry(self.type), "FIRST_COME", False)

    def onward(self) -> "Package":
        """The package at the next registry."""
        return replace(self, endpoint=self.further[0], further=self.further[1:])


@cache
def _pace(type: str, base: str) -> float:
    pace = getattr(registry(type), "PACE", 0.0)
    return pace if pace and _host(base) == _host(default(type) or "") else 0.0


class Plan(NamedTuple):
    packages: list[Package]
    gaps: list[Gap]


@without_collector()
def plan(purls: Iterable[str], settings: Settings, environ: Mapping[str, str]) -> Plan:
    """Packages to ask about, patient registries last, and gaps for those that no registry is asked about.

    Names that a registry takes for the same, as NuGet does in any case of letters, are one package.
    """
    endpoints = Endpoints(settings, environ)
    found: dict[str, Package] = {}
    untold: Counter[tuple[str, str]] = Counter()
    refused: dict[str, str] = {}
    for (type, name), group in _by_package(purls).items():
        head = group[0].partition("?")[0].partition("#")[0].partition("@")[0]
        asked = endpoints.of(type, name) if type in types() else NAMELESS if type == "generic" else UNREAD
        if not type:
            refused[head] = ELSEWHERE
        elif isinstance(asked, MalformedError):
            untold[asked.path, f"{asked.reason}; {UNTOLD.format(type=type)}"] += 1
        elif asked in NO_REGISTRY:
            untold[type, str(asked)] += 1
        elif isinstance(asked, str):
            refused[head] = asked
        elif IMPOSSIBLE.search(name) or len(name) > LONGEST:
            refused[head] = "is no name that a registry can have"
        else:
            usual = [text for text in group if not _elsewhere(text, asked)]
            if len(usual) < len(group):
                refused[head] = ELSEWHERE
            if usual:
                package = _package(type, name, head, asked)
                found.setdefault(package.url, package).purls.extend(usual)
    gaps = [*_untold(untold), *_gaps(refused), *_gaps(_trouble(endpoints.netrc.trouble))]
    return Plan(sorted(found.values(), key=lambda package: package.pace), gaps)


def _package(type: str, name: str, head: str, endpoints: tuple[Endpoint, ...]) -> Package:
    module, (first, *further) = registry(type), endpoints
    return Package(
        type,
        head,
        first,
        module.documents(name),
        more=partial(module.more, name) if hasattr(module, "more") else None,
        further=tuple(further),
    )


def _by_package(purls: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """The purls by registry and name there."""
    groups: dict[tuple[str, str], list[str]] = {}
    for text in dict.fromkeys(purls):
        groups.setdefault(whereabouts(text), []).append(text)
    return groups


def whereabouts(text: str) -> tuple[str, str]:
    """The type of the registry that a package is at, "" where that is no public one, and its name there."""
    type, name = purl.type_of(text), purl.name_of(text)
    known_as = _known_as(type)
    return known_as(name, _qualifiers(text)) or ("", text) if known_as else (type, name)


@cache
def _known_as(type: str) -> Callable[[str, Mapping[str, str]], tuple[str, str] | None] | None:
    """How a registry's packages are known where their purls say it otherwise."""
    return getattr(registry(type), "known_as", None) if type in types() else None


def _qualifiers(text: str) -> dict[str, str]:
    return dict(parse_qsl(text.partition("?")[2].partition("#")[0]))


def _elsewhere(text: str, endpoints: Iterable[Endpoint]) -> bool:
    """Whether the purl's qualifiers name a source other than the registries that would be asked."""
    if "?" not in text:
        return False
    qualifiers = _qualifiers(text)
    if any(name in qualifiers for name in SOURCES):
        return True
    address = None if hasattr(registry(purl.type_of(text)), "known_as") else qualifiers.get("repository_url")
    return address is not None and _host(address) not in {_host(endpoint.base) for endpoint in endpoints}


def _host(address: str) -> str | None:
    """The host of an address, which some tools write without a scheme."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None


def _untold(untold: Mapping[tuple[str, str], int]) -> Iterable[Gap]:
    for (subject, reason), count in untold.items():
        yield Gap(stage="resolve", subject=subject, reason=f"{counted(count)}: {reason}")


def _trouble(malformed: MalformedError | None) -> dict[str, str]:
    return {malformed.path: f"{malformed.reason}; no credentials are taken from it"} if malformed else {}


def _gaps(refused: Mapping[str, str]) -> Iterable[Gap]:
    return (Gap(stage="resolve", subject=head, reason=reason) for head, reason in refused.items())


def counted(count: int) -> str:
    return f"{count} package" if count == 1 else f"{count} packages"
