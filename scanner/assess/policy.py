"""The policy: which of a scan's technologies and packages the rules of the configuration forbid, and what is excepted.

Rules are read from top to bottom and the first that fits decides, as with a firewall. A rule that names a package,
its custody, its age or whether it is direct is about packages; one that names a technology, a kind, an actor or a
jurisdiction is about technologies; any other is about both. A package's verdict is here that of its custody, since
what it binds to is judged as a technology.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from scanner.assess.findings import of_component, of_technology
from scanner.assess.severity import WORKSHOP
from scanner.assess.subjects import concerns, globs, held_by, licence_fits, months_since, wants_package
from scanner.assess.verdicts import ORDER, reaches
from scanner.model import Assessed, Effect, Finding, Level, Scan, Technology, Verdict
from scanner.phrases import plural, say

SOON = 30
"""Days before its end from which an exception is a warning."""
OF_PACKAGES = frozenset({"package", "direct", "custody", "age"})
OF_TECHNOLOGIES = frozenset({"technology", "kind", "actor", "jurisdiction"})


class Rule(NamedTuple):
    """A rule; `conditions` by name, as the configuration has them, a single word as a tuple of one."""

    name: str
    effect: Effect
    because: str
    conditions: Mapping[str, Any]

    @property
    def about(self) -> tuple[str, ...]:
        """The kinds of findings it can make."""
        if OF_PACKAGES & self.conditions.keys():
            return ("component",)
        return ("technology",) if OF_TECHNOLOGIES & self.conditions.keys() else ("technology", "component")


class Exemption(NamedTuple):
    """What may pass for a while: `until` is the last day, None where it has no end; `rules` empty for all."""

    technologies: tuple[str, ...]
    packages: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str
    owner: str
    until: datetime.date | None


class Ruling(NamedTuple):
    """The findings, errors first, and the exemptions that no finding needs."""

    findings: tuple[Finding, ...]
    idle: tuple[Exemption, ...]


class Case(NamedTuple):
    """What a rule looks at: a technology, or a package with the technologies that it binds to."""

    finding: Finding
    verdict: Verdict | None
    scopes: frozenset[str]
    services: frozenset[str]
    technologies: tuple[Technology, ...]
    component: Assessed | None


class World(NamedTuple):
    """What conditions need beyond the case."""

    scan: Scan
    holders: Mapping[str, frozenset[str]]
    """An actor's id to its own and those of its owners."""
    seats: Mapping[str, frozenset[str]]
    """An actor's id to the jurisdictions of those."""
    today: datetime.date


def rule_on(scan: Scan, rules: Sequence[Rule], exemptions: Sequence[Exemption], today: datetime.date) -> Ruling:
    """What the policy says of a scan."""
    world = World(scan, *held_by(scan.actors), today)
    found: list[Finding] = []
    used: set[Exemption] = set()
    for case in _cases(scan):
        rule = next((rule for rule in rules if _fits(rule, case, world)), None)
        if rule is None or rule.effect == "allow":
            continue
        exemption = _latest(item for item in exemptions if _covers(item, rule, case))
        used |= {exemption} if exemption else set()
        if finding := _judged(case.finding, rule, exemption, today):
            found.append(finding)
    return Ruling(tuple(sorted(found, key=_rank)), tuple(item for item in exemptions if item not in used))


def _rank(finding: Finding) -> tuple[bool, int, int, str, str]:
    return finding.level != "error", -ORDER.index(finding.verdict), -finding.severity, finding.kind, finding.id


def _cases(scan: Scan) -> Iterable[Case]:
    services: dict[str, set[str]] = {}
    for service in scan.services:
        for id in (*service.technologies, *service.components):
            services.setdefault(id, set()).add(service.name)
    scopes = {component.purl: component.scope for component in scan.components}
    by_id = {technology.id: technology for technology in scan.technologies}
    names = {id: technology.name for id, technology in by_id.items()}
    remedies = {finding.id: finding.remedy for finding in scan.findings}
    for technology in scan.technologies:
        where = frozenset(scopes[purl] for purl in technology.components if purl in scopes)
        finding = of_technology(technology, names)
        yield Case(
            finding=msgspec.structs.replace(finding, remedy=remedies.get(technology.id, finding.remedy)),
            verdict=technology.verdict,
            scopes=where or frozenset({"build" if technology.kind in WORKSHOP else "runtime"}),
            services=frozenset(services.get(technology.id, ())),
            technologies=(technology,),
            component=None,
        )
    for component in scan.components:
        looked_at = component.custody.facts is not None or component.verdict == "unknown"
        yield Case(
            finding=of_component(component),
            verdict=component.custody.verdict if looked_at else None,
            scopes=frozenset({component.scope}),
            services=frozenset(services.get(component.purl, ())),
            technologies=tuple(by_id[item.id] for item in component.technologies if item.id in by_id),
            component=component,
        )


