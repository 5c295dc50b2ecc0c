"""The smallest sets of owners whose loss stops a service.

A technology without a lawful takeover stops when every owner of an implementation is gone (see backhoe). So the
smallest sets for a service are, of all its technologies' sets, those that contain no other. Only what is
certain counts.
"""

from collections.abc import Iterable, Mapping

from scanner.model import Actor, Cut, Service, Technology
from scanner.outlook.backhoe import holders
from scanner.outlook.points import certain

LARGEST = 3
"""More actors than that failing together is no plan's business."""


def cuts(
    services: Iterable[Service], technologies: Iterable[Technology], actors: Mapping[str, Actor]
) -> tuple[Cut, ...]:
    """For each vital service the smallest sets, of up to three owners, that stop it, with the technologies hit."""
    stopping = {
        technology.id: frozenset(actors[holder].owner for holder in holders(technology))
        for technology in technologies
        if certain(technology) and technology.kind not in ("registry", "forge")
    }
    return tuple(
        cut for service in services if service.criticality == "vital" for cut in _of_service(service, stopping)
    )


def _of_service(service: Service, stopping: Mapping[str, frozenset[str]]) -> list[Cut]:
    by_set: dict[frozenset[str], list[str]] = {}
    for id in service.technologies:
        owners = stopping.get(id, frozenset())
        if 0 < len(owners) <= LARGEST:
            by_set.setdefault(owners, []).append(id)
    smallest = [owners for owners in by_set if not any(other < owners for other in by_set)]
    return [
        Cut(service=service.name, actors=tuple(sorted(owners)), technologies=tuple(sorted(by_set[owners])))
        for owners in sorted(smallest, key=lambda owners: (len(owners), sorted(owners)))
    ]
