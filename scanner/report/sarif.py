"""SARIF 2.1.0, for code scanning: each finding where it is declared, under a rule that says what it is about.

Standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
GitHub's part of it: https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning
"""

import hashlib
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from scanner import purl
from scanner.model import Finding, Location, Risk, Scan
from scanner.report.visible import neutral, package, short

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_PATHS = 3
MOST_RESULTS = 25_000
"""GitHub refuses a run with more."""
MOST_PLACES = 10
LONGEST = 2_000
Json = dict[str, Any]


class Rule(NamedTuple):
    """What a kind of finding is about, and what to do."""

    id: str
    name: str
    short: str
    full: str
    advice: str
    level: str


RULES = (
    Rule(
        "single-actor", "SingleActor", "A technology that one actor alone can stop",
        "Take the actor behind this technology away and nothing is left: no other implementation, no fork, and no "
        "lawful way to carry it on.",
        "Keep its use behind one interface of your own, prepare the exit that the finding names, and do not let new "
        "code depend on it.",
        "error",
    ),
    Rule(
        "dominated", "Dominated", "A technology that others could carry on, but one actor decides",
        "It is not a formal standard with independent implementations in nobody's hand. Others could carry it on.",
        "Know what is left without its steward, and prefer what is standardised where the choice is free.",
        "warning",
    ),
    Rule(
        "unjudged", "Unjudged", "A technology whose verdict hangs on a fact that is not known",
        "The best and the worst value of an unknown fact give different verdicts.",
        "Find out the fact that the finding names, and put it into the rule record with its source.",
        "note",
    ),
    Rule(
        "no-takeover", "NoTakeover", "A package that nobody else may carry on, or that is withdrawn",
        "It has no open licence, or its registry says not to use it any more.",
        "Replace it, or move to its successor.",
        "error",
    ),
    Rule(
        "few-hands", "FewHands", "A package that one account alone can publish, or that had no release for long",
        "If its only publisher stops, is bought or loses the account, nobody else can release a repair.",
        "Fund it, offer a second maintainer, or be ready to fork it. Common, and urgent only where severity is high.",
        "note",
    ),
    Rule(
        "custody-unknown", "CustodyUnknown", "A package of which it is not known who holds it",
        "Its registry was not asked, does not know it, or does not tell.",
        "Scan without --offline, or configure the registry that it comes from.",
        "note",
    ),
    Rule(
        "forbidden", "Forbidden", "Something that the project's own policy does not want",
        "A rule in outlast.toml names it, whatever its verdict.",
        "Replace it, or write an exception with a reason, an owner and an end.",
        "error",
    ),
)  # fmt: skip
NUMBERS = {
    ("technology", "flagged"): 0, ("technology", "watch"): 1, ("technology", "unknown"): 2,
    ("component", "flagged"): 3, ("component", "watch"): 4, ("component", "unknown"): 5,
}  # fmt: skip
FORBIDDEN = 6
"""The number of the rule for what is no finding by its verdict."""


