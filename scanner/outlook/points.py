"""Single points of failure: actors without which a technology has no second source."""

from collections.abc import Iterable, Mapping

from scanner.model import Actor, SinglePoint, Technology


def single_points(technologies: Iterable[Technology], actors: Mapping[str, Actor]) -> tuple[SinglePoint, ...]:
    """Owners of flagged technologies, gravest first, then by how much stops with them."""
    lost: dict[str, list[Technology]] = {}
    for technology in technologies:
        if technology.verdict == "flagged" and technology.steward:
            lost.setdefault(actors[technology.steward].owner, []).append(technology)
    points = [_point(owner, group) for owner, group in lost.items()]
    return tuple(sorted(points, key=lambda p: (-p.severity, -len(p.technologies), -p.components, p.actor)))


def _point(owner: str, group: list[Technology]) -> SinglePoint:
    return SinglePoint(
        actor=owner,
        technologies=tuple(sorted(technology.id for technology in group)),
        components=len({purl for technology in group for purl in technology.components}),
        severity=max(technology.severity for technology in group),
    )
