"""What the HTML report shows, arranged for its template: layers, holders, the risk matrix, ways out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import get_args

from scanner.model import (
    Actor,
    Assessed,
    Criticality,
    Finding,
    Funding,
    Gap,
    Kind,
    Risk,
    Scan,
    Service,
    Technology,
    Value,
    Verdict,
)
from scanner.outlook.points import stopped
from scanner.report.treemap import HEAD, Area, divide
from scanner.report.visible import known_as

ORDER: tuple[Verdict, ...] = ("flagged", "unknown", "watch", "ok", "safe")
"""Verdicts as the eye should find them."""

CRITICALITY: tuple[Criticality, ...] = get_args(Criticality)

RUNS_ON: frozenset[Kind] = frozenset(
    {"language", "runtime", "operating-system", "hypervisor", "container", "orchestrator"}
)
TALKS_TO: frozenset[Kind] = frozenset(
    {"protocol", "database", "search", "cache", "broker", "storage", "cloud-service", "saas", "identity"}
)

LIKELIHOOD: Mapping[Verdict, int] = {"safe": 1, "ok": 2, "watch": 3, "unknown": 5, "flagged": 5}
"""Where a technology without a risk on record stands in the matrix."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

MOST_ENTRIES = 60
"""Component findings shown in full; the rest are grouped by what was found."""


class Layer(Value, frozen=True, kw_only=True):
    """What the project runs on, talks to or is built with."""

    id: str
    technologies: tuple[Technology, ...]


class Holder(Value, frozen=True, kw_only=True):
    """An owner at the end of its chain, the technologies it is steward of, and those that stop without it."""

    id: str
    name: str
    jurisdiction: str | None
    technologies: tuple[Technology, ...]
    stops: tuple[Technology, ...]
    components: int


class Plot(Value, frozen=True, kw_only=True):
    """An owner in the picture of who holds what: the worst of what it holds decides how it looks."""

    holder: Holder
    verdict: Verdict
    area: Area
    lines: tuple[str, ...]
    number: int | None = None
    """Stands for the name where that has no room, and is explained beside the picture."""


class Loss(Value, frozen=True, kw_only=True):
    """A service, and the owners each of whom can stop it alone."""

    service: Service
    actors: tuple[str, ...]


class Land(Value, frozen=True, kw_only=True):
    """A jurisdiction in that picture, and the owners in it."""

    country: str
    technologies: int
    area: Area
    plots: tuple[Plot, ...]


class Group(Value, frozen=True, kw_only=True):
    """Components of which the same was found."""

    verdict: Verdict
    message: str
    remedy: str
    findings: tuple[Finding, ...]


class GapGroup(Value, frozen=True, kw_only=True):
    """Things that could not be looked at for the same reason."""

    stage: str
    reason: str
    subjects: tuple[str, ...]


def rank(technology: Technology) -> tuple[int, int, str]:
    """Worst first, then gravest, then by name."""
    return ORDER.index(technology.verdict), -technology.severity, technology.name.casefold()


def rank_component(component: Assessed) -> tuple[int, int, str, str]:
    """Worst first, then gravest, then by name."""
    return ORDER.index(component.verdict), -component.severity, component.name.casefold(), component.purl


def layers(technologies: Iterable[Technology]) -> tuple[Layer, ...]:
    """The technologies by layer, worst first in each."""
    found: dict[str, list[Technology]] = {"runs-on": [], "talks-to": [], "built-with": []}
    for technology in sorted(technologies, key=rank):
        found[_layer(technology)].append(technology)
    return tuple(Layer(id=id, technologies=tuple(group)) for id, group in found.items())


def _layer(technology: Technology) -> str:
    if "runs-on" in technology.relations or technology.kind in RUNS_ON:
        return "runs-on"
    return "talks-to" if technology.kind in TALKS_TO else "built-with"


def holders(scan: Scan) -> tuple[Holder, ...]:
    """Who the project hangs on: first those who can stop something, then by how much they hold."""
    actors = {actor.id: actor for actor in scan.actors}
    held: dict[str, list[Technology]] = {}
    for technology in sorted(scan.technologies, key=rank):
        if technology.steward:
            held.setdefault(_owner(actors, technology.steward), []).append(technology)
    found = (_holder(actors, owner, group) for owner, group in held.items())
    return tuple(
        sorted(found, key=lambda holder: (-len(holder.stops), -len(holder.technologies), holder.name.casefold()))
    )


def _owner(actors: Mapping[str, Actor], id: str) -> str:
    return actors[id].owner if id in actors else id


def _holder(actors: Mapping[str, Actor], owner: str, technologies: Sequence[Technology]) -> Holder:
    actor = actors.get(owner)
    return Holder(
        id=owner,
        name=actor.name if actor else owner,
        jurisdiction=actor.jurisdiction if actor else None,
        technologies=tuple(technologies),
        stops=tuple(technology for technology in technologies if technology.verdict == "flagged"),
        components=len({purl for technology in technologies for purl in technology.components}),
    )


def lands(holders: Iterable[Holder]) -> tuple[Land, ...]:
    """The picture: an area a jurisdiction, in it one an owner, as large as what it holds; the largest first."""
    grouped: dict[str, list[Holder]] = {}
    for holder in holders:
        grouped.setdefault(holder.jurisdiction or "unknown", []).append(holder)
    sized = sorted(
        ((sum(len(holder.technologies) for holder in group), country, group) for country, group in grouped.items()),
        key=lambda item: (-item[0], item[1]),
    )
    areas = divide([size for size, _, _ in sized])
    numbers = count(1)
    return tuple(
        Land(country=country, technologies=size, area=area, plots=_plots(group, area.below(HEAD), numbers))
        for (size, country, group), area in zip(sized, areas, strict=True)
    )


