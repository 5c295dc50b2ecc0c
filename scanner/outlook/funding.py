"""The funding plan: spread a budget over the commons that projects rely on.

    weight = severity x (1 + log2 of the components that bind to it), added up over the projects

Shares are rounded to whole units of the currency by largest remainder, so they add up to the budget.
"""

import math
from collections.abc import Iterable

from scanner.model import Scan, Technology, Value


class Grant(Value, frozen=True, kw_only=True):
    """What one commons would get, where the money goes in, and why that much."""

    technology: str
    name: str
    amount: int
    share: float
    weight: float
    severity: int
    components: int
    projects: int
    url: str
    kind: str


def funding(scans: Iterable[Scan], budget: int) -> tuple[Grant, ...]:
    """A grant for each technology with a place where money goes in, largest first; they add up to `budget`."""
    used: dict[str, list[Technology]] = {}
    for scan in scans:
        for technology in scan.technologies:
            if technology.funding and technology.verdict != "flagged":
                used.setdefault(technology.id, []).append(technology)
    weights = {id: sum(map(weight, uses)) for id, uses in used.items()}
    amounts = spread(budget, weights)
    grants = [_grant(id, used[id], amounts[id], weights[id], sum(weights.values())) for id in used]
    return tuple(sorted(grants, key=lambda grant: (-grant.amount, -grant.weight, grant.technology)))


def weight(technology: Technology) -> float:
    """How much a project relies on a technology: gravity times breadth."""
    return technology.severity * (1 + math.log2(1 + len(technology.components)))


def spread(budget: int, weights: dict[str, float]) -> dict[str, int]:
    """Whole amounts in proportion to the weights that add up to the budget (largest remainder, then by name)."""
    total = sum(weights.values())
    if not total:
        return {}
    exact = {id: budget * value / total for id, value in weights.items()}
    amounts = {id: math.floor(value) for id, value in exact.items()}
    left = budget - sum(amounts.values())
    for id in sorted(exact, key=lambda id: (amounts[id] - exact[id], id))[:left]:
        amounts[id] += 1
    return amounts


def _grant(id: str, uses: list[Technology], amount: int, weight: float, total: float) -> Grant:
    return Grant(
        technology=id,
        name=uses[0].name,
        amount=amount,
        share=round(weight / total, 4),
        weight=round(weight, 2),
        severity=max(use.severity for use in uses),
        components=sum(len(use.components) for use in uses),
        projects=len(uses),
        url=uses[0].funding[0].url,
        kind=uses[0].funding[0].kind,
    )
