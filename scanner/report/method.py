"""The numbers of the method as the reports print them; a test holds them equal to those of the assessment."""

from collections.abc import Mapping

from scanner.model import Verdict

BANDS: tuple[tuple[Verdict, int, int], ...] = (("flagged", 0, 39), ("watch", 40, 74), ("safe", 75, 100))
"""First and last score of each verdict."""

LIKELIHOOD: tuple[tuple[int, int], ...] = ((75, 1), (57, 2), (40, 3), (20, 4), (0, 5))
"""From this score on, this likelihood."""

WEIGHTS: Mapping[str, Mapping[str, int]] = {
    "specification": {"formal": 30, "consortium": 26, "published": 10, "none": 0},
    "independents": {"4 or more": 30, "3": 25, "2": 20, "1": 6, "0": 0},
    "control": {"neutral": 20, "community": 12, "dominated": 10, "single-person": 4, "single-vendor": 0},
    "licence": {"open": 12, "source-available": 4, "proprietary": 0},
    "operation": {"self": 8, "service": 0},
}
"""Every fact that weighs, with its values from best to worst and what each adds of 100."""