def _plots(holders: Sequence[Holder], area: Area, numbers: Iterator[int]) -> tuple[Plot, ...]:
    ordered = sorted(holders, key=lambda holder: (ORDER.index(_worst(holder)), -len(holder.technologies), holder.name))
    areas = divide([len(holder.technologies) for holder in ordered], area)
    return tuple(_plot(holder, area, numbers) for holder, area in zip(ordered, areas, strict=True))


def _plot(holder: Holder, area: Area, numbers: Iterator[int]) -> Plot:
    lines = area.lines(known_as(holder.name))
    number = next(numbers) if not lines and area.lines("00") else None
    return Plot(holder=holder, verdict=_worst(holder), area=area, lines=lines, number=number)


def _worst(holder: Holder) -> Verdict:
    return min((technology.verdict for technology in holder.technologies), key=ORDER.index)


def losses(scan: Scan) -> tuple[Loss, ...]:
    """The declared services, gravest first, and the owners whose loss alone stops each."""
    fatal = {point.actor: stopped(point, scan.services, scan.technologies) for point in scan.outlook.single_points}
    found = (
        Loss(service=service, actors=tuple(actor for actor, services in fatal.items() if service in services))
        for service in scan.services
    )
    return tuple(sorted(found, key=lambda loss: (CRITICALITY.index(loss.service.criticality), not loss.actors)))


def matrix(technologies: Iterable[Technology], risks: Iterable[Risk]) -> tuple[tuple[tuple[Technology, ...], ...], ...]:
    """Rows of severity 5 to 1, in each the technologies by likelihood 1 to 5, as the register has them."""
    registered: dict[str, int] = {}
    for risk in risks:
        registered[risk.technology] = max(risk.likelihood, registered.get(risk.technology, 0))
    cells: dict[tuple[int, int], list[Technology]] = {}
    for technology in sorted(technologies, key=rank):
        likelihood = registered.get(technology.id, LIKELIHOOD[technology.verdict])
        cells.setdefault((_step(technology.severity), _step(likelihood)), []).append(technology)
    steps = range(1, 6)
    return tuple(tuple(tuple(cells.get((row, column), ())) for column in steps) for row in reversed(steps))


def _step(value: int) -> int:
    return min(max(value, 1), 5)


def findings(found: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Group, ...]]:
    """Findings shown one by one, and the many about components grouped by what was found."""
    entries = [finding for finding in found if finding.kind == "technology"]
    custody = [finding for finding in found if finding.kind == "component"]
    flagged = [finding for finding in custody if finding.verdict == "flagged"]
    if len(flagged) <= MOST_ENTRIES:
        entries += flagged
        custody = [finding for finding in custody if finding.verdict != "flagged"]
    return tuple(sorted(entries, key=_gravest)), tuple(_groups(custody))


def _gravest(finding: Finding) -> tuple[int, int, bool, str]:
    return ORDER.index(finding.verdict), -finding.severity, finding.kind == "component", finding.name.casefold()


def _groups(findings: Iterable[Finding]) -> Iterable[Group]:
    def same(finding: Finding) -> tuple[int, str, str]:
        return ORDER.index(finding.verdict), _DATE.sub("…", finding.message), finding.remedy

    groups = [
        Group(verdict=ORDER[index], message=message, remedy=remedy, findings=tuple(sorted(group, key=_gravest)))
        for (index, message, remedy), group in groupby(sorted(findings, key=same), key=same)
    ]
    unknown_last = {"unknown": len(ORDER)}
    return sorted(
        groups,
        key=lambda group: (
            unknown_last.get(group.verdict, ORDER.index(group.verdict)),
            -len(group.findings),
            group.message,
        ),
    )


def gap_groups(gaps: Iterable[Gap]) -> tuple[GapGroup, ...]:
    """Gaps that share stage and reason, as one."""
    groups: dict[tuple[str, str], list[str]] = {}
    for gap in sorted(gaps):
        groups.setdefault((gap.stage, gap.reason), []).append(gap.subject)
    return tuple(
        GapGroup(stage=stage, reason=reason, subjects=tuple(subjects))
        for (stage, reason), subjects in sorted(groups.items())
    )


def commons(technologies: Iterable[Technology]) -> tuple[Technology, ...]:
    """What takes money and nobody owns alone, by how much of the project stands on it."""
    found = [technology for technology in technologies if technology.funding and technology.verdict != "flagged"]
    return tuple(
        sorted(found, key=lambda technology: (-technology.severity, -len(technology.components), technology.name))
    )


def lonely(components: Iterable[Assessed]) -> tuple[tuple[Assessed, Funding], ...]:
    """Packages that one account alone can publish and that say where money goes in, gravest first."""
    found = [
        (component, Funding(url=component.custody.facts.funding[0]))
        for component in components
        if component.custody.facts and component.custody.facts.publishers == 1 and component.custody.facts.funding
    ]
    return tuple(sorted(found, key=lambda pair: (-pair[0].severity, pair[0].direct is not True, pair[0].name)))
