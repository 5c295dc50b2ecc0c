"""Single points of failure: owners whose loss alone stops a technology, ranked by what falls."""

from collections.abc import Iterable, Mapping

from scanner.model import Actor, SinglePoint, Technology
from scanner.outlook.backhoe import holders


def single_points(technologies: Iterable[Technology], actors: Mapping[str, Actor]) -> tuple[SinglePoint, ...]:
    """Gravest first, then by how much stops. The technologies are those that `outlast backhoe` finds gone."""
    lost: dict[str, list[Technology]] = {}
    for technology in technologies:
        owners = {actors[holder].owner for holder in holders(technology)}
        if len(owners) == 1 and not technology.takeover:
            lost.setdefault(owners.pop(), []).append(technology)
    points = [_point(owner, group) for owner, group in lost.items()]
    return tuple(sorted(points, key=lambda p: (-p.severity, -len(p.technologies), -p.components, p.actor)))


def _point(owner: str, group: list[Technology]) -> SinglePoint:
    return SinglePoint(
        actor=owner,
        technologies=tuple(sorted(technology.id for technology in group)),
        components=len({purl for technology in group for purl in technology.components}),
        severity=max(technology.severity for technology in group),
    )
