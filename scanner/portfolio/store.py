"""The store: one DuckDB file with all runs of a portfolio. What its tables hold is said in schema.sql.

A run is written project by project in transactions, so a killed one leaves what it had got done, and shows up in no
view until it is finished.
"""

import datetime
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from scanner import __version__
from scanner.model import Gap
from scanner.portfolio import database
from scanner.portfolio.parts import chunks
from scanner.portfolio.records import ActorRow, PackageRow, Result, TechnologyRow

BY_PROJECT = ("projects", "components", "uses", "findings", "gaps")
BY_RUN = ("packages", "bindings", "technologies", "actors")
MEMORY = "128MB"
"""What DuckDB may hold while it writes; what is more goes to disk."""
MANY = 4096
"""Rows that are held at a time."""


class Totals(NamedTuple):
    """A run in figures."""

    projects: int
    failed: int
    components: int
    packages: int
    technologies: int
    gaps: int


class Store:
    """The store at `path`, open for writing. Raises UsageError where that cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_new = not path.exists()
        self._db = database.connect(path, read_only=False)
        self._db.execute("SET threads = 1")  # the other cores are the workers'
        self._db.execute(f"SET memory_limit = '{MEMORY}'")
        self.run = 0

    def begin(self, fingerprint: str, day: datetime.date, *, rules: int, offline: bool, resume: bool) -> datetime.date:
        """Start a run, and tell its day.

        With `resume` it is the last one, if that has this fingerprint and is unfinished or of this day.
        """
        query = "SELECT run, day, finished IS NOT NULL, fingerprint FROM runs ORDER BY run DESC LIMIT 1"
        last, last_day, finished, known = self._db.execute(query).fetchone() or (0, day, True, "")
        if resume and known == fingerprint and (not finished or last_day == day):
            self.run, day = last, last_day
            return day
        self.run = last + 1 if finished else last
        with self._transaction():
            self._forget(("runs", *BY_PROJECT, *BY_RUN))
            self._db.execute(BEGIN, [self.run, day, _now(), __version__, rules, fingerprint, offline])
        return day

    def is_finished(self) -> bool:
        """Whether the run that is gone on with was complete."""
        query = "SELECT 1 FROM runs WHERE run = ? AND finished IS NOT NULL"
        return self._db.execute(query, [self.run]).fetchone() is not None

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Projects that this run has already, with their digests."""
        for name, digest in self._rows("SELECT project, digest FROM projects WHERE run = ?"):
            yield name, bytes.fromhex(digest)

    def purls(self) -> Iterator[str]:
        """Packages that this run has already."""
        return (purl for (purl,) in self._rows("SELECT DISTINCT purl FROM components WHERE run = ?"))

    def reopen(self, stale: Sequence[str]) -> None:
        """From now on the run is unfinished, and without these projects."""
        with self._transaction():
            self._db.execute("UPDATE runs SET finished = NULL WHERE run = ?", [self.run])
            for table in BY_PROJECT if stale else ():
                query = f"DELETE FROM {table} WHERE run = ? AND project IN (SELECT unnest(?::VARCHAR[]))"  # noqa: S608 - constants
                self._db.execute(query, [self.run, list(stale)])

    def add(self, results: Iterable[str]) -> None:
        """Results as lines of JSON, all or none of them."""
        with self._transaction():
            database.stage(self._db, list(results), Result)
            self._db.execute(
                """
                INSERT INTO projects BY NAME SELECT
                    ? AS run, project, path, owner, criticality, labels, digest, failed, verdict, score, flagged,
                    custody_known, len(components) AS components, len(uses) AS technologies, len(gaps) AS gaps
                FROM staged""",
                [self.run],
            )
            for table in BY_PROJECT[1:]:
                rows = f"SELECT ? AS run, project, unnest({table}, recursive := true) FROM staged"  # noqa: S608 - constants
                self._db.execute(f"INSERT INTO {table} BY NAME {rows}", [self.run])

    def technologies(self) -> list[str]:
        """Ids of all technologies that some project of the run uses."""
        return [id for (id,) in self._rows("SELECT DISTINCT technology FROM uses WHERE run = ? ORDER BY technology")]

    def finish(
        self,
        packages: Iterable[Sequence[str]],
        technologies: Iterable[TechnologyRow],
        actors: Iterable[ActorRow],
        gaps: Iterable[Gap],
    ) -> None:
        """What is known of the run as a whole, the packages as lines of JSON; with it the run is complete."""
        with self._transaction():
            self._forget(BY_RUN)
        for lines in packages:
            self._describe(lines)
        with self._transaction():
            self._db.execute("DELETE FROM gaps WHERE run = ? AND project IS NULL", [self.run])
            self._insert(TECHNOLOGIES, technologies, TechnologyRow)
            self._insert("INSERT INTO actors BY NAME SELECT $run AS run, * FROM staged", actors, ActorRow)
            self._insert("INSERT INTO gaps BY NAME SELECT $run AS run, * FROM staged", gaps, Gap)
            self._db.execute(FINISH, {"run": self.run, "now": _now()})

    def totals(self) -> Totals:
        """The run in figures, once it is finished."""
        row = self._db.execute(
            """
            SELECT projects, failed, components, packages, technologies,
                (SELECT count(*) FROM gaps WHERE gaps.run = runs.run)
            FROM runs WHERE run = ?""",
            [self.run],
        ).fetchone()
        return Totals(*row) if row else Totals(0, 0, 0, 0, 0, 0)

    def close(self) -> None:
        """Let go of the file; a new one in which no run began is not left behind."""
        self._db.close()
        if self._is_new and not self.run:
            self.path.unlink(missing_ok=True)

    def _describe(self, packages: Sequence[str]) -> None:
        with self._transaction():
            database.stage(self._db, packages, PackageRow)
            self._db.execute(PACKAGES, {"run": self.run})
            self._db.execute(BINDINGS, {"run": self.run})

    def _insert(self, query: str, rows: Iterable[msgspec.Struct], type: type[msgspec.Struct]) -> None:
        for chunk in chunks(rows, MANY):
            database.stage(self._db, [msgspec.json.encode(row).decode() for row in chunk], type)
            self._db.execute(query, {"run": self.run})

    def _forget(self, tables: Iterable[str]) -> None:
        for table in tables:
            self._db.execute(f"DELETE FROM {table} WHERE run = ?", [self.run])  # noqa: S608 - constants

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        cursor = self._db.cursor()
        cursor.execute(query, [self.run])
        while rows := cursor.fetchmany(MANY):
            yield from rows

    def _transaction(self) -> AbstractContextManager[None]:
        return database.transaction(self._db, self.path)


