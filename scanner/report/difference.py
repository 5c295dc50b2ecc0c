"""What changed between two scans: for a terminal, for a pull request, for machines."""

from collections.abc import Iterator, Sequence

import msgspec

from scanner.assess.difference import Change, Difference
from scanner.model import Scan, Verdict
from scanner.purl import name_of, type_of
from scanner.report.markdown import code, escape
from scanner.report.text import MARKS, block, bold, dim, printable

SIGNS = {"added": "+", "removed": "-", "worse": "▼", "better": "▲"}
MOST = 20
"""Packages shown; the JSON has all."""


def json(result: Difference) -> str:
    """Indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def sarif(result: Difference, new: Scan) -> str:
    """A SARIF log of the findings that are new, and of nothing else."""
    from scanner.report import render

    return render(msgspec.structs.replace(new, findings=result.findings), "sarif")


def text(result: Difference) -> str:
    """For a terminal of 80 columns."""
    return "\n".join(_text(result)) + "\n"


def headline(result: Difference) -> str:
    """The change in one sentence."""
    alone = [change for change in result.technologies if change.after == "flagged"]
    gone = [change for change in result.technologies if change.way == "removed" and change.before == "flagged"]
    if alone:
        names = ", ".join(change.name for change in alone)
        return (
            f"One more actor can stop this: {names} has no second source."
            if len(alone) == 1
            else (f"{len(alone)} technologies without a second source are new: {names}.")
        )
    if gone:
        return f"{', '.join(change.name for change in gone)} no longer hold{'s' * (len(gone) == 1)} this up alone."
    if not (result.technologies or result.actors or result.components):
        return "Nothing that outlast looks at is different."
    return "No technology without a second source came in."


def _text(result: Difference) -> Iterator[str]:
    yield bold(f"{printable(result.old)} → {printable(result.new)}")
    yield from block(headline(result))
    for title, changes in (("Technologies", result.technologies), ("Actors", result.actors)):
        if changes:
            yield ""
            yield bold(title)
        for change in changes:
            yield from block(f"{SIGNS[change.way]} {change.name}  {_verdicts(change)}  {change.message}".rstrip(), 2, 4)
    if result.components:
        yield ""
        yield bold(f"Packages: {_counts(result.components)}")
        for change in result.components[:MOST]:
            yield from block(
                f"{SIGNS[change.way]} {_package(change)}  {_verdicts(change)}  {change.message}".rstrip(), 2, 4
            )
        if len(result.components) > MOST:
            yield dim(f"  and {len(result.components) - MOST:,} more; --format json lists them all")


def markdown(result: Difference) -> str:
    """For a pull request: GitHub Flavored Markdown, https://github.github.com/gfm/"""
    return "\n".join(_markdown(result)) + "\n"


def _markdown(result: Difference) -> Iterator[str]:
    yield f"### outlast: {code(result.old)} → {code(result.new)}"
    yield ""
    yield f"**{escape(headline(result))}**"
    for title, changes in (("Technologies", result.technologies), ("Actors", result.actors)):
        if changes:
            yield from ("", f"| | {title} | Verdict | Why | Declared in |", "|---|---|---|---|---|")
            yield from (_row(change, f"**{escape(change.name)}**") for change in changes)
    if result.components:
        yield from ("", f"<details><summary>Packages: {_counts(result.components)}</summary>", "")
        yield from ("| | Package | Verdict | Why | Declared in |", "|---|---|---|---|---|")
        yield from (_row(change, code(_package(change))) for change in result.components[:MOST])
        if len(result.components) > MOST:
            yield from ("", f"and {len(result.components) - MOST:,} more")
        yield from ("", "</details>")


def _row(change: Change, name: str) -> str:
    places = ", ".join(
        code(f"{place.path}:{place.line}" if place.line else place.path) for place in change.locations[:2]
    )
    return f"| {SIGNS[change.way]} {change.way} | {name} | {_verdicts(change)} | {escape(change.message)} | {places} |"


def _verdicts(change: Change) -> str:
    """Before and after as "✔ safe → ✖ flagged", or the one there is; of an actor nothing."""
    marks = [_mark(verdict) for verdict in (change.before, change.after) if verdict in MARKS]
    return " → ".join(dict.fromkeys(marks))


def _mark(verdict: str | None) -> str:
    known: Verdict = verdict  # type: ignore[assignment]
    return f"{MARKS[known]} {known}"


def _package(change: Change) -> str:
    return printable(f"{type_of(change.id)} {name_of(change.id)}")


def _counts(changes: Sequence[Change]) -> str:
    counts = {way: sum(change.way == way for change in changes) for way in ("added", "removed", "worse", "better")}
    return ", ".join(f"{count} {way}" for way, count in counts.items() if count)
