"""The risk register: one row per failure mode, as industry keeps it.

Words after IEC 60812 (FMEA: failure mode, effect, severity, likelihood) and ISO 31000 (treatment, residual risk).

    risk = severity (1-5) x likelihood (1-5) x exit difficulty (1-4), at most 100

Mitigations in force lower the residual and never the raw figure:

    diversified  a second supplier is running       likelihood falls to 1
    standard     used only through a standard       exit becomes drop-in
    in-house     the skill to carry it on is here   exit becomes one step easier
    accepted     known and carried                  nothing falls; it is no finding until the date
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from scanner.model import Actor, Band, Difficulty, Mitigation, MitigationKind, Risk, Service, Technology
from scanner.phrases import say

LIKELIHOOD = ((75, 1), (57, 2), (40, 3), (20, 4), (0, 5))
"""From this score on, this likelihood. An unknown score counts as the worst that the facts allow."""
DIFFICULTY: Mapping[Difficulty, int] = {"drop-in": 1, "port": 2, "rewrite": 3, "none known": 4}
NEXT: Mapping[Difficulty, str] = {
    "drop-in": say("Try {where} in the test environment."),
    "port": say("Put the use of it behind one interface and estimate a port to {where}."),
    "rewrite": say("Decide whether new code should still use it; a rewrite to {where} is the way out."),
}
NEXT_ANYWHERE: Mapping[Difficulty, str] = {
    "drop-in": say("Try the replacement in the test environment."),
    "port": say("Put the use of it behind one interface and estimate a port to another."),
    "rewrite": say("Decide whether new code should still use it; a rewrite to another is the way out."),
}
BANDS: tuple[tuple[int, Band], ...] = ((40, "critical"), (20, "high"), (8, "medium"), (0, "low"))
"""From this risk on, this band."""


class Treatment(Protocol):
    """A mitigation as the configuration has it."""

    @property
    def technology(self) -> str: ...
    @property
    def kind(self) -> MitigationKind: ...
    @property
    def note(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def until(self) -> datetime.date | None: ...


def register(
    technologies: Iterable[Technology],
    actors: Iterable[Actor],
    services: Sequence[Service],
    treatments: Sequence[Treatment],
    names: Mapping[str, str],
    today: datetime.date,
) -> tuple[Risk, ...]:
    """A row for every technology that is not safe: the loss of its steward's owner. Highest residual first.

    `names` are those of the technologies that exits go to.
    """
    by_id = {actor.id: actor for actor in actors}
    rows = [
        _row(technology, by_id[by_id[technology.steward].owner], services, treatments, names, today)
        for technology in technologies
        if technology.verdict != "safe" and technology.steward
    ]
    return tuple(sorted(rows, key=lambda row: (-row.residual, -row.raw, row.id)))


def likelihood(score: int) -> int:
    """1 to 5, from a score of 0 to 100."""
    return next(value for lowest, value in LIKELIHOOD if score >= lowest)


def band(risk: int) -> Band:
    """The word for a risk of 1 to 100."""
    return next(word for lowest, word in BANDS if risk >= lowest)


def residual(severity: int, likely: int, difficulty: int, kinds: Iterable[MitigationKind]) -> int:
    """The risk that is left with mitigations of these kinds in force."""
    kinds = set(kinds)
    if "diversified" in kinds:
        likely = 1
    if "standard" in kinds:
        difficulty = 1
    if "in-house" in kinds:
        difficulty = max(difficulty - 1, 1)
    return severity * likely * difficulty


def _row(
    technology: Technology,
    owner: Actor,
    services: Sequence[Service],
    treatments: Sequence[Treatment],
    names: Mapping[str, str],
    today: datetime.date,
) -> Risk:
    hit = [service for service in services if technology.id in service.technologies]
    applied = [item for item in treatments if item.technology == technology.id]
    in_force = [item for item in applied if item.until is None or item.until >= today]
    likely = likelihood(technology.score_range[0])
    hard = DIFFICULTY[technology.exit.difficulty]
    left = residual(technology.severity, likely, hard, [item.kind for item in in_force])
    return Risk(
        id=f"{technology.id}/{owner.id}",
        failure_mode=say("Loss of {owner} for {technology}", owner=owner.name, technology=technology.name),
        technology=technology.id,
        actor=owner.id,
        effect=_effect(technology, hit),
        severity=technology.severity,
        likelihood=likely,
        difficulty=hard,
        raw=technology.severity * likely * hard,
        residual=left,
        band=band(left),
        services=tuple(service.name for service in hit),
        why=technology.why[0] if technology.why else (),
        mitigations=tuple(_mitigation(item) for item in in_force),
        next_step=_next_step(technology, applied, in_force, names),
    )


def _effect(technology: Technology, hit: Sequence[Service]) -> str:
    told = {"name": technology.name, "left": ", ".join(technology.survivors)}
    where = ", ".join(service.name for service in hit)
    if technology.survivors:
        alone, within = say("{name} goes on with {left}"), say("{name} goes on with {left} in {where}")
    elif technology.takeover:
        alone, within = say("{name} has to be carried on alone"), say("{name} has to be carried on alone in {where}")
    else:
        alone, within = say("{name} stops"), say("{name} stops in {where}")
    return (within if hit else alone).format(**told, where=where)


def _mitigation(item: Treatment) -> Mitigation:
    until = item.until.isoformat() if item.until else None
    return Mitigation(kind=item.kind, note=item.note, owner=item.owner, until=until)


def _next_step(
    technology: Technology, applied: Sequence[Treatment], in_force: Sequence[Treatment], names: Mapping[str, str]
) -> str:
    expired = [item for item in applied if item not in in_force]
    if expired:
        over = expired[0]
        return say("Decide anew: the mitigation '{kind}' expired on {until}.", kind=over.kind, until=over.until)
    if in_force:
        return say("None until it is reviewed.")
    if technology.exit.difficulty == "none known":
        return say("Find out what could take its place.")
    where = ", ".join(names.get(id, id) for id in technology.exit.to[:2])
    if where:
        return NEXT[technology.exit.difficulty].format(where=where)
    return NEXT_ANYWHERE[technology.exit.difficulty]
