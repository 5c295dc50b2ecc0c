"""The exit plan, the funding plan and the register as text for a terminal of 80 columns, and as JSON."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from scanner.model import Risk, Scan, Value
from scanner.outlook.exits import Step
from scanner.outlook.funding import Grant
from scanner.report.text import MARKS, block, bold, dim


def json(rows: Sequence[Value]) -> str:
    """Indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def exits(steps: Sequence[Step]) -> str:
    """Most risk reduced per effort first."""
    return _text([bold("Leave first what reduces most risk per effort"), *_joined(map(_exit, steps))])


def funding(grants: Sequence[Grant], budget: int) -> str:
    """Largest grant first, with the weights."""
    head = f"{budget:,} over {len(grants)} commons, by severity x (1 + log2(1 + components))"
    return _text([*block(bold(head)), *_joined(map(_grant, grants))])


def before_and_after(before: Scan, after: Scan, choices: dict[str, str]) -> str:
    """The register's totals and rows as they are, and as they would be."""
    chosen = ", ".join(f"{old} → {new}" for old, new in choices.items())
    lines = [*block(bold(f"After {chosen}")), "", _total("now", before), _total("then", after), ""]
    return _text([*lines, bold("The register as it would be"), *register(after.register)])


def register(risks: Iterable[Risk]) -> Iterator[str]:
    """A row each: residual and raw risk, and the sum."""
    for risk in risks:
        product = f"{risk.severity}×{risk.likelihood}×{risk.difficulty}"
        yield from block(f"{risk.residual:>4} of {risk.raw:<3} {product}  {risk.failure_mode}  ({risk.band})", 0, 17)


def _exit(step: Step) -> Iterator[str]:
    ways = ", ".join(f"{item.name} {MARKS[item.verdict]}" for item in step.alternatives) or "no way out is known"  # type: ignore[index]
    gain = f"risk {step.residual}, reduced by {step.reduced} at effort {step.effort}: {step.gain:g}"
    yield bold(step.name)
    yield from block(f"{gain}", 2)
    yield from block(f"{step.difficulty}: {ways}", 2, 4)
    if step.compatible_with:
        yield from block(f"compatible now: {', '.join(step.compatible_with)}", 2, 4)
    yield from block(f"first: {step.first_step}", 2, 4)


def _grant(grant: Grant) -> Iterator[str]:
    yield from block(f"{grant.amount:>8,}  {grant.name}", 0, 10)
    yield from block(f"severity {grant.severity}, {grant.components} components, weight {grant.weight:g}", 10)
    yield dim(f"          {grant.url}")


def _total(when: str, scan: Scan) -> str:
    stops = len({id for point in scan.outlook.single_points for id in point.technologies})
    residual = sum(risk.residual for risk in scan.register)
    score = "unknown" if scan.summary.score is None else str(scan.summary.score)
    return f"  {when:<5} {scan.summary.verdict}, score {score}; residual risk {residual}; no second source: {stops}"


def _joined(groups: Iterable[Iterator[str]]) -> Iterator[str]:
    for group in groups:
        yield ""
        yield from group


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