def _fits(rule: Rule, case: Case, world: World) -> bool:
    if case.finding.kind not in rule.about:
        return False
    wanted = rule.conditions
    if not all(CONDITIONS[name](wanted[name], case, world) for name in wanted if name in CONDITIONS):
        return False
    if "licence" in wanted and not _licence(rule, case):
        return False
    of_technologies = [name for name in wanted if name in TECHNOLOGY_CONDITIONS]
    return not of_technologies or any(
        all(TECHNOLOGY_CONDITIONS[name](wanted[name], technology, world) for name in of_technologies)
        for technology in case.technologies
    )


def _licence(rule: Rule, case: Case) -> bool:
    """Of a choice of licences one is enough to allow a package, and all are needed to forbid it."""
    wanted = rule.conditions["licence"]
    if case.component is None:
        fact = next((line.value for line in case.technologies[0].reasons if line.fact == "licence"), "unknown")
        return globs(wanted)(fact if fact in ("open", "unknown") else "not-open") or globs(wanted)(fact)
    facts = case.component.custody.facts
    return licence_fits((facts and facts.licence) or case.component.licence, wanted, enough=rule.effect == "allow")


CONDITIONS: Mapping[str, Callable[[Any, Case, World], bool]] = {
    "verdict": lambda wanted, case, _: case.verdict is not None and reaches(case.verdict, wanted),
    "severity": lambda wanted, case, _: case.finding.severity >= wanted,
    "service": lambda wanted, case, _: bool(case.services.intersection(wanted)),
    "scope": lambda wanted, case, _: bool(case.scopes.intersection(wanted)),
    "package": lambda wanted, case, _: wants_package(wanted)(case.finding.id),
    "direct": lambda wanted, case, _: case.component is not None and case.component.direct is wanted,
    "custody": lambda wanted, case, world: bool(concerns(case.component, world.today).intersection(wanted)),
    "age": lambda wanted, case, world: (months_since(case.component, world.today) or 0) >= wanted,
}
TECHNOLOGY_CONDITIONS: Mapping[str, Callable[[Any, Technology, World], bool]] = {
    "technology": lambda wanted, technology, _: globs(wanted)(technology.id),
    "kind": lambda wanted, technology, _: technology.kind in wanted,
    "actor": lambda wanted, technology, world: bool(
        world.holders.get(technology.steward or "", frozenset()) & set(wanted)
    ),
    "jurisdiction": lambda wanted, technology, world: bool(
        world.seats.get(technology.steward or "", frozenset()) & set(wanted)
    ),
}


def _covers(exemption: Exemption, rule: Rule, case: Case) -> bool:
    if exemption.rules and rule.name not in exemption.rules:
        return False
    if case.component is None:
        return globs(exemption.technologies)(case.finding.id)
    return wants_package(exemption.packages)(case.finding.id)


def _latest(exemptions: Iterable[Exemption]) -> Exemption | None:
    """The one that counts longest."""
    return max(exemptions, key=lambda item: item.until or datetime.date.max, default=None)


def _judged(finding: Finding, rule: Rule, exemption: Exemption | None, today: datetime.date) -> Finding | None:
    """The finding as the rule makes it; None where an exemption covers it for longer than SOON."""
    message = " ".join(filter(None, (finding.message, rule.because)))
    level: Level = "warning" if rule.effect == "warn" else "error"
    if exemption and exemption.until is None:
        return None
    if exemption and exemption.until:
        days = (exemption.until - today).days
        if days > SOON:
            return None
        level = "warning" if days >= 0 else level
        message += f" {_ends(exemption, days)}"
    return msgspec.structs.replace(finding, message=message, rule=rule.name, level=level)


def _ends(exemption: Exemption, days: int) -> str:
    told = {"owner": exemption.owner, "reason": exemption.reason, "until": exemption.until}
    if days < 0:
        return say("The exception of {owner} ({reason}) expired on {until}.", **told)
    if days == 0:
        return say("The exception of {owner} ({reason}) ends on {until}, today.", **told)
    return plural(
        "The exception of {owner} ({reason}) ends on {until}, in {count} day.",
        "The exception of {owner} ({reason}) ends on {until}, in {count} days.",
        days,
        **told,
    )
