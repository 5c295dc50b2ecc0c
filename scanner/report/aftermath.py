"""The day after a loss, and the single points where one would hurt, as text and as JSON."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from scanner.model import Outlook, Scan
from scanner.outlook.backhoe import Aftermath
from scanner.report.text import block, bold, dim, printable, short

MARKS = {"gone": "✖ gone", "degraded": "▲ degraded"}
MOST = 12


def json(result: Aftermath | Outlook) -> str:
    """Indented, in the fixed order of the fields."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def text(result: Aftermath | Outlook, scan: Scan) -> str:
    """For a terminal of 80 columns."""
    lines = _aftermath(result, scan) if isinstance(result, Aftermath) else _outlook(result, scan)
    return "\n".join(lines) + "\n"


def _aftermath(result: Aftermath, scan: Scan) -> Iterator[str]:
    names = {technology.id: technology.name for technology in scan.technologies}
    actors = {actor.id: actor.name for actor in scan.actors}
    yield from block(bold(f"Lost: {', '.join(result.lost)}"))
    if result.actors:
        yield from block(f"with it {_some([actors[id] for id in result.actors])}", 2)
    for service in result.services:
        state = f"✖ falls, by {', '.join(names[id] for id in service.by)}" if service.falls else "✔ stands"
        yield from block(f"{printable(service.service)} ({service.criticality}): {state}", 2, 4)
    for fate, mark in MARKS.items():
        rows = [row for row in result.technologies if row.fate == fate]
        if rows:
            yield ""
            yield bold(f"{mark}: {len(rows)} of {len(result.technologies)} technologies")
        for row in rows:
            left = f" Left: {_some(row.survivors)}." if row.survivors else ""
            yield from block(f"{names[row.technology]}: {row.because}.{left}", 2, 4)
    untouched = sum(row.fate == "untouched" for row in result.technologies)
    yield ""
    yield f"✔ untouched: {untouched} of {len(result.technologies)} technologies"
    yield from _packages("Stops with what is gone", result.components_stopped)
    yield from _packages("Could no longer be installed or updated", result.not_installable)


def _packages(what: str, purls: tuple[str, ...]) -> Iterator[str]:
    if purls:
        yield ""
        yield bold(f"{what}: {len(purls):,} package{'s' * (len(purls) != 1)}")
        yield from block(_some([short(purl) for purl in purls]), 2)


def _outlook(result: Outlook, scan: Scan) -> Iterator[str]:
    names = {technology.id: technology.name for technology in scan.technologies}
    actors = {actor.id: actor.name for actor in scan.actors}
    yield bold(f"Single points of failure in {printable(scan.project.name)}: {len(result.single_points)}")
    for point in result.single_points:
        what = ", ".join(names[id] for id in point.technologies)
        packages = f"{point.components} component{'s' * (point.components != 1)}"
        yield from block(f"{actors[point.actor]}: {what}  (severity {point.severity}, {packages})", 2, 4)
    for service, cuts in groupby(result.cuts, key=lambda cut: cut.service):
        yield ""
        yield bold(f"{printable(service)} stops with the loss of")
        for cut in cuts:
            who = " and ".join(actors[id] for id in cut.actors)
            yield from block(f"{who}: by {', '.join(names[id] for id in cut.technologies)}", 2, 4)
    for by, found in result.concentration.items():
        yield ""
        yield f"Concentration by {by}: {found.index:,} of 10,000, {found.band}"
        shares = (f"{actors.get(share.name, share.name)} {share.share:.0%}" for share in found.shares[:MOST])
        yield from block(", ".join(shares), 2)
    if result.single_points:
        yield ""
        yield dim(f"outlast backhoe --lose actor:{result.single_points[0].actor}  shows what falls with it")


def _some(items: Iterable[str]) -> str:
    items = list(items)
    more = len(items) - MOST
    return ", ".join(items[:MOST]) + (f" and {more:,} more" if more > 0 else "")
