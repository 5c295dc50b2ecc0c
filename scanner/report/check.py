"""What the policy says of a scan, for a terminal: each finding with its rule, its place and its way out."""

from collections.abc import Iterator, Mapping

from scanner.model import Finding, Scan
from scanner.report.text import WIDTH, block, bold, dim, printable, short, tag

MOST_PLACES = 2


def render(scan: Scan, sentences: Mapping[str, str]) -> str:
    """The findings that are not known from the baseline, errors first; `sentences` are the rules, by name."""
    fresh = [finding for finding in scan.findings if not finding.known]
    parts = ["\n".join(_finding(finding, sentences)) for finding in fresh]
    return "\n\n".join([*parts, "\n".join(_foot(scan, fresh))]) + "\n"


def brief(finding: Finding) -> str:
    """A finding in one line: where, what, why not."""
    place = finding.locations[0] if finding.locations else None
    where = f"{printable(place.path)}{f':{place.line}' if place.line else ''}: " if place else ""
    return f"{where}{_name(finding)}: {printable(finding.message)} [{printable(finding.rule)}]"


def _finding(finding: Finding, sentences: Mapping[str, str]) -> Iterator[str]:
    left = f"{tag(finding.verdict)}  {bold(_name(finding))}"
    right = f"severity {finding.severity}{', a warning' if finding.level == 'warning' else ''}"
    yield f"{left}{' ' * max(WIDTH - _plain_width(left) - len(right), 2)}{dim(right)}"
    yield from block(finding.message, 2)
    yield from block(f"rule  {finding.rule}: {sentences.get(finding.rule, '')}", 2, 8)
    if finding.why:
        yield from block(f"why   {' → '.join(short(purl) for purl in finding.why[0])}", 2, 8)
    if finding.locations:
        yield from block(f"where {_places(finding)}", 2, 8)
    if finding.remedy:
        yield from block(f"out   {finding.remedy}", 2, 8)


def _name(finding: Finding) -> str:
    return short(finding.id) if finding.kind == "component" else printable(finding.name)


def _places(finding: Finding) -> str:
    places = [f"{place.path}{f':{place.line}' if place.line else ''}" for place in finding.locations]
    more = len(places) - MOST_PLACES
    return ", ".join(places[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def _plain_width(text: str) -> int:
    import click

    return len(click.unstyle(text))


def _foot(scan: Scan, fresh: list[Finding]) -> Iterator[str]:
    errors = sum(finding.level == "error" for finding in fresh)
    warnings, known = len(fresh) - errors, len(scan.findings) - len(fresh)
    what = f"{_count(scan.summary.technologies, 'technology')} and {_count(scan.summary.components, 'component')}"
    said = [_count(errors, "finding")] if errors else []
    said += [_count(warnings, "warning")] if warnings else []
    said += [f"{known} known from the baseline"] if known else []
    yield bold(f"{'✖' if errors else '✔'} {what}: {', '.join(said) or 'nothing that the policy forbids'}")
    summary = scan.summary
    if scan.gaps:
        yield f"  not everything was looked at: {_count(len(scan.gaps), 'gap')}; `outlast scan` lists them"
    if summary.custody_known < summary.custody_total:
        yield f"  custody: {summary.custody_known:,} of {summary.custody_total:,} packages looked at"


def _count(number: int, word: str) -> str:
    if number == 1:
        return f"1 {word}"
    return f"{number:,} {word[:-1] + 'ies' if word.endswith('y') else word + 's'}"
