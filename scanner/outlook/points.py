"""Single points of failure: owners whose loss alone stops a technology, ranked by what falls.

Only what is certain counts: a technology of which it is not known whether anything is left has a verdict of its own,
and nobody is said to stop it.
"""

from collections.abc import Iterable, Mapping

from scanner.model import Actor, Service, SinglePoint, Technology
from scanner.outlook.backhoe import holders


def single_points(technologies: Iterable[Technology], actors: Mapping[str, Actor]) -> tuple[SinglePoint, ...]:
    """Gravest first, then by how much stops. The technologies are those that `outlast backhoe` is sure to find gone."""
    lost: dict[str, list[Technology]] = {}
    for technology in technologies:
        owners = {actors[holder].owner for holder in holders(technology)}
        if len(owners) == 1 and certain(technology):
            lost.setdefault(owners.pop(), []).append(technology)
    points = [_point(owner, group) for owner, group in lost.items()]
    return tuple(sorted(points, key=lambda p: (-p.severity, -len(p.technologies), -p.components, p.actor)))


def certain(technology: Technology) -> bool:
    """Whether the facts settle that nobody could take it over from those who implement it."""
    return technology.verdict != "unknown" and technology.takeover is False


def stopped(point: SinglePoint, services: Iterable[Service], technologies: Iterable[Technology]) -> tuple[Service, ...]:
    """The services that stop with it. Without a registry or forge, a running service goes on."""
    sources = {technology.id for technology in technologies if technology.kind in ("registry", "forge")}
    fatal = set(point.technologies) - sources
    return tuple(service for service in services if fatal.intersection(service.technologies))


def _point(owner: str, group: list[Technology]) -> SinglePoint:
    return SinglePoint(
        actor=owner,
        technologies=tuple(sorted(technology.id for technology in group)),
        components=len({purl for technology in group for purl in technology.components}),
        severity=max(technology.severity for technology in group),
    )
