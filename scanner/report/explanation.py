"""One technology or package on a page: the sum of its verdict, and who says so."""

from collections.abc import Iterator

from scanner.model import Assessed, Scan, Technology
from scanner.report.labels import labels
from scanner.report.language import ENGLISH, Words
from scanner.report.text import block, bold, dim, printable, tag
from scanner.report.translate import translated

MOST_COLUMNS = 30
"""Of the name of a fact."""


def render(scan: Scan, subject: str, words: Words = ENGLISH) -> str:
    """Every technology of `scan` in full, after the component where `subject` is a purl."""
    scan = translated(scan, words)
    pages = [_component(item, words) for item in scan.components] if subject.startswith("pkg:") else []
    pages += [_technology(scan, technology, words) for technology in scan.technologies]
    return "\n\n".join("\n".join(page) for page in pages) + "\n"


def _component(component: Assessed, words: Words) -> Iterator[str]:
    yield f"{tag(component.verdict, words)}  {bold(printable(component.purl))}"
    relations, custody = labels(words)["relation"], words.gettext("custody")
    column = max(map(len, (custody, *relations.values())))
    for binding in component.technologies:
        yield f"  {relations[binding.relation]:<{column}} {printable(binding.id)}"
    yield f"  {custody:<{column}} {labels(words)['verdict'][component.custody.verdict]}"
    for reason in component.custody.reasons:
        yield from block(reason, column + 3)
    facts = component.custody.facts
    if facts and facts.source:
        yield from block(words.say("asked {source} on {date}", source=facts.source, date=facts.retrieved), column + 3)
        for source in dict.fromkeys(item.source for item in facts.borrowed):
            names = ", ".join(item.fact for item in facts.borrowed if item.source == source)
            yield from block(words.say("filled in from {source}: {facts}", source=source, facts=names), column + 3)


def _technology(scan: Scan, technology: Technology, words: Words) -> Iterator[str]:
    score = words.gettext("unknown") if technology.score is None else str(technology.score)
    kind = labels(words)["kind"][technology.kind]
    head = words.say("score {score}  ({kind}, {id})", score=score, kind=kind, id=technology.id)
    yield f"{tag(technology.verdict, words)}  {bold(printable(technology.name))}  {printable(head)}"
    yield from block(technology.summary, 2)
    yield ""
    yield from _sum(technology, words)
    yield ""
    yield from _implementations(scan, technology, words)
    yield ""
    difficulty = labels(words)["difficulty"][technology.exit.difficulty]
    yield from block(words.say("exit: {exit}. {how}", exit=difficulty, how=technology.exit.how), 2, 4)
    for funding in technology.funding:
        yield from block(words.say("fund: {url}", url=funding.url), 2, 4)
    reviewed = words.say("reviewed {date}; {url}", date=technology.reviewed, url=technology.homepage)
    yield dim(f"  {printable(reviewed)}")


def _sum(technology: Technology, words: Words) -> Iterator[str]:
    known = labels(words)["record"]
    names = {reason.fact: known.get(reason.fact, printable(reason.fact)) for reason in technology.reasons}
    column = min(max(len(name) for name in (*names.values(), " " * 14)), MOST_COLUMNS) + 3
    for reason in technology.reasons:
        effect = f"[{reason.effect}]" if reason.effect else ""
        yield from block(f"{names[reason.fact]:<{column - 3}} {reason.value}  {effect}", 2, column)
        if reason.source:
            read = words.say("read {date}", date=reason.checked) if reason.checked else words.gettext("not re-read")
            yield dim(f"{' ' * column}{printable(reason.source)} ({printable(read)})")


def _implementations(scan: Scan, technology: Technology, words: Words) -> Iterator[str]:
    actors = {actor.id: actor for actor in scan.actors}
    for item in technology.implementations:
        actor = actors[item.actor]
        owner = actors[actor.owner].name if actor.owner != actor.id else ""
        who = words.say("{actor}, owned by {owner}", actor=actor.name, owner=owner) if owner else actor.name
        yield from block(f"{item.name} ({who}){words.said(': ')}{labels(words)['counts'][item.counts]}", 2, 4)
