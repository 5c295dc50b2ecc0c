"""What the policy says of a scan, for a terminal: each finding with its rule, its place and its way out."""

from collections.abc import Iterator, Mapping

from scanner.model import Finding, Scan
from scanner.report.language import ENGLISH, Words, catalogue
from scanner.report.text import (
    beside,
    block,
    bold,
    chain,
    components,
    dim,
    labelled,
    looked_at,
    package,
    places,
    printable,
    tag,
    technologies,
)
from scanner.report.translate import translated


def render(scan: Scan, sentences: Mapping[str, str], *, lang: str = "en") -> str:
    """The findings that are not known from the baseline, errors first; `sentences` are the rules, by name."""
    words = catalogue(lang)
    fresh = [finding for finding in translated(scan, words).findings if not finding.known]
    parts = ["\n".join(_finding(finding, sentences, words)) for finding in fresh]
    return "\n\n".join([*parts, "\n".join(_foot(scan, fresh, words))]) + "\n"


def brief(finding: Finding, words: Words = ENGLISH) -> str:
    """A finding in one line: where, what, why not."""
    place = finding.locations[0] if finding.locations else None
    where = f"{printable(place.path)}{f':{place.line}' if place.line else ''}: " if place else ""
    message = printable(words.said(finding.message))
    return f"{where}{words.said(': ').join((_name(finding), message))} [{printable(finding.rule)}]"


def _finding(finding: Finding, sentences: Mapping[str, str], words: Words) -> Iterator[str]:
    facts = [words.say("severity {severity}", severity=finding.severity)]
    facts += [words.gettext("a warning")] if finding.level == "warning" else []
    yield beside(f"{tag(finding.verdict, words)}  {bold(_name(finding))}", ", ".join(facts))
    yield from block(finding.message, 2)
    yield from labelled(
        [
            (words.pgettext("label", "rule"), f"{finding.rule}{words.said(': ')}{sentences.get(finding.rule, '')}"),
            (words.pgettext("label", "why"), chain(finding)),
            (words.pgettext("label", "where"), places(finding, words)),
            (words.pgettext("label", "out"), finding.remedy),
        ]
    )


def _name(finding: Finding) -> str:
    return package(finding.id) if finding.kind == "component" else printable(finding.name)


def _foot(scan: Scan, fresh: list[Finding], words: Words) -> Iterator[str]:
    errors = sum(finding.level == "error" for finding in fresh)
    warnings, known = len(fresh) - errors, len(scan.findings) - len(fresh)
    said = [words.count("{count} finding", "{count} findings", errors)] if errors else []
    said += [words.count("{count} warning", "{count} warnings", warnings)] if warnings else []
    said += [words.count("{count} known from the baseline", "{count} known from the baseline", known)] if known else []
    sum_up = words.say(
        "{technologies} and {components}: {findings}",
        technologies=technologies(scan.summary.technologies, words),
        components=components(scan.summary.components, words),
        findings=", ".join(said) or words.gettext("nothing that the policy forbids"),
    )
    yield bold(f"{'✖' if errors else '✔'} {sum_up}")
    if scan.gaps:
        yield "  " + words.count(
            "not everything was looked at: {count} gap; `outlast scan` lists it",
            "not everything was looked at: {count} gaps; `outlast scan` lists them",
            len(scan.gaps),
        )
    if custody := looked_at(scan, words):
        yield f"  {custody}"
    if errors:
        yield from ("", *next_steps(fresh[0], words))


def next_steps(finding: Finding, words: Words = ENGLISH) -> Iterator[str]:
    """What there is to do about a finding."""
    yield dim(words.say("outlast explain {id}  shows the sum and the sources", id=printable(finding.id)))
    yield dim(words.gettext("outlast baseline write  takes all of today as known"))
    yield dim(words.gettext("[[exception]] in outlast.toml  lets one pass, until a day"))
