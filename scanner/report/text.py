"""The terminal report: 80 columns, worst first, each finding with its reason, its path and its way out."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from unicodedata import east_asian_width

from scanner.model import Finding, Risk, Scan, Technology, Verdict
from scanner.report import visible
from scanner.report.headline import headline
from scanner.report.labels import labels
from scanner.report.language import ENGLISH, Words, catalogue
from scanner.report.translate import translated

WIDTH = 80
MARKS: dict[Verdict, str] = {"flagged": "✖", "watch": "▲", "unknown": "?", "ok": "·", "safe": "✔"}
COLOURS: dict[Verdict, str] = {"flagged": "red", "watch": "yellow", "unknown": "magenta", "ok": "", "safe": "green"}
MOST_COMPONENTS = 10
MOST_GAPS = 12
MOST_PLACES = 2
TIE = "\ufffe"
"""A space that no line is broken at; no character either."""
ONE_LINE = {ord("\t"): " ", ord("\n"): " "}
FILLER = "\uffff"
"""No character, by Unicode."""
LONGEST = 4_000
"""Characters of one paragraph."""


def render(scan: Scan, *, lang: str = "en") -> str:
    """The report with ANSI colours; the caller strips them where they are not wanted."""
    words = catalogue(lang)
    said = translated(scan, words)
    parts = [part(said, words) for part in (_head, _findings, _untold, _safe, _custody, _gaps, _foot)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(scan: Scan, words: Words) -> str:
    summary = scan.summary
    score = words.say("score {score} of 100", score=summary.score) if summary.score is not None else ""
    counts = words.say(
        "{technologies} under {components}, from {files}",
        technologies=technologies(summary.technologies, words),
        components=components(summary.components, words),
        files=words.count("{count} file", "{count} files", len(scan.sources)),
    )
    mode = words.gettext("offline, ") if scan.tool.offline else ""
    return "\n".join(
        [
            f"{bold(printable(scan.project.name))}  {tag(summary.verdict, words)}{f'  {score}' if score else ''}",
            f"{counts}  ({mode}{printable(scan.tool.generated)})",
            "",
            *block(bold(headline(scan, words))),
            *cuts(scan, words),
        ]
    )


def cuts(scan: Scan, words: Words) -> Iterator[str]:
    """The smallest sets of actors whose loss stops each vital service; each service begins with an empty line."""
    names = {technology.id: printable(technology.name) for technology in scan.technologies}
    actors = {actor.id: printable(actor.name) for actor in scan.actors}
    for service, sets in groupby(scan.outlook.cuts, key=lambda cut: cut.service):
        yield ""
        yield bold(words.say("{service} stops with the loss of", service=printable(service)))
        for cut in sets:
            line = words.say(
                "{actors}: by {technologies}",
                actors=words.gettext(" and ").join(actors[id] for id in cut.actors),
                technologies=", ".join(names[id] for id in cut.technologies),
            )
            yield from block(line, 2, 4)


def technologies(count: int, words: Words = ENGLISH) -> str:
    """So many technologies."""
    return words.count("{count} technology", "{count} technologies", count)


def components(count: int, words: Words = ENGLISH) -> str:
    """So many components."""
    return words.count("{count} component", "{count} components", count)


def _findings(scan: Scan, words: Words) -> str:
    by_id = {technology.id: technology for technology in scan.technologies}
    risks = {risk.technology: risk for risk in scan.register}
    found = [finding for finding in scan.findings if finding.kind == "technology"]
    return "\n\n".join(_finding(item, by_id[item.id], risks.get(item.id), words) for item in found)


def _finding(finding: Finding, technology: Technology, risk: Risk | None, words: Words) -> str:
    facts = [words.say("severity {severity}", severity=finding.severity)]
    facts += [words.say("risk {risk}", risk=risk.residual)] if risk else []
    facts += [words.say("exit {exit}", exit=labels(words)["difficulty"][technology.exit.difficulty])]
    remedy = finding.remedy if finding.verdict == "flagged" else finding.remedy.partition(":")[0].rstrip()
    lines = [beside(f"{tag(finding.verdict, words)}  {bold(printable(finding.name))}", ", ".join(facts))]
    lines += block(finding.message, indent=2)
    lines += labelled(
        [
            (words.pgettext("label", "why"), chain(finding)),
            (words.pgettext("label", "where"), places(finding, words)),
            (words.pgettext("label", "out"), remedy),
        ]
    )
    return "\n".join(lines)


def beside(left: str, right: str) -> str:
    """Two ends of a line, the right one quieter, and on the next line where there is no room for both."""
    room = WIDTH - width(left) - width(right)
    gap = " " * room if room > 1 else f"\n{' ' * (WIDTH - width(right))}"
    return f"{left}{gap}{dim(right)}"


def chain(finding: Finding) -> str:
    """How it comes in, from what the project asks for."""
    return " → ".join(tied(purl) for purl in finding.why[0]) if finding.why else ""


def places(finding: Finding, words: Words = ENGLISH) -> str:
    """Where it is declared: the first places, and how many more."""
    found = [f"{printable(place.path)}{f':{place.line}' if place.line else ''}" for place in finding.locations]
    more = len(found) - MOST_PLACES
    return ", ".join(found[:MOST_PLACES]) + (f" {and_more(more, words)}" if more > 0 else "")


def and_more(count: int, words: Words = ENGLISH) -> str:
    """What a list leaves out."""
    return words.count("and {count} more", "and {count} more", count)


def _untold(scan: Scan, words: Words) -> str:
    """Technologies whose verdict is open and that are no findings: not known is not safe."""
    shown = {finding.id for finding in scan.findings}
    open_ones = [item for item in scan.technologies if item.verdict == "unknown" and item.id not in shown]
    if not open_ones:
        return ""
    lines = [f"{tag('unknown', words)}  {words.gettext('cannot be told')}"]
    for item in open_ones:
        lines += block(words.say("{name}: {text}", name=printable(item.name), text=item.summary), 2, 4)
    return "\n".join(lines)


def _safe(scan: Scan, words: Words) -> str:
    names = sorted(printable(technology.name) for technology in scan.technologies if technology.verdict == "safe")
    if not names:
        return ""
    head = f"{tag('safe', words)}  {words.gettext('commons that outlast any one of their actors')}"
    return "\n".join([head, *block(", ".join(names), 2)])


def _custody(scan: Scan, words: Words) -> str:
    """Packages by who holds them: the gravest by name, the rest as a number."""
    found = [finding for finding in scan.findings if finding.kind == "component" and finding.verdict != "unknown"]
    if not found:
        return ""
    lines = [bold(words.say("Packages to watch by who holds them: {count}", count=words.number(len(found))))]
    for finding in found[:MOST_COMPONENTS]:
        lines += block(f"{MARKS[finding.verdict]} {tied(finding.id)}  {finding.message}", 2, 4)
    more = len(found) - MOST_COMPONENTS
    if more > 0:
        left = words.count(
            "and {count} more; --format json or html lists them all",
            "and {count} more; --format json or html lists them all",
            more,
        )
        lines.append(dim(f"  {left}"))
    return "\n".join(lines)


def looked_at(scan: Scan, words: Words = ENGLISH) -> str:
    """Of how many packages the custody was looked at, where it was not of all."""
    summary = scan.summary
    if summary.custody_known == summary.custody_total:
        return ""
    return words.say(
        "custody: {known} of {total} packages looked at",
        known=words.number(summary.custody_known),
        total=words.number(summary.custody_total),
    )


def _gaps(scan: Scan, words: Words) -> str:
    lines = [f"  {text}" for text in (looked_at(scan, words),) if text]
    for gap in scan.gaps[:MOST_GAPS]:
        lines += block(words.said(": ").join((labels(words)["stage"][gap.stage], gap.subject, gap.reason)), 2, 4)
    if len(scan.gaps) > MOST_GAPS:
        lines.append(dim(f"  {and_more(len(scan.gaps) - MOST_GAPS, words)}"))
    return "\n".join([bold(words.gettext("Not looked at")), *lines]) if lines else ""


def _foot(scan: Scan, words: Words) -> str:
    found = [finding.id for finding in scan.findings if finding.kind == "technology"]
    if not found:
        return ""
    return dim(words.say("outlast explain {id}  shows the sum and the sources", id=printable(found[0])))


def package(purl: str) -> str:
    """A purl as people say it: npm left-pad 1.3.0."""
    return printable(visible.package(purl))


def tied(purl: str) -> str:
    """A purl as people say it, kept in one line by `block`."""
    return package(purl).replace(" ", TIE)


def printable(text: str) -> str:
    """`text` in one line, with what could steer a terminal spelled out."""
    return visible.neutral(visible.short(text)).translate(ONE_LINE)


def labelled(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Texts, each after its label; what is empty is left out."""
    column = max(len(label) for label, _ in rows) + 1
    for label, text in rows:
        if text:
            yield from block(f"{label:<{column}}{text}", 2, 2 + column)


