"""One technology or package on a page: the sum of its verdict, and who says so."""

from collections.abc import Iterator

from scanner.model import Assessed, Scan, Technology
from scanner.report.text import block, bold, dim, printable, tag

COUNTS = {
    "independent": "counts as independent",
    "fork": "counts as a fork that survives its origin",
    "same actor": "does not count: the same actor's",
    "subset": "does not count: only a documented subset works",
    "unmaintained": "does not count: not maintained",
}


def render(scan: Scan, subject: str) -> str:
    """Every technology of `scan` in full, after the component where `subject` is a purl."""
    pages = [_component(component) for component in scan.components] if subject.startswith("pkg:") else []
    pages += [_technology(scan, technology) for technology in scan.technologies]
    return "\n\n".join("\n".join(page) for page in pages) + "\n"


def _component(component: Assessed) -> Iterator[str]:
    yield f"{tag(component.verdict)}  {bold(printable(component.purl))}"
    for binding in component.technologies:
        yield f"  {binding.relation:<10} {binding.id}"
    yield f"  custody    {component.custody.verdict}"
    for reason in component.custody.reasons:
        yield from block(reason, 13)
    facts = component.custody.facts
    if facts and facts.source:
        yield from block(f"asked {facts.source} on {facts.retrieved}", 13)


def _technology(scan: Scan, technology: Technology) -> Iterator[str]:
    score = "unknown" if technology.score is None else str(technology.score)
    yield f"{tag(technology.verdict)}  {bold(technology.name)}  score {score}  ({technology.kind}, {technology.id})"
    yield from block(technology.summary, 2)
    yield ""
    for reason in technology.reasons:
        yield from block(f"{reason.fact:<14} {reason.value}  {f'[{reason.effect}]' if reason.effect else ''}", 2, 17)
        if reason.source:
            read = f"read {reason.checked}" if reason.checked else "not re-read"
            yield dim(f"{' ' * 17}{reason.source} ({read})")
    yield ""
    actors = {actor.id: actor for actor in scan.actors}
    for item in technology.implementations:
        actor = actors[item.actor]
        owner = f", owned by {actors[actor.owner].name}" if actor.owner != actor.id else ""
        yield from block(f"{item.name} ({actor.name}{owner}): {COUNTS[item.counts]}", 2, 4)
    yield ""
    yield from block(f"exit: {technology.exit.difficulty}. {technology.exit.how}", 2, 4)
    for funding in technology.funding:
        yield from block(f"fund: {funding.url}", 2, 4)
    yield dim(f"  reviewed {technology.reviewed}; {technology.homepage}")
