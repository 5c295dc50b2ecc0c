"""GitLab's Code Quality report: what a merge request shows beside the lines that it changes.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import hashlib
from typing import Any

import msgspec

from scanner.model import Finding, Scan
from scanner.purl import key
from scanner.report.visible import safe

GRAVE = {5: "blocker", 4: "critical"}
"""How a flagged finding of this severity is called; the others are major."""
OTHERS = {"watch": "minor", "unknown": "info", "ok": "info", "safe": "info"}


def render(scan: Scan) -> str:
    """The report; GitLab compares it with that of the target branch by the fingerprints."""
    scan = safe(scan)
    nowhere = scan.sources[0].path if scan.sources else scan.project.path
    issues = [_issue(finding, nowhere) for finding in scan.findings]
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode() + "\n"


def _issue(finding: Finding, nowhere: str) -> dict[str, Any]:
    place = finding.locations[0] if finding.locations else None
    return {
        "description": f"{finding.name}: {finding.message}",
        "check_name": f"outlast/{finding.rule or finding.verdict}",
        "fingerprint": _fingerprint(finding),
        "severity": _severity(finding),
        "location": {"path": place.path if place else nowhere, "lines": {"begin": (place and place.line) or 1}},
    }


def _severity(finding: Finding) -> str:
    if finding.known:
        return "info"
    if finding.verdict != "flagged":
        return "major" if finding.rule and finding.level == "error" else OTHERS[finding.verdict]
    return "minor" if finding.level == "warning" else GRAVE.get(finding.severity, "major")


def _fingerprint(finding: Finding) -> str:
    """What a finding stays the same by, when lines move and versions change."""
    id = key(finding.id) if finding.kind == "component" else finding.id
    return hashlib.sha256(f"{finding.kind}:{id}:{finding.rule}:{finding.verdict}".encode()).hexdigest()[:40]
