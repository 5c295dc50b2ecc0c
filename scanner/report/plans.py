"""The exit plan, the funding plan and the register as text for a terminal of 80 columns, and as JSON."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from scanner.model import Risk, Scan, Value
from scanner.outlook.exits import Step
from scanner.outlook.funding import Grant
from scanner.report.labels import labels
from scanner.report.language import ENGLISH, Words
from scanner.report.text import MARKS, block, bold, components, dim, printable
from scanner.report.translate import translated


def json(rows: Sequence[Value]) -> str:
    """Indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def exits(steps: Sequence[Step], words: Words = ENGLISH) -> str:
    """Most risk reduced per effort first."""
    head = bold(words.gettext("Leave first what reduces most risk per effort"))
    return _text([head, *_joined(_exit(step, words) for step in steps)])


def funding(grants: Sequence[Grant], budget: int, words: Words = ENGLISH) -> str:
    """Largest grant first, with the weights."""
    head = words.count(
        "{budget} over {count} commons, by severity x (1 + log2(1 + components))",
        "{budget} over {count} commons, by severity x (1 + log2(1 + components))",
        len(grants),
        budget=words.number(budget),
    )
    return _text([*block(bold(head)), *_joined(_grant(grant, words) for grant in grants)])


def before_and_after(before: Scan, after: Scan, choices: dict[str, str], words: Words = ENGLISH) -> str:
    """The register's totals and rows as they are, and as they would be."""
    chosen = ", ".join(f"{old} → {new}" for old, new in choices.items())
    lines = [
        *block(bold(words.say("After {choices}", choices=chosen))),
        "",
        *block(_total(words.gettext("now"), before, words), 2, 4),
        *block(_total(words.gettext("then"), after, words), 2, 4),
        "",
        bold(words.gettext("The register as it would be")),
    ]
    return _text([*lines, *register(translated(after, words).register, words)])


def register(risks: Iterable[Risk], words: Words = ENGLISH) -> Iterator[str]:
    """A row each: residual and raw risk, and the sum."""
    for risk in risks:
        product = f"{risk.severity}×{risk.likelihood}×{risk.difficulty}"
        left = words.say("{residual} of {raw}", residual=f"{risk.residual:>4}", raw=f"{risk.raw:<3}")
        yield from block(f"{left} {product}  {risk.failure_mode}  ({labels(words)['risk'][risk.band]})", 0, 17)


def _exit(step: Step, words: Words) -> Iterator[str]:
    ways = ", ".join(f"{item.name} {MARKS[item.verdict]}" for item in step.alternatives)  # type: ignore[index]
    gain = words.say(
        "risk {residual}, reduced by {reduced} at effort {effort}: {gain}",
        residual=step.residual, reduced=step.reduced, effort=step.effort, gain=f"{step.gain:g}",
    )  # fmt: skip
    colon = words.said(": ")
    difficulty = labels(words)["difficulty"][step.difficulty]
    yield bold(printable(step.name))
    yield from block(gain, 2)
    yield from block(f"{difficulty}{colon}{ways or words.gettext('no way out is known')}", 2, 4)
    if step.compatible_with:
        yield from block(words.say("compatible now: {names}", names=", ".join(step.compatible_with)), 2, 4)
    yield from block(words.say("first: {step}", step=words.said(step.first_step)), 2, 4)


def _grant(grant: Grant, words: Words) -> Iterator[str]:
    yield from block(f"{words.number(grant.amount):>8}  {grant.name}", 0, 10)
    facts = words.say(
        "severity {severity}, {components}, weight {weight}",
        severity=grant.severity, components=components(grant.components, words), weight=f"{grant.weight:g}",
    )  # fmt: skip
    yield from block(facts, 10)
    yield dim(f"          {printable(grant.url)}")


def _total(when: str, scan: Scan, words: Words) -> str:
    stops = len({id for point in scan.outlook.single_points for id in point.technologies})
    return words.say(
        "{when} {verdict}, score {score}; residual risk {residual}; no second source: {stops}",
        when=f"{when:<5}",
        verdict=labels(words)["verdict"][scan.summary.verdict],
        score=words.gettext("unknown") if scan.summary.score is None else scan.summary.score,
        residual=sum(risk.residual for risk in scan.register),
        stops=stops,
    )


def _joined(groups: Iterable[Iterator[str]]) -> Iterator[str]:
    for group in groups:
        yield ""
        yield from group


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
