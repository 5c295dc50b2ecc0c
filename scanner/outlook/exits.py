"""The exit plan: which technologies to leave first, by risk reduced per effort.

reduced = residual risk now - the risk that the alternative would have in the same place
effort  = the exit's difficulty, 1 (drop-in) to 3 (rewrite); nothing where no way out is known
"""

from collections.abc import Iterable, Mapping

from scanner.model import Exit, Risk, Technology, Value
from scanner.outlook.register import DIFFICULTY, likelihood


class Alternative(Value, frozen=True, kw_only=True):
    """Where one could go, and the risk that would be left there."""

    technology: str
    name: str
    verdict: str
    risk: int


class Step(Value, frozen=True, kw_only=True):
    """One technology to leave."""

    technology: str
    name: str
    residual: int
    reduced: int
    effort: int
    gain: float
    """Risk reduced per effort; the order of the plan."""
    difficulty: str
    alternatives: tuple[Alternative, ...]
    """Best first."""
    compatible_with: tuple[str, ...]
    """Other implementations and forks that an unmodified client works with."""
    how: str
    first_step: str


class Candidate(Value, frozen=True, kw_only=True):
    """What the rules know of a technology that one could go to."""

    name: str
    verdict: str
    score: int
    exit: Exit


def exits(
    technologies: Iterable[Technology], risks: Iterable[Risk], candidates: Mapping[str, Candidate]
) -> tuple[Step, ...]:
    """A step for every row of the register, most risk reduced per effort first.

    `candidates` are the technologies that exits go to, by id.
    """
    by_id = {technology.id: technology for technology in technologies}
    steps = [_step(by_id[risk.technology], risk, candidates) for risk in risks]
    return tuple(sorted(steps, key=lambda step: (-step.gain, -step.reduced, -step.residual, step.technology)))


def _step(technology: Technology, risk: Risk, candidates: Mapping[str, Candidate]) -> Step:
    alternatives = sorted(
        (_alternative(id, candidates[id], risk.severity) for id in technology.exit.to if id in candidates),
        key=lambda item: (item.risk, item.technology),
    )
    known = technology.exit.difficulty != "none known" and bool(alternatives)
    effort = DIFFICULTY[technology.exit.difficulty]
    reduced = max(risk.residual - alternatives[0].risk, 0) if known else 0
    return Step(
        technology=technology.id,
        name=technology.name,
        residual=risk.residual,
        reduced=reduced,
        effort=effort,
        gain=round(reduced / effort, 2),
        difficulty=technology.exit.difficulty,
        alternatives=tuple(alternatives),
        compatible_with=technology.survivors,
        how=technology.exit.how,
        first_step=risk.next_step,
    )


def _alternative(id: str, candidate: Candidate, severity: int) -> Alternative:
    risk = severity * likelihood(candidate.score) * DIFFICULTY[candidate.exit.difficulty]
    if candidate.verdict == "safe":
        risk = severity
    return Alternative(technology=id, name=candidate.name, verdict=candidate.verdict, risk=risk)
