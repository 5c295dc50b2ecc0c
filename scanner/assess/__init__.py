"""Assess: facts to verdicts, for every technology and component of a project."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from scanner.assess import severity
from scanner.assess.evidence import facts_of, reasons, survivor_names, takeover_of
from scanner.assess.technology import judge
from scanner.assess.verdicts import worst
from scanner.assess.why import Why
from scanner.assess.words import sentence
from scanner.model import (
    Actor,
    Assessed,
    Binding,
    Component,
    Custody,
    Exit,
    Funding,
    Location,
    Relation,
    Technology,
    Verdict,
    places,
)
from scanner.rulebook import Rulebook

COUNT_ONCE = ("runs-on", "comes-from")
"""Relations of a whole ecosystem: they count for the project, not for every package."""
UNRESOLVED = Custody()
_KNOWN: WeakKeyDictionary[Rulebook, dict[str, Technology]] = WeakKeyDictionary()
"""Technologies that were judged, by id, as long as their rulebook lives; a batch meets each thousands of times."""
_declared_fields = attrgetter(*Component.__struct_fields__)


class Assessment(NamedTuple):
    """The verdicts, each list in the order of its ids or purls."""

    technologies: tuple[Technology, ...]
    components: tuple[Assessed, ...]
    actors: tuple[Actor, ...]


class Use(NamedTuple):
    """How the project depends on one technology."""

    components: list[Component]
    relations: set[Relation]
    files: list[Location]


def assess(
    components: tuple[Component, ...],
    packages: Mapping[str, tuple[Binding, ...]],
    files: Mapping[Location, tuple[Binding, ...]],
    custody: Mapping[str, Custody],
    rulebook: Rulebook,
    declared: Mapping[str, int] = MappingProxyType({}),
) -> Assessment:
    """Verdicts of all that `components` and `files` bind to; `packages`, `custody` by purl, `files` by place.

    `declared` has the severities that services give, by purl and by technology id.
    """
    why = Why(components)
    uses = _uses(components, packages, files)
    technologies = {id: _technology(id, use, why, rulebook, declared) for id, use in sorted(uses.items())}
    return Assessment(
        technologies=tuple(technologies.values()),
        components=tuple(
            _component(item, packages.get(item.purl, ()), custody.get(item.purl, UNRESOLVED), technologies, declared)
            for item in components
        ),
        actors=_actors(technologies.values(), rulebook),
    )


def _uses(
    components: Iterable[Component],
    packages: Mapping[str, tuple[Binding, ...]],
    files: Mapping[Location, tuple[Binding, ...]],
) -> dict[str, Use]:
    uses: dict[str, Use] = {}
    for component in components:
        for binding in packages.get(component.purl, ()):
            use = uses.setdefault(binding.id, Use([], set(), []))
            use.components.append(component)
            use.relations.add(binding.relation)
    for place, bindings in files.items():
        for binding in bindings:
            use = uses.setdefault(binding.id, Use([], set(), []))
            use.files.append(place)
            use.relations.add(binding.relation)
    return uses


def _technology(id: str, use: Use, why: Why, rulebook: Rulebook, declared: Mapping[str, int]) -> Technology:
    known = _KNOWN.setdefault(rulebook, {})
    alone = known.get(id) or known.setdefault(id, _alone(id, rulebook))
    once = use.relations <= set(COUNT_ONCE)
    return msgspec.structs.replace(
        alone,
        severity=severity.of_technology(id, alone.kind, use.components, declared),
        components=tuple(component.purl for component in use.components),
        files=tuple(sorted({place.path for place in use.files})),
        relations=tuple(sorted(use.relations)),
        locations=_locations(use, once),
        why=() if once else why.paths(component.purl for component in use.components),
    )


def _alone(id: str, rulebook: Rulebook) -> Technology:
    """A technology with all that no project changes."""
    entry = rulebook.technology(id)
    record = entry.record
    facts = facts_of(entry)
    judgement = judge(facts)
    steward = record.governance.steward
    implementers = {item.actor for item in entry.implementations or ()} - {steward}
    return Technology(
        id=id,
        name=record.name,
        kind=record.kind,
        verdict=judgement.verdict,
        score=judgement.score,
        score_range=judgement.score_range,
        severity=1,
        exit=Exit(
            difficulty=record.exit.difficulty,
            to=tuple(record.exit.to),
            how=record.exit.how,
            names=tuple(rulebook.name(to) for to in record.exit.to),
        ),
        steward=steward,
        actors=(steward, *sorted(implementers)),
        components=(),
        files=(),
        relations=(),
        locations=(),
        why=(),
        summary=sentence(judgement, facts, rulebook.actor(steward).name),
        reasons=reasons(entry, facts, judgement),
        implementations=entry.implementations or (),
        survivors=survivor_names(entry, rulebook.owners),
        takeover=takeover_of(facts),
        settles=judgement.settles,
        homepage=record.homepage,
        funding=tuple(Funding(url=item.url, kind=item.kind) for item in record.funding),
        reviewed=record.reviewed.isoformat(),
    )


def _locations(use: Use, once: bool) -> tuple[Location, ...]:
    """Where a technology comes in; of a whole ecosystem the files, not the line of every package."""
    found = [place for component in use.components for place in component.locations]
    if once:
        found = [Location(path=path) for path in {place.path for place in found}]
    return places(found + use.files)


def _component(
    component: Component,
    bindings: tuple[Binding, ...],
    custody: Custody,
    technologies: Mapping[str, Technology],
    declared: Mapping[str, int],
) -> Assessed:
    bound = [technologies[binding.id] for binding in bindings if binding.relation not in COUNT_ONCE]
    verdict = _verdict([technology.verdict for technology in bound], custody)
    deciding = [
        technology.score for technology in bound if technology.verdict == verdict and technology.score is not None
    ]
    return Assessed(
        **dict(zip(Component.__struct_fields__, _declared_fields(component), strict=True)),
        technologies=bindings,
        custody=custody,
        verdict=verdict,
        score=min(deciding, default=None),
        severity=severity.of_component(component, [item.kind for item in bound], declared.get(component.purl)),
    )


def _verdict(technologies: list[Verdict], custody: Custody) -> Verdict:
    """The worst of both, where what is not known of the custody leaves only one answer.

    Custody that was not looked at leaves a verdict by technologies standing.
    """
    if custody.facts is None and technologies:
        return worst(technologies)
    at_best, at_worst = (worst([*technologies, bound]) for bound in custody.bounds)
    return at_best if at_best == at_worst else "unknown"


def _actors(technologies: Iterable[Technology], rulebook: Rulebook) -> tuple[Actor, ...]:
    """Every actor named by a technology, with its owners, and the technologies whose steward it is or owns."""
    held: dict[str, set[str]] = {}
    for technology in technologies:
        for actor in technology.actors:
            for id in rulebook.chain(actor):
                held.setdefault(id, set())
        if technology.steward:
            for id in rulebook.chain(technology.steward):
                held[id].add(technology.id)
    return tuple(_actor(id, ids, rulebook) for id, ids in sorted(held.items()))


def _actor(id: str, technologies: set[str], rulebook: Rulebook) -> Actor:
    record = rulebook.actor(id)
    return Actor(
        id=id,
        name=record.name,
        kind=record.kind,
        jurisdiction=None if record.jurisdiction == "unknown" else record.jurisdiction,
        parent=record.parent,
        owner=rulebook.owner(id),
        technologies=tuple(sorted(technologies)),
    )
