"""How few hands hold the technologies: the Herfindahl-Hirschman index.

Index: sum of squared percentage shares, 10,000 for a single holder. Bands: US Department of Justice and Federal
Trade Commission, Merger Guidelines (2023), guideline 1. Safe technologies are left out: nobody holds them.
Jurisdictions are shown as concentration and never scored.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

from scanner.model import Concentration, Share, Technology

MODERATE, HIGH = 1_000, 1_800


def concentration(technologies: Iterable[Technology], holder: Callable[[str], str]) -> Concentration:
    """Shares of the technologies that are not safe by `holder` of their steward, largest first."""
    held = Counter(
        holder(technology.steward) for technology in technologies if technology.steward and technology.verdict != "safe"
    )
    total = held.total()
    shares = [
        Share(name=name, technologies=count, share=round(count / total, 4))
        for name, count in sorted(held.items(), key=lambda item: (-item[1], item[0]))
    ]
    index = round(sum((100 * count / total) ** 2 for count in held.values())) if total else 0
    return Concentration(index=index, band=_band(index), shares=tuple(shares))


def _band(index: int) -> Literal["low", "moderate", "high"]:
    return "high" if index > HIGH else "moderate" if index > MODERATE else "low"
