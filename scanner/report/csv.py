"""The components as CSV, one row each, worst first: for spreadsheets and for whoever joins it with other lists.

Format: RFC 4180. No cell is a formula, so a name such as "@babel/core" has an apostrophe before it; the purl, which
needs none, is the key to join by.
"""

import csv
import io

from scanner.model import Assessed, Facts, Scan
from scanner.report.page import rank_component
from scanner.report.register import cell
from scanner.report.visible import safe

COLUMNS = (
    "purl", "name", "version", "scope", "direct", "licence", "verdict", "severity", "score", "technologies",
    "custody", "custody reasons", "publishers", "organisation", "repository", "latest", "released", "withdrawn",
    "successor", "asked", "retrieved", "declared in",
)  # fmt: skip
DIRECT = {True: "yes", False: "no", None: ""}


def render(scan: Scan) -> str:
    """All components."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for component in sorted(safe(scan).components, key=rank_component):
        writer.writerow([cell(value) for value in _row(component)])
    return out.getvalue()


def _row(component: Assessed) -> tuple[str | int, ...]:
    facts = component.custody.facts or Facts()
    return (
        component.purl,
        component.name,
        component.version or "",
        component.scope,
        DIRECT[component.direct],
        component.licence or "",
        component.verdict,
        component.severity,
        "" if component.score is None else component.score,
        "; ".join(f"{item.id} ({item.relation})" for item in component.technologies),
        component.custody.verdict,
        "; ".join(component.custody.reasons),
        "" if facts.publishers is None else facts.publishers,
        facts.organisation or "",
        facts.repository or "",
        facts.latest or "",
        facts.released or "",
        facts.withdrawn or "",
        facts.successor or "",
        facts.source,
        facts.retrieved,
        "; ".join(f"{place.path}:{place.line}" if place.line else place.path for place in component.locations),
    )
