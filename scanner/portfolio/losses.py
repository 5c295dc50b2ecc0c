"""The backhoe over a portfolio: which projects fall with an actor, a jurisdiction, a registry or a technology.

A project is to the portfolio what a service is to a project: it falls with a technology that it uses at run time.
Its packages are looked at by the set of technologies they bind to, of which there are few.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from scanner.assess.summary import summarise
from scanner.model import SCHEMA_VERSION, Actor, Assessed, Binding, Criticality, Project, Scan, Technology, Tool
from scanner.outlook import outlook
from scanner.outlook.backhoe import Aftermath, backhoe
from scanner.portfolio.questions import Questions

_TECHNOLOGY = msgspec.json.Decoder(Technology)
FALLEN_COLUMNS = ("project", "owner", "criticality", "by")
WORKSHOP = ("registry", "forge")
"""A project that runs does not stop when it can no longer be updated."""


class Fallen(NamedTuple):
    """A project that falls, and by which technologies."""

    project: str
    owner: str
    criticality: Criticality | None
    by: tuple[str, ...]


class Loss(NamedTuple):
    """What a loss does to the portfolio."""

    aftermath: Aftermath
    projects: int
    vital: int
    important: int
    packages_stopped: int
    packages_cut_off: int
    """They could no longer be fetched or updated."""


class Portfolio:
    """The last run of a store, as something to lose things in."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self.scan, self._packages = _scan(questions)
        self._users, self._grades = self._masks()
        self.projects: int = next(questions.table("SELECT count(*) FROM latest_projects").rows)[0]
        self.names = {item.id: item.name for item in self.scan.technologies}
        """Of technologies, and of actors."""
        self.names |= {actor.id: actor.name for actor in self.scan.actors}

    def lose(self, losses: Sequence[str]) -> Loss:
        """What is gone without these. Raises UsageError for a loss that the portfolio does not know."""
        aftermath = backhoe(self.scan, losses)
        fallen = self._fallen(aftermath)
        return Loss(
            aftermath,
            fallen.bit_count(),
            (fallen & self._grades["vital"]).bit_count(),
            (fallen & self._grades["important"]).bit_count(),
            sum(self._packages[purl] for purl in aftermath.components_stopped),
            sum(self._packages[purl] for purl in aftermath.not_installable),
        )

    def fallen(self, aftermath: Aftermath) -> Iterator[Fallen]:
        """The projects that fall, the vital first."""
        gone = self._gone(aftermath)
        for project, owner, criticality, technologies in self._questions.table(FALLEN, sorted(gone)).rows:
            yield Fallen(project, owner, criticality, tuple(technologies))

    def most_used(self, technology: str) -> tuple[int, str]:
        """Sorts technologies by the projects that use them at run time, the most first."""
        return -self._users.get(technology, 0).bit_count(), technology

    def _fallen(self, aftermath: Aftermath) -> int:
        fallen = 0
        for technology in self._gone(aftermath):
            fallen |= self._users.get(technology, 0)
        return fallen

    def _gone(self, aftermath: Aftermath) -> set[str]:
        kinds = {technology.id: technology.kind for technology in self.scan.technologies}
        return {
            row.technology
            for row in aftermath.technologies
            if row.fate == "gone" and kinds[row.technology] not in WORKSHOP
        }

    def _masks(self) -> tuple[dict[str, int], dict[str, int]]:
        """Projects as bits: those that use a technology at run time, and those of a criticality."""
        users: dict[str, bytearray] = {}
        grades = {"vital": 0, "important": 0, "ordinary": 0}
        numbers: dict[str, int] = {}
        rows = self._questions.table("SELECT project, criticality FROM latest_projects ORDER BY project").rows
        for number, (project, criticality) in enumerate(rows):
            numbers[project] = number
            if criticality:
                grades[criticality] |= 1 << number
        for project, technology in self._questions.table(AT_RUN_TIME).rows:
            mask = users.setdefault(technology, bytearray(len(numbers) // 8 + 1))
            mask[numbers[project] // 8] |= 1 << numbers[project] % 8
        return {id: int.from_bytes(mask, "little") for id, mask in users.items()}, grades


def _scan(questions: Questions) -> tuple[Scan, dict[str, int]]:
    """The portfolio in the shape of a scan, with one package for all that bind to the same, and how many these are."""
    groups = list(questions.table(GROUPS).rows)
    technologies = tuple(
        msgspec.structs.replace(_TECHNOLOGY.decode(record), severity=severity)
        for record, severity in questions.table(
            "SELECT record, severity FROM latest_technologies ORDER BY technology"
        ).rows
    )
    actors = tuple(
        Actor(id=id, name=name, kind=kind, jurisdiction=seat, parent=parent, owner=owner, technologies=())
        for id, name, kind, seat, parent, owner in questions.table("SELECT * FROM latest_actors ORDER BY actor").rows
    )
    scan = Scan(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="outlast", version="", rules=0, generated="", offline=False),
        project=Project(name=questions.path.stem, path=str(questions.path)),
        sources=(),
        summary=summarise(technologies, ()),
        findings=(),
        technologies=technologies,
        actors=actors,
        components=tuple(_component(purl, bindings) for purl, bindings, _ in groups),
        outlook=outlook(technologies, actors),
        gaps=(),
    )
    return scan, {purl: count for purl, _, count in groups}


def _component(purl: str, bindings: Sequence[str]) -> Assessed:
    pairs = (text.split(" ") for text in bindings)
    bound = tuple(Binding(id=id, relation=relation) for id, relation in pairs)  # type: ignore[arg-type]
    return Assessed(purl=purl, name=purl, technologies=bound)


GROUPS = """
SELECT min(purl), bindings, count(*)
FROM (
    SELECT purl, list(technology || ' ' || relation ORDER BY technology, relation) AS bindings
    FROM latest_bindings GROUP BY purl
)
GROUP BY split_part(purl, '/', 1), bindings ORDER BY 1"""
TECHNOLOGIES = "SELECT record, severity FROM latest_technologies ORDER BY technology"
AT_RUN_TIME = "SELECT project, technology FROM latest_uses WHERE severity > 1"
FALLEN = """
SELECT project, owner, criticality, list(technology ORDER BY technology)
FROM latest_uses AS uses JOIN latest_projects USING (project)
WHERE uses.severity > 1 AND list_contains($1, technology)
GROUP BY project, owner, criticality
ORDER BY coalesce(list_position(['vital', 'important', 'ordinary'], criticality), 4), project"""
