"""What was found out, cut down to the rows that the store keeps of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from scanner import purl
from scanner.assess.custody import date_of
from scanner.model import Assessed, Custody, Facts, Finding, Gap, Location, Risk, Scan, Technology
from scanner.portfolio.records import ComponentRow, FindingRow, PackageRow, Result, Task, UseRow
from scanner.rulebook import Rulebook

NOTHING = Facts()


def result_of(task: Task, scan: Scan, gaps: Iterable[Gap] = ()) -> Result:
    """The rows of a project that was assessed; `gaps` are further ones."""
    risks = {risk.technology: risk for risk in scan.register}
    return _result(
        task,
        failed=False,
        verdict=scan.summary.verdict,
        score=scan.summary.score,
        flagged=scan.summary.by_verdict["flagged"],
        custody_known=scan.summary.custody_known,
        components=tuple(map(_component, scan.components)),
        uses=tuple(_use(technology, risks.get(technology.id)) for technology in scan.technologies),
        findings=tuple(map(_finding, scan.findings)),
        gaps=(*scan.gaps, *gaps),
    )


def failed(task: Task, gap: Gap) -> Result:
    """The row of a project that could not be looked at, and why."""
    return _result(task, failed=True, gaps=(gap,))


def package_row(text: str, custody: Custody, rulebook: Rulebook) -> PackageRow:
    """What the registries say of a package, and the technologies it implies."""
    facts = custody.facts or NOTHING
    released = date_of(facts.released)
    return PackageRow(
        purl=text,
        type=purl.type_of(text),
        name=purl.name_of(text),
        version=purl.version_of(text),
        custody=custody.verdict,
        reasons=custody.reasons,
        licence=facts.licence,
        publishers=facts.publishers,
        organisation=facts.organisation,
        repository=facts.repository,
        latest=facts.latest,
        released=released.isoformat() if released else None,
        withdrawn=facts.withdrawn,
        provenance=facts.provenance,
        funding=facts.funding,
        bindings=rulebook.bindings(purl.key(text)),
    )


def _result(task: Task, **found: Any) -> Result:
    entry = task.entry
    return Result(
        project=entry.name,
        path=entry.path.decode("utf-8", "replace"),
        owner=entry.owner,
        criticality=entry.criticality,
        labels=entry.labels,
        digest=task.digest.hex(),
        **found,
    )


def _component(component: Assessed) -> ComponentRow:
    return ComponentRow(
        purl=component.purl,
        scope=component.scope,
        direct=component.direct,
        verdict=component.verdict,
        score=component.score,
        severity=component.severity,
    )


def _use(technology: Technology, risk: Risk | None) -> UseRow:
    return UseRow(
        technology=technology.id,
        severity=technology.severity,
        components=len(technology.components),
        risk=risk.raw if risk else None,
        residual=risk.residual if risk else None,
        location=_location(technology.locations),
        why=_why(technology.why),
    )


def _finding(finding: Finding) -> FindingRow:
    return FindingRow(
        kind=finding.kind,
        id=finding.id,
        name=finding.name,
        verdict=finding.verdict,
        severity=finding.severity,
        message=finding.message,
        location=_location(finding.locations),
        why=_why(finding.why),
    )


def _location(places: Sequence[Location]) -> str:
    """The first one, as an editor takes it."""
    return "" if not places else f"{places[0].path}:{places[0].line}" if places[0].line else places[0].path


def _why(paths: Sequence[Sequence[str]]) -> str:
    return " > ".join(paths[0]) if paths else ""
