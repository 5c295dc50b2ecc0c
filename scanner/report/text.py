"""The terminal report: 80 columns, worst first, each finding with its reason, its path and its way out.

Colour and control characters: names come from strangers, so what is not printable is shown escaped.
"""

import textwrap
from collections.abc import Iterator
from typing import Any

from scanner.model import Finding, Risk, Scan, Technology, Verdict
from scanner.purl import name_of, type_of, version_of
from scanner.report.headline import headline

WIDTH = 80
MARKS: dict[Verdict, str] = {"flagged": "✖", "watch": "▲", "unknown": "?", "ok": "·", "safe": "✔"}
COLOURS: dict[Verdict, str] = {"flagged": "red", "watch": "yellow", "unknown": "magenta", "ok": "", "safe": "green"}
MOST_COMPONENTS = 10
MOST_GAPS = 12


def render(scan: Scan) -> str:
    """The report with ANSI colours; the caller strips them where they are not wanted."""
    parts = [_head(scan), _findings(scan), _safe(scan), _custody(scan), _gaps(scan), _foot(scan)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(scan: Scan) -> str:
    summary = scan.summary
    score = f"  score {summary.score} of 100" if summary.score is not None else ""
    technologies = "technology" if summary.technologies == 1 else "technologies"
    components = f"{summary.components:,} component{'s' * (summary.components != 1)}"
    files = f"{len(scan.sources):,} file{'s' * (len(scan.sources) != 1)}"
    counts = f"{summary.technologies:,} {technologies} under {components}, from {files}"
    mode = "offline, " if scan.tool.offline else ""
    return "\n".join(
        [
            f"{bold(printable(scan.project.name))}  {tag(summary.verdict)}{score}",
            f"{counts}  ({mode}{scan.tool.generated})",
            "",
            *block(bold(headline(scan))),
        ]
    )


def _findings(scan: Scan) -> str:
    technologies = {technology.id: technology for technology in scan.technologies}
    risks = {risk.technology: risk for risk in scan.register}
    found = [finding for finding in scan.findings if finding.kind == "technology"]
    return "\n\n".join(_finding(item, technologies[item.id], risks.get(item.id)) for item in found)


def _finding(finding: Finding, technology: Technology, risk: Risk | None) -> str:
    rated = f", risk {risk.residual}" if risk else ""
    right = f"severity {finding.severity}{rated}, exit {technology.exit.difficulty}"
    left = f"{tag(finding.verdict)}  {bold(printable(finding.name))}"
    space = max(WIDTH - _width(left) - len(right), 2)
    lines = [f"{left}{' ' * space}{dim(right)}", *block(finding.message, indent=2)]
    if finding.verdict == "flagged" or finding.why:
        lines += _labelled("why", _why(finding))
    lines += _labelled("where", _where(finding))
    lines += _labelled("out", finding.remedy if finding.verdict == "flagged" else finding.remedy.partition(":")[0])
    return "\n".join(lines)


def _why(finding: Finding) -> str:
    return " → ".join(short(purl) for purl in finding.why[0]) if finding.why else ""


def _where(finding: Finding) -> str:
    places = [f"{printable(place.path)}{f':{place.line}' if place.line else ''}" for place in finding.locations]
    more = len(places) - 2
    return ", ".join(places[:2]) + (f" and {more} more" if more > 0 else "")


def _safe(scan: Scan) -> str:
    names = sorted(technology.name for technology in scan.technologies if technology.verdict == "safe")
    if not names:
        return ""
    return "\n".join([f"{tag('safe')}  commons that outlast any one of their actors", *block(", ".join(names), 2)])


def _custody(scan: Scan) -> str:
    """Packages by who holds them: the gravest by name, the rest as a number."""
    found = [finding for finding in scan.findings if finding.kind == "component" and finding.verdict != "unknown"]
    if not found:
        return ""
    lines = [bold(f"Packages to watch by who holds them: {len(found):,}")]
    for finding in found[:MOST_COMPONENTS]:
        lines += block(f"{_mark(finding.verdict)} {short(finding.id)}  {finding.message}", 2, 4)
    if len(found) > MOST_COMPONENTS:
        lines.append(dim(f"  and {len(found) - MOST_COMPONENTS:,} more; --format json or html lists them all"))
    return "\n".join(lines)


def _gaps(scan: Scan) -> str:
    summary = scan.summary
    lines = []
    if summary.custody_known < summary.custody_total:
        lines.append(f"  custody: {summary.custody_known:,} of {summary.custody_total:,} packages looked at")
    for gap in scan.gaps[:MOST_GAPS]:
        lines += block(f"{gap.stage}: {gap.subject}: {gap.reason}", 2, 4)
    if len(scan.gaps) > MOST_GAPS:
        lines.append(dim(f"  and {len(scan.gaps) - MOST_GAPS:,} more"))
    return "\n".join([bold("Not looked at"), *lines]) if lines else ""


def _foot(scan: Scan) -> str:
    flagged = [finding.id for finding in scan.findings if finding.kind == "technology"]
    return dim(f"outlast explain {flagged[0]}  shows the sum and the sources") if flagged else ""


def short(purl: str) -> str:
    """A purl as people say it: npm left-pad 1.3.0."""
    return printable(" ".join(filter(None, (type_of(purl), name_of(purl), version_of(purl)))))


def printable(text: str) -> str:
    """`text` with control, bidi and other unprintable characters escaped, so that it cannot steer a terminal."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def _labelled(label: str, text: str) -> Iterator[str]:
    if text:
        yield from block(f"{label:<5} {text}", 2, 8)


def block(text: str, indent: int = 0, hanging: int | None = None) -> list[str]:
    """`text` wrapped to the width, lines after the first indented by `hanging`; bold stays bold."""
    import click

    clean = "".join(char if char.isprintable() or char == "\x1b" else " " for char in text)
    wrapped = textwrap.wrap(
        click.unstyle(clean),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hanging is None else hanging),
        break_on_hyphens=False,
    )
    return [bold(line) for line in wrapped] if clean != click.unstyle(clean) else wrapped


def _width(text: str) -> int:
    import click
    from rich.cells import cell_len

    return cell_len(click.unstyle(text))


def tag(verdict: Verdict) -> str:
    """A verdict as its mark and word, in its colour."""
    return _style(f"{MARKS[verdict]} {verdict.upper()}", fg=COLOURS[verdict] or None, bold=True)


def _mark(verdict: Verdict) -> str:
    return MARKS[verdict]


def bold(text: str) -> str:
    """`text` in bold."""
    return _style(text, bold=True)


def dim(text: str) -> str:
    """`text`, but quieter."""
    return _style(text, dim=True)


def _style(text: str, **how: Any) -> str:
    import click

    return click.style(text, **how)
