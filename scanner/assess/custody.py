"""The custody of a package: who can publish, change or withdraw it, and whether others could carry on.

    flagged  no lawful takeover (no open licence), or the registry says not to use it any more
    watch    one person alone can publish, or no release for 36 months
    ok       otherwise

What the registry does not tell may be the best or the worst; where that decides, the verdict is unknown.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from scanner.assess.licences import is_open
from scanner.model import Custody, Facts, Verdict
from scanner.phrases import plural, say

MONTHS_WITHOUT_RELEASE = 36
ORDER: tuple[Verdict, ...] = ("ok", "watch", "flagged")


class Finding(NamedTuple):
    """What one fact says: the best and the worst verdict that it leaves open, and the reason in plain words."""

    best: Verdict
    worst: Verdict
    reason: str


def judge(facts: Facts | None, today: date) -> Custody:
    """The verdict on a package, with the reasons that decide it first; unknown where nothing was looked up."""
    if facts is None:
        return Custody()
    findings = [finding for rule in RULES if (finding := rule(facts, today))]
    best = max((finding.best for finding in findings), key=ORDER.index)
    worst = max((finding.worst for finding in findings), key=ORDER.index)
    if best == worst:
        decisive = [finding for finding in findings if finding.worst == worst]
        return Custody(verdict=worst, reasons=_reasons(decisive), bounds=(best, worst), facts=facts)
    open_questions = [finding for finding in findings if ORDER.index(finding.worst) > ORDER.index(best)]
    return Custody(verdict="unknown", reasons=_reasons(open_questions), bounds=(best, worst), facts=facts)


def _reasons(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.reason for finding in findings)


def _withdrawal(facts: Facts, _: date) -> Finding | None:
    if facts.withdrawn is None:
        return None
    instead = say("use {successor}", successor=facts.successor) if facts.successor else ""
    return Finding("flagged", "flagged", "; ".join(filter(None, (facts.withdrawn, instead))))


def _takeover(facts: Facts, _: date) -> Finding:
    opened = None if facts.licence is None else is_open(facts.licence)
    if facts.licence is None:
        return Finding("ok", "flagged", say("the registry does not tell the licence"))
    if opened is None:
        reason = say("whether the licence “{licence}” is open is not known", licence=facts.licence)
        return Finding("ok", "flagged", reason)
    if not opened:
        reason = say("licence {licence} is not open: nobody else may carry on", licence=facts.licence)
        return Finding("flagged", "flagged", reason)
    return Finding("ok", "ok", say("licence {licence} is open", licence=facts.licence))


def _publishers(facts: Facts, _: date) -> Finding:
    """An organisation outlives its members, so it is not one person even where one account publishes for it."""
    if facts.organisation:
        reason = say("the organisation {organisation} publishes it", organisation=facts.organisation)
        return Finding("ok", "ok", reason)
    if facts.publishers is None:
        return Finding("ok", "watch", say("the registry does not tell how many accounts can publish"))
    reason = plural("one account can publish", "{count} accounts can publish", facts.publishers)
    verdict: Verdict = "watch" if facts.publishers == 1 else "ok"
    return Finding(verdict, verdict, reason)


def _release(facts: Facts, today: date) -> Finding:
    released = date_of(facts.released)
    if released is None:
        return Finding("ok", "watch", say("the registry does not tell the date of the last release"))
    if months(released, today) > MONTHS_WITHOUT_RELEASE:
        over = MONTHS_WITHOUT_RELEASE
        reason = say("last release {released}, over {months} months ago", released=released, months=over)
        return Finding("watch", "watch", reason)
    return Finding("ok", "ok", say("last release {released}", released=released))


RULES: tuple[Callable[[Facts, date], Finding | None], ...] = (_withdrawal, _takeover, _publishers, _release)


def date_of(text: str | None) -> date | None:
    """A date in ISO 8601, or None where it is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def months(earlier: date, later: date) -> int:
    """Months begun between two dates: 36 on the day itself, 37 from the day after."""
    between = (later.year - earlier.year) * 12 + later.month - earlier.month
    return between + (later.day > earlier.day)
