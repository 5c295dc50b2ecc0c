"""What changed between two scans: for a terminal, for a pull request, for machines."""

from collections.abc import Iterator, Sequence

import msgspec

from scanner.assess.difference import Change, Difference
from scanner.model import Scan, Verdict
from scanner.purl import name_of, type_of
from scanner.report.labels import labels
from scanner.report.language import ENGLISH, Words, catalogue
from scanner.report.markdown import code, escape
from scanner.report.text import MARKS, and_more, block, bold, dim, printable

SIGNS = {"added": "+", "removed": "-", "worse": "▼", "better": "▲"}
MOST = 20
"""Packages shown; the JSON has all."""


def json(result: Difference) -> str:
    """Indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def render(result: Difference, new: Scan, format: str, lang: str = "en") -> str:
    """The difference in one of the formats of `outlast diff`."""
    words = catalogue(lang)
    if format == "text":
        return text(result, words)
    if format == "markdown":
        return markdown(result, words)
    return sarif(result, new) if format == "sarif" else json(result)


def sarif(result: Difference, new: Scan) -> str:
    """A SARIF log of the findings that are new, and of nothing else."""
    from scanner.report import render

    return render(msgspec.structs.replace(new, findings=result.findings), "sarif")


def text(result: Difference, words: Words = ENGLISH) -> str:
    """For a terminal of 80 columns."""
    return "\n".join(_text(result, words)) + "\n"


def headline(result: Difference, words: Words = ENGLISH) -> str:
    """The change in one sentence."""
    alone = [change.name for change in result.technologies if change.after == "flagged"]
    gone = [change.name for change in result.technologies if change.way == "removed" and change.before == "flagged"]
    if alone:
        return words.count(
            "One more actor can stop this: {names} has no second source.",
            "{count} technologies without a second source are new: {names}.",
            len(alone),
            names=", ".join(alone),
        )
    if gone:
        return words.count(
            "{names} no longer holds this up alone.",
            "{names} no longer hold this up alone.",
            len(gone),
            names=", ".join(gone),
        )
    if not (result.technologies or result.actors or result.components):
        return words.gettext("Nothing that outlast looks at is different.")
    return words.gettext("No technology without a second source came in.")


def _groups(result: Difference, words: Words) -> Iterator[tuple[str, Sequence[Change]]]:
    yield words.gettext("Technologies"), result.technologies
    yield words.gettext("Actors"), result.actors


def _text(result: Difference, words: Words) -> Iterator[str]:
    yield bold(f"{printable(result.old)} → {printable(result.new)}")
    yield from block(headline(result, words))
    for title, changes in _groups(result, words):
        if changes:
            yield ""
            yield bold(title)
        for change in changes:
            yield from block(_line(change, change.name, words), 2, 4)
    if result.components:
        yield ""
        yield bold(_counts(result.components, words))
        for change in result.components[:MOST]:
            yield from block(_line(change, _package(change), words), 2, 4)
        more = len(result.components) - MOST
        if more > 0:
            left = words.count(
                "and {count} more; --format json lists them all",
                "and {count} more; --format json lists them all",
                more,
            )
            yield dim(f"  {left}")


def _line(change: Change, name: str, words: Words) -> str:
    return f"{SIGNS[change.way]} {name}  {_verdicts(change, words)}  {_message(change, words)}".rstrip()


def markdown(result: Difference, words: Words = ENGLISH) -> str:
    """For a pull request: GitHub Flavored Markdown, https://github.github.com/gfm/"""
    return "\n".join(_markdown(result, words)) + "\n"


def _markdown(result: Difference, words: Words) -> Iterator[str]:
    yield f"### outlast{words.said(': ')}{code(result.old)} → {code(result.new)}"
    yield ""
    yield f"**{escape(headline(result, words))}**"
    for title, changes in _groups(result, words):
        if changes:
            yield from ("", *_head(title, words))
            yield from (_row(change, f"**{escape(change.name)}**", words) for change in changes)
    if result.components:
        yield from ("", f"<details><summary>{_counts(result.components, words)}</summary>", "")
        yield from _head(words.gettext("Package"), words)
        yield from (_row(change, code(_package(change)), words) for change in result.components[:MOST])
        if len(result.components) > MOST:
            yield from ("", and_more(len(result.components) - MOST, words))
        yield from ("", "</details>")


def _head(title: str, words: Words) -> tuple[str, str]:
    others = (words.gettext("Verdict"), words.gettext("Why"), words.gettext("Declared in"))
    return f"| | {' | '.join((title, *others))} |", "|---|---|---|---|---|"


def _row(change: Change, name: str, words: Words) -> str:
    places = ", ".join(
        code(f"{place.path}:{place.line}" if place.line else place.path) for place in change.locations[:2]
    )
    way = f"{SIGNS[change.way]} {labels(words)['way'][change.way]}"
    return f"| {way} | {name} | {_verdicts(change, words)} | {escape(_message(change, words))} | {places} |"


def _message(change: Change, words: Words) -> str:
    """Why, where a package "uses redis" in the reader's language too."""
    return words.said("; ").join(_part(part, words) for part in change.message.split("; "))


def _part(text: str, words: Words) -> str:
    relation, _, id = text.partition(" ")
    known = labels(words)["relation"]
    return f"{known[relation]} {id}" if relation in known and " " not in id else words.said(text)


def _verdicts(change: Change, words: Words) -> str:
    """Before and after as "✔ safe → ✖ flagged", or the one there is; of an actor nothing."""
    marks = [_mark(verdict, words) for verdict in (change.before, change.after) if verdict in MARKS]
    return " → ".join(dict.fromkeys(marks))


def _mark(verdict: str | None, words: Words) -> str:
    known: Verdict = verdict  # type: ignore[assignment]
    return f"{MARKS[known]} {labels(words)['verdict'][known]}"


def _package(change: Change) -> str:
    return printable(f"{type_of(change.id)} {name_of(change.id)}")


def _counts(changes: Sequence[Change], words: Words) -> str:
    counts = {way: sum(change.way == way for change in changes) for way in SIGNS}
    said = ", ".join(f"{words.number(count)} {labels(words)['way'][way]}" for way, count in counts.items() if count)
    return words.say("Packages: {counts}", counts=said)