def render(scan: Scan) -> str:
    """The log of one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(scan)]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _run(scan: Scan) -> Json:
    accepted = {risk.technology: risk for risk in scan.register if any(m.kind == "accepted" for m in risk.mitigations)}
    found = scan.findings
    return {
        "tool": {"driver": _driver(scan)},
        "automationDetails": {"id": f"outlast/{quote(neutral(short(scan.project.name)))}/"},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(scan, len(found))}],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the project."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, accepted.get(finding.id)) for finding in found[:MOST_RESULTS]],
        "properties": {
            "verdict": scan.summary.verdict,
            "score": scan.summary.score,
            "offline": scan.tool.offline,
            "custodyKnown": scan.summary.custody_known,
            "custodyTotal": scan.summary.custody_total,
        },
    }


def _driver(scan: Scan) -> Json:
    return {
        "name": neutral(short(scan.tool.name)),
        "version": neutral(short(scan.tool.version)),
        "semanticVersion": neutral(short(scan.tool.version)),
        "rules": [_rule(rule) for rule in RULES],
    }


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.short}."},
        "fullDescription": {"text": rule.full},
        "help": {"text": f"{rule.full}\n\n{rule.advice}", "markdown": f"{rule.full}\n\n**What to do.** {rule.advice}"},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": ["supply-chain", "dependencies"], "precision": "high"},
    }


def _result(finding: Finding, accepted: Risk | None) -> Json:
    number = NUMBERS.get((finding.kind, finding.verdict), FORBIDDEN)
    result: Json = {
        "ruleId": RULES[number].id,
        "ruleIndex": number,
        "level": _level(finding, RULES[number]),
        "rank": finding.severity * 20.0,
        "message": {"text": neutral(short(_message(finding), LONGEST))},
        "locations": [{"physicalLocation": _place(place)} for place in finding.locations[:1]],
        "relatedLocations": [
            {"id": index, "physicalLocation": _place(place), "message": {"text": "Also declared here."}}
            for index, place in enumerate(finding.locations[1 : MOST_PLACES + 1], 1)
        ],
        "partialFingerprints": _fingerprints(finding),
        "properties": {
            "id": neutral(short(finding.id)),
            "verdict": finding.verdict,
            "severity": finding.severity,
            "why": [[neutral(short(purl)) for purl in path] for path in finding.why[:MOST_PATHS]],
        },
    }
    if finding.known:
        result["baselineState"] = "unchanged"
    if finding.rule:
        result["properties"]["policyRule"] = neutral(short(finding.rule))
    if accepted:
        result["suppressions"] = [_suppression(accepted)]
    return result


def _level(finding: Finding, rule: Rule) -> str:
    """The rule's own level; where a policy makes it a finding, what the policy says."""
    return finding.level if finding.rule else rule.level


def _message(finding: Finding) -> str:
    name = finding.name if finding.kind == "technology" else package(finding.id)
    path = " → ".join(map(package, finding.why[0])) if finding.why else ""
    parts = (
        f"{name}: {finding.message}",
        f"Way out: {finding.remedy}" if finding.remedy else "",
        f"Why: {path}." if path else "",
    )
    return "\n".join(part for part in parts if part)


def _place(location: Location) -> Json:
    place: Json = {
        "artifactLocation": {"uri": quote(location.path[:LONGEST], errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    }
    if location.line:
        place["region"] = {"startLine": location.line}
    return place


def _fingerprints(finding: Finding) -> Json:
    """What a finding stays the same by, when lines move and versions change."""
    key = purl.key(finding.id) if finding.kind == "component" else finding.id
    digest = hashlib.sha256(f"{finding.kind}:{key}:{finding.verdict}".encode()).hexdigest()[:32]
    return {"outlast/v1": digest, "primaryLocationLineHash": f"{digest[:16]}:1"}


def _suppression(risk: Risk) -> Json:
    item = next(item for item in risk.mitigations if item.kind == "accepted")
    words = [
        item.note or "accepted",
        f"by {item.owner}" if item.owner else "",
        f"until {item.until}" if item.until else "",
    ]
    return {"kind": "external", "status": "accepted", "justification": neutral(short(", ".join(filter(None, words))))}


def _notifications(scan: Scan, found: int) -> list[Json]:
    """What could not be looked at, and what does not fit."""
    left = scan.summary.custody_total - scan.summary.custody_known
    gaps = [(gap.stage, f"{gap.subject}: {gap.reason}") for gap in scan.gaps]
    gaps += (
        [("resolve", f"custody of {left} of {scan.summary.custody_total} packages was not looked at")] if left else []
    )
    gaps += [("report", f"{found - MOST_RESULTS} more findings left out")] if found > MOST_RESULTS else []
    return [
        {"level": "warning", "descriptor": {"id": f"gap/{stage}"}, "message": {"text": neutral(short(text))}}
        for stage, text in gaps
    ]
