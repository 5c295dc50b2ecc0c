"""The risk register as CSV, for the spreadsheet where industry keeps its risks.

Columns after IEC 60812. A cell that a spreadsheet would take for a formula is quoted
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
import io

from scanner.model import Risk, Scan
from scanner.report.text import package
from scanner.report.visible import safe

COLUMNS = (
    "failure mode", "effect", "severity", "likelihood", "exit difficulty", "raw risk", "residual risk", "band",
    "services", "why", "mitigations", "next step",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(scan: Scan) -> str:
    """One row per risk, highest residual first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in _row(risk)] for risk in map(safe, scan.register))
    return out.getvalue()


def cell(value: str | int) -> str | int:
    """A value that no spreadsheet executes."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _row(risk: Risk) -> tuple[str | int, ...]:
    mitigations = (f"{item.kind}{f' until {item.until}' if item.until else ''}" for item in risk.mitigations)
    return (
        risk.failure_mode, risk.effect, risk.severity, risk.likelihood, risk.difficulty, risk.raw, risk.residual,
        risk.band, "; ".join(risk.services), " > ".join(package(purl) for purl in risk.why), "; ".join(mitigations),
        risk.next_step,
    )  # fmt: skip
