"""A portfolio for a terminal of 80 columns: a run in figures, and what a loss does to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from scanner.outlook.backhoe import Aftermath
from scanner.report.text import block, bold, dim, printable

MOST = 20


class Totals(Protocol):
    """A run in figures."""

    @property
    def projects(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def components(self) -> int: ...
    @property
    def packages(self) -> int: ...
    @property
    def technologies(self) -> int: ...
    @property
    def gaps(self) -> int: ...


class Loss(Protocol):
    """What a loss does."""

    @property
    def aftermath(self) -> Aftermath: ...
    @property
    def projects(self) -> int: ...
    @property
    def vital(self) -> int: ...
    @property
    def packages_stopped(self) -> int: ...
    @property
    def packages_cut_off(self) -> int: ...


def summary(totals: Totals, actors: Iterable[Sequence[Any]]) -> str:
    """What a run found; `actors` are rows of the view top_actors."""
    return "\n".join(_summary(totals, actors)) + "\n"


def _summary(totals: Totals, actors: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield bold(f"{_counted(totals.projects, 'project')}, {_counted(totals.technologies, 'technology')}")
    yield f"{_counted(totals.components, 'component')} of {_counted(totals.packages, 'package')}"
    rows = [row for row in actors if row[3]]
    if rows:
        yield ""
        yield bold("Without them projects stop")
    for _, name, seat, stopped, _, flagged, *_ in rows:
        country = f" ({seat})" if seat else ""
        yield from block(f"{stopped:>8,}  {name}{country}, by {_counted(flagged, 'technology')}", 0, 10)
    if totals.failed or totals.gaps:
        yield ""
        yield bold("Not looked at")
        if totals.failed:
            yield f"{totals.failed:>8,}  {'project' if totals.failed == 1 else 'projects'}"
        yield f"{totals.gaps:>8,}  {'gap' if totals.gaps == 1 else 'gaps'} in all"
        yield dim('outlast portfolio query "SELECT * FROM latest_gaps"  lists them')


def loss(found: Loss, fallen: Iterable[Sequence[Any]], names: Mapping[str, str], projects: int) -> str:
    """What a loss does; `names` are those of technologies and actors, `projects` how many there are."""
    return "\n".join(_loss(found, fallen, names, projects)) + "\n"


def _loss(found: Loss, fallen: Iterable[Sequence[Any]], names: Mapping[str, str], projects: int) -> Iterator[str]:
    aftermath = found.aftermath
    yield from block(bold(f"Lost: {', '.join(aftermath.lost)}"))
    if aftermath.actors:
        yield from block(f"with it {_some([names[id] for id in aftermath.actors])}", 2)
    yield ""
    vital = f", {found.vital:,} of them vital" if found.vital else ""
    yield bold(f"{found.projects:,} of {_counted(projects, 'project')} fall{vital}")
    for project, owner, criticality, by in islice(fallen, MOST):
        about = ", ".join(filter(None, (criticality, owner)))
        yield from block(f"✖ {project}{f' ({about})' if about else ''}: {_some([names[id] for id in by])}", 2, 4)
    if found.projects > MOST:
        yield dim(f"  and {found.projects - MOST:,} more; --format csv lists them all")
    for fate, mark in (("gone", "✖"), ("degraded", "▲")):
        rows = [names[row.technology] for row in aftermath.technologies if row.fate == fate]
        if rows:
            yield ""
            yield bold(f"{mark} {fate}: {len(rows):,} of {_counted(len(aftermath.technologies), 'technology')}")
            yield from block(_some(rows), 2)
    yield ""
    yield f"{_counted(found.packages_stopped, 'package')} stop with what is gone"
    yield f"{_counted(found.packages_cut_off, 'package')} could no longer be installed or updated"


def _counted(count: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _some(items: Sequence[str]) -> str:
    more = len(items) - MOST
    return printable(", ".join(items[:MOST])) + (f" and {more:,} more" if more > 0 else "")
