"""What is at or above a threshold: technologies by their verdict, components by their custody."""

from collections.abc import Iterable, Mapping

from scanner.assess.verdicts import ORDER, reaches
from scanner.model import Assessed, Difficulty, Exit, Finding, Technology, Verdict
from scanner.phrases import say

LEAVE: Mapping[Difficulty, str] = {
    "drop-in": say("Drop-in to {where}: {how}"),
    "port": say("Port to {where}: {how}"),
    "rewrite": say("Rewrite to {where}: {how}"),
}
LEAVE_FOR_ANYTHING: Mapping[Difficulty, str] = {
    "drop-in": say("Drop-in: {how}"),
    "port": say("Port: {how}"),
    "rewrite": say("Rewrite: {how}"),
}


def findings(
    technologies: Iterable[Technology],
    components: Iterable[Assessed],
    threshold: Verdict,
    names: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Worst first, then gravest, then by name. `names` are those of the technologies that exits go to."""
    found = [of_technology(item, names) for item in technologies if reaches(item.verdict, threshold)]
    found += [of_component(item) for item in components if _by_custody(item, threshold)]
    return tuple(sorted(found, key=lambda item: (-ORDER.index(item.verdict), -item.severity, item.kind, item.name)))


def _by_custody(component: Assessed, threshold: Verdict) -> bool:
    """Where custody itself reaches the threshold; where nobody looked, only if it leaves the verdict unknown."""
    if component.custody.facts is None:
        return component.verdict == "unknown" and reaches("unknown", threshold)
    return reaches(component.custody.verdict, threshold)


def of_technology(technology: Technology, names: Mapping[str, str]) -> Finding:
    """A technology as a finding, whatever its verdict."""
    return Finding(
        kind="technology",
        id=technology.id,
        name=technology.name,
        verdict=technology.verdict,
        severity=technology.severity,
        message=technology.summary,
        locations=technology.locations,
        why=technology.why,
        remedy=remedy(technology.exit, names),
    )


def of_component(component: Assessed) -> Finding:
    """A package as a finding, whatever its custody."""
    facts = component.custody.facts
    successor = say("Move to {successor}.", successor=facts.successor) if facts and facts.successor else ""
    return Finding(
        kind="component",
        id=component.purl,
        name=component.name,
        verdict=component.custody.verdict,
        severity=component.severity,
        message=_capital("; ".join(component.custody.reasons) or say("custody was not looked at")) + ".",
        locations=component.locations,
        why=(),
        remedy=successor,
    )


def remedy(exit: Exit, names: Mapping[str, str]) -> str:
    """What to do: where one can go, how hard, how."""
    where = ", ".join(names.get(id, id) for id in exit.to)
    if exit.difficulty == "none known":
        return exit.how or say("No way out is known.")
    if not where:
        return LEAVE_FOR_ANYTHING[exit.difficulty].format(how=exit.how)
    return LEAVE[exit.difficulty].format(where=where, how=exit.how)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