def block(text: str, indent: int = 0, hanging: int | None = None) -> list[str]:
    """`text` wrapped to the width, lines after the first indented by `hanging`; bold stays bold."""
    import click

    plain = click.unstyle(text)
    wrapped = textwrap.wrap(
        _wide(visible.neutral(visible.short(plain, LONGEST))),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hanging is None else hanging),
        break_on_hyphens=False,
    )
    lines = [line.replace(FILLER, "").replace(TIE, " ") for line in wrapped]
    return [bold(line) for line in lines] if plain != text else lines


def _wide(text: str) -> str:
    """With a filler after each character that takes two columns, so that counting characters counts columns."""
    if text.isascii():
        return text
    return "".join(f"{char}{FILLER}" if east_asian_width(char) in "WF" else char for char in text)


def width(text: str) -> int:
    """Columns that a text takes, without its colours."""
    import click
    from rich.cells import cell_len

    return cell_len(click.unstyle(text))


def tag(verdict: Verdict, words: Words = ENGLISH) -> str:
    """A verdict as its mark and word, in its colour."""
    word = labels(words)["verdict"][verdict].upper()
    return _style(f"{MARKS[verdict]} {word}", fg=COLOURS[verdict] or None, bold=True)


def bold(text: str) -> str:
    """`text` in bold."""
    return _style(text, bold=True)


def dim(text: str) -> str:
    """`text`, but quieter."""
    return _style(text, dim=True)


def _style(text: str, **how: Any) -> str:
    import click

    return click.style(text, **how)