BEGIN = """
INSERT INTO runs (run, day, started, version, rules, fingerprint, offline) VALUES (?, ?, ?, ?, ?, ?, ?)"""
TECHNOLOGIES = """
INSERT INTO technologies BY NAME
SELECT $run AS run, staged.*, used.* EXCLUDE (technology) FROM staged JOIN (
    SELECT technology, max(severity) AS severity, count(*) AS projects, sum(components) AS components
    FROM uses WHERE run = $run GROUP BY technology
) AS used USING (technology)"""
PACKAGES = "INSERT INTO packages BY NAME SELECT $run AS run, * EXCLUDE (bindings) FROM staged"
BINDINGS = """
INSERT INTO bindings
SELECT run, purl, binding.id, binding.relation
FROM (SELECT $run AS run, purl, unnest(bindings) AS binding FROM staged)"""
FINISH = """
UPDATE runs SET finished = $now,
    projects = (SELECT count(*) FROM projects WHERE run = $run),
    failed = (SELECT count(*) FROM projects WHERE run = $run AND failed),
    components = (SELECT count(*) FROM components WHERE run = $run),
    packages = (SELECT count(*) FROM packages WHERE run = $run),
    technologies = (SELECT count(*) FROM technologies WHERE run = $run)
WHERE run = $run"""


def _now() -> datetime.datetime:
    """UTC; SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/) sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).replace(tzinfo=None)
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
