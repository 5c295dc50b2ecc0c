"""The services that the configuration declares, and what of the project each relies on."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import translate
from typing import Protocol

from scanner.model import Binding, Component, Criticality, Gap, Location, Service
from scanner.phrases import say

IN_PRODUCTION = ("runtime", "optional")
"""Scopes that a running service needs; it does not fall with its tests."""
SEVERITY: Mapping[Criticality, int] = {"vital": 5, "important": 4, "ordinary": 2}
"""Declared severity of what a service relies on at run time."""


class Declared(Protocol):
    """A service as the configuration has it."""

    @property
    def name(self) -> str: ...
    @property
    def criticality(self) -> Criticality: ...
    @property
    def uses(self) -> Sequence[str]: ...


def match_services(
    declared: Iterable[Declared],
    components: Sequence[Component],
    packages: Mapping[str, tuple[Binding, ...]],
    files: Mapping[Location, tuple[Binding, ...]],
) -> tuple[Service, ...]:
    """Each service with its components and technologies, in the order of the configuration."""
    return tuple(_match(service, components, packages, files) for service in declared)


def unmatched(declared: Iterable[Declared], components: Sequence[Component], services: Iterable[Service]) -> list[Gap]:
    """A gap for everything that a service is said to use and that the scan did not find."""
    gaps = []
    for service, matched in zip(declared, services, strict=True):
        for pattern in service.uses:
            id = pattern.removeprefix("technology:")
            found = id in matched.technologies if id != pattern else any(map(_wants(pattern), components))
            if not found:
                reason = say("nothing here is {pattern}", pattern=pattern)
                gaps.append(Gap(stage="assess", subject=f"service {service.name}", reason=reason))
    return gaps


def severities(services: Iterable[Service]) -> dict[str, int]:
    """Declared severity by purl and by technology id: that of the most critical service that relies on it."""
    found: dict[str, int] = {}
    for service in services:
        for id in (*service.components, *service.technologies):
            found[id] = max(found.get(id, 0), SEVERITY[service.criticality])
    return found


def _match(
    service: Declared,
    components: Sequence[Component],
    packages: Mapping[str, tuple[Binding, ...]],
    files: Mapping[Location, tuple[Binding, ...]],
) -> Service:
    running = [component for component in components if component.scope in IN_PRODUCTION]
    wanted = [_wants(pattern) for pattern in service.uses if not pattern.startswith("technology:")]
    own = {pattern.removeprefix("technology:") for pattern in service.uses if pattern.startswith("technology:")}
    used = [component for component in running if any(wants(component) for wants in wanted)]
    used += [
        component
        for component in running
        if any(binding.id in own for binding in packages.get(component.purl, ())) and component not in used
    ]
    bound = {binding.id for component in used for binding in packages.get(component.purl, ())}
    present = {binding.id for bindings in (*packages.values(), *files.values()) for binding in bindings}
    return Service(
        name=service.name,
        criticality=service.criticality,
        technologies=tuple(sorted(bound | (own & present))),
        components=tuple(sorted(component.purl for component in used)),
    )


def _wants(pattern: str) -> Callable[[Component], bool]:
    """A purl, or a glob of one, without a version means any version; anything else is a glob of paths."""
    regex = re.compile(translate(pattern))
    if not pattern.startswith("pkg:"):
        return lambda component: any(regex.match(place.path) for place in component.locations)
    return lambda component: bool(
        regex.match(component.purl) or regex.match(component.purl.partition("?")[0].partition("@")[0])
    )
