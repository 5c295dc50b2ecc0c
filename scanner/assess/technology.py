"""The removal test: take away the actor that dominates a technology; what is left?

    takeover  = licence open AND you can operate it AND lifecycle is not abandoned
    survivors = max(independent implementations - 1, 0) + maintained forks + (1 if takeover)

    flagged  if survivors = 0
    safe     if the specification is formal or consortium, AND there are at least two independent
             implementations, AND control is neutral or community, AND takeover
    watch    otherwise

    score    = floor + width x raw / 100 within the verdict's band; raw = the sum of POINTS

Better facts never lower verdict or score, so an unknown fact is an interval: the verdict holds if the worst and
the best value of every unknown fact agree on it. Method: docs/method.md.
"""

from collections.abc import Mapping

from scanner.model import Value, Verdict

BANDS: Mapping[Verdict, tuple[int, int]] = {"flagged": (0, 39), "watch": (40, 74), "safe": (75, 100)}
"""First and last score of each verdict."""

POINTS: Mapping[str, Mapping[str | int, int]] = {
    "specification": {"none": 0, "published": 10, "consortium": 26, "formal": 30},
    "independents": {0: 0, 1: 6, 2: 20, 3: 25, 4: 30},
    "forks": {0: 0, 1: 0},
    "control": {"single-vendor": 0, "single-person": 4, "dominated": 10, "community": 12, "neutral": 20},
    "licence": {"proprietary": 0, "source-available": 4, "open": 12},
    "operation": {"service": 0, "self": 8},
    "lifecycle": {"abandoned": 0, "maintenance": 0, "active": 0},
}
"""Every fact with its values from worst to best, and what each adds to the raw score (at most 100)."""

Fact = str | int
UNKNOWN = "unknown"


class RemovalFacts(Value, frozen=True, kw_only=True):
    """What the removal test looks at. Any of them may be "unknown"."""

    specification: Fact
    independents: Fact
    forks: Fact
    control: Fact
    licence: Fact
    operation: Fact
    lifecycle: Fact


class Judgement(Value, frozen=True, kw_only=True):
    """What comes out: `score` is None and `settles` names the deciding facts where the verdict is unknown."""

    verdict: Verdict
    score: int | None
    score_range: tuple[int, int]
    settles: tuple[str, ...] = ()


def judge(facts: RemovalFacts) -> Judgement:
    """Verdict and score of a technology from its facts. Raises KeyError for a word that POINTS does not list."""
    known = {name: getattr(facts, name) for name in POINTS}
    worst, best = _bound(known, 0), _bound(known, -1)
    span = (score(worst), score(best))
    if verdict(worst) == verdict(best):
        return Judgement(verdict=verdict(worst), score=span[0], score_range=span)
    settles = tuple(
        name
        for name, value in known.items()
        if value == UNKNOWN
        and (
            verdict(worst | {name: best[name]}) != verdict(worst)
            or verdict(best | {name: worst[name]}) != verdict(best)
        )
    )
    every = tuple(name for name, value in known.items() if value == UNKNOWN)
    return Judgement(verdict="unknown", score=None, score_range=span, settles=settles or every)


def takeover(facts: Mapping[str, Fact]) -> bool:
    """Whether you may and can go on by yourself with what its owner leaves behind."""
    return facts["licence"] == "open" and facts["operation"] == "self" and facts["lifecycle"] != "abandoned"


def survivors(facts: Mapping[str, Fact]) -> int:
    """How many ways on are left without the dominating actor."""
    return max(int(facts["independents"]) - 1, 0) + int(facts["forks"]) + takeover(facts)


def verdict(facts: Mapping[str, Fact]) -> Verdict:
    """The removal test on fully known facts."""
    if survivors(facts) == 0:
        return "flagged"
    if (
        facts["specification"] in ("formal", "consortium")
        and int(facts["independents"]) >= 2
        and facts["control"] in ("neutral", "community")
        and takeover(facts)
    ):
        return "safe"
    return "watch"


def score(facts: Mapping[str, Fact]) -> int:
    """0 to 100, higher is safer, within the band of the verdict."""
    first, last = BANDS[verdict(facts)]
    raw = sum(points(name, value) for name, value in facts.items())
    return round(first + (last - first) * raw / 100)


def points(name: str, value: Fact) -> int:
    """What one known fact adds to the raw score; counts beyond the table's last weigh as the last."""
    table = POINTS[name]
    return (
        table[min(value, max(key for key in table if isinstance(key, int)))] if isinstance(value, int) else table[value]
    )


def _bound(known: Mapping[str, Fact], end: int) -> dict[str, Fact]:
    """The facts with each unknown one at its worst (0) or best (-1) value."""
    return {name: list(POINTS[name])[end] if value == UNKNOWN else value for name, value in known.items()}
