"""The baseline: what is known today, so that from now on only what is new, or worse, fails.

A finding is known by what it is about and not by where it stands: a technology by its id, a package by its purl
without version, qualifiers or path. Order, version bumps and moved files change nothing.
"""

from collections.abc import Iterable, Mapping

import msgspec

from scanner.assess.verdicts import ORDER
from scanner.errors import ReadError
from scanner.model import Finding, Verdict
from scanner.purl import key

VERSION = "1"


class Baseline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file. Verdicts by identity."""

    baseline_version: str = VERSION
    findings: dict[str, Verdict] = {}


def identity(finding: Finding) -> str:
    """What stays the same of a finding while the project moves on."""
    return f"technology:{finding.id}" if finding.kind == "technology" else identity_of(finding.id)


def identity_of(purl: str) -> str:
    """What stays the same of a package: its purl without version, qualifiers and path."""
    return f"pkg:{key(purl)}"


def baseline(findings: Iterable[Finding]) -> Baseline:
    """All that is known, each with the worst verdict that it has."""
    known: dict[str, Verdict] = {}
    for finding in findings:
        name = identity(finding)
        known[name] = max(finding.verdict, known.get(name, finding.verdict), key=ORDER.index)
    return Baseline(findings=dict(sorted(known.items())))


def encode(known: Baseline) -> str:
    """The file's text: sorted, one finding a line, so that version control shows what was added."""
    return msgspec.json.format(msgspec.json.encode(known), indent=2).decode() + "\n"


def decode(path: str, data: bytes) -> Baseline:
    """The file's content. Raises ReadError where it is none."""
    try:
        known = msgspec.json.decode(data, type=Baseline)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(path, f"is no baseline of outlast: {error}; `outlast baseline write` makes one") from error
    if known.baseline_version != VERSION:
        raise ReadError(path, f"has baseline version {known.baseline_version}; this outlast reads {VERSION}")
    return known


def mark(findings: Iterable[Finding], known: Mapping[str, Verdict]) -> tuple[Finding, ...]:
    """The findings, those marked as known that were there before and no better."""
    return tuple(msgspec.structs.replace(item, known=True) if _is_known(item, known) else item for item in findings)


def _is_known(finding: Finding, known: Mapping[str, Verdict]) -> bool:
    """Not to have looked, as offline, makes nothing worse."""
    before = known.get(identity(finding))
    if before is None:
        return False
    return finding.verdict == "unknown" or ORDER.index(finding.verdict) <= ORDER.index(before)
