"""The first screen in figures."""

from collections import Counter
from collections.abc import Sequence

from scanner.assess.technology import BANDS
from scanner.assess.verdicts import worst
from scanner.model import Assessed, Summary, Technology, Verdict


def summarise(technologies: Sequence[Technology], components: Sequence[Assessed]) -> Summary:
    """Counts, and one verdict with a score for the project.

    The verdict is the worst of the technologies. The score is their mean, weighted by severity, within the band of
    that verdict, an unknown score counting as the worst that its facts allow.
    """
    verdict = worst(technology.verdict for technology in technologies)
    looked_at = sum(component.custody.facts is not None for component in components)
    return Summary(
        components=len(components),
        technologies=len(technologies),
        verdict=verdict,
        score=_score(technologies, verdict),
        by_verdict=_count([technology.verdict for technology in technologies]),
        components_by_verdict=_count([component.verdict for component in components]),
        custody_known=looked_at,
        custody_total=len(components),
    )


def _score(technologies: Sequence[Technology], verdict: Verdict) -> int | None:
    if verdict not in BANDS:
        return None
    weight = sum(technology.severity for technology in technologies)
    mean = sum(technology.score_range[0] * technology.severity for technology in technologies) / weight
    first, last = BANDS[verdict]
    return round(first + (last - first) * mean / 100)


def _count(verdicts: Sequence[Verdict]) -> dict[Verdict, int]:
    counted = Counter(verdicts)
    return {verdict: counted[verdict] for verdict in ("flagged", "watch", "ok", "safe", "unknown")}
