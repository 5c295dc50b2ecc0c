"""How verdicts combine: the worst decides, and what is unknown may always be the worst."""

from collections.abc import Iterable

from scanner.model import Verdict

ORDER: tuple[Verdict, ...] = ("safe", "ok", "watch", "unknown", "flagged")
"""From best to worst. Unknown stands below flagged only because nothing is worse than that."""


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a whole by those of its parts; unknown for none."""
    return max(verdicts, key=ORDER.index, default="unknown")


def reaches(verdict: Verdict, threshold: Verdict) -> bool:
    """Whether a verdict is at or above a threshold: `flagged`, `watch` (which includes it) or `unknown` (all)."""
    return verdict in {
        "flagged": ("flagged",),
        "watch": ("flagged", "watch"),
        "unknown": ("flagged", "watch", "unknown"),
    }.get(threshold, ())
