"""Questions to a store, each answered with a table. They open it to read, and open nothing else."""

import datetime
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scanner.errors import UsageError
from scanner.outlook.funding import Grant, spread
from scanner.portfolio import database
from scanner.portfolio.store import Totals

MANY = 1024
"""Rows that are held at a time."""
TOP = {"actors": "top_actors", "technologies": "top_technologies", "packages": "top_packages"}
TOTALS = """
SELECT projects, failed, components, packages, technologies, (SELECT count(*) FROM latest_gaps) FROM latest"""
RUNS = (
    "SELECT run, day::VARCHAR AS day, projects, failed, components, packages, technologies, flagged, score FROM trends"
)


class Table(NamedTuple):
    """An answer: the rows come as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Questions:
    """The store at `path`, to be asked. Raises UsageError where it cannot be, or has no finished run yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = database.connect(path, read_only=True)
        found = self._db.execute("SELECT run FROM latest").fetchone()
        if found is None:
            self._db.close()
            raise UsageError(f"{path}: no run is finished yet; `outlast batch … --resume` goes on")
        self.run: int = found[0]
        self._locked = False

    def query(self, sql: str) -> Table:
        """Any query. Files and the network are out of its reach."""
        if not self._locked:
            self._db.execute("SET enable_external_access = false")
            self._db.execute("SET lock_configuration = true")
            self._locked = True
        with database.complaints(self.path):
            table = self.table(sql)

        def rows() -> Iterator[tuple[Any, ...]]:
            with database.complaints(self.path):
                yield from table.rows

        return Table(table.columns, rows())

    def table(self, sql: str, *values: object) -> Table:
        """What a query of ours finds."""
        cursor = self._db.cursor()
        cursor.execute(sql, list(values))
        columns = tuple(column[0] for column in cursor.description or ())

        def rows() -> Iterator[tuple[Any, ...]]:
            while found := cursor.fetchmany(MANY):
                yield from found

        return Table(columns, rows())

    def top(self, what: str, limit: int) -> Table:
        """Actors, technologies or packages, those first on which most projects hang."""
        return self.table(f"SELECT * FROM {TOP[what]} LIMIT ?", limit)  # noqa: S608 - of TOP

    def totals(self) -> Totals:
        """The last run in figures."""
        return Totals(*next(self.table(TOTALS).rows))

    def runs(self) -> Table:
        """Every finished run."""
        return self.table(RUNS)

    def who_uses(self, subject: str) -> Table:
        """The projects that use a technology (its id or name) or have a package (its purl, with or without version).

        Raises UsageError where nobody does, naming what comes near.
        """
        if subject.startswith("pkg:"):
            query, known, value = (
                PACKAGE_USERS,
                "SELECT DISTINCT split_part(purl, '@', 1) FROM latest_packages",
                subject,
            )
        else:
            query, known, value = TECHNOLOGY_USERS, "SELECT technology FROM latest_technologies", subject.lower()
        table = self.table(query, value)
        first = next(table.rows, None)
        if first is None:
            raise UsageError(f"no project uses {subject}{self._near(value, known)}")
        return Table(table.columns, _with(first, table.rows))

    def changed(self, since: str) -> Table:
        """What is different in the last run from the one with this number, or from the last one up to this day."""
        return self.table(CHANGED, self._before(since), self.run)

    def funding(self, budget: int) -> tuple[Grant, ...]:
        """A budget spread over the commons that the portfolio relies on, as scanner.outlook.funding spreads it."""
        uses = self.table(COMMONS)
        weights: dict[str, float] = {}
        for technology, severity, components, count in uses.rows:
            weights[technology] = weights.get(technology, 0) + count * severity * (1 + math.log2(1 + components))
        amounts, total = spread(budget, weights), math.fsum(weights.values())
        table = self.table(PLACES)
        places: dict[str, Any] = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
        grants = [
            Grant(amount=amounts[id], share=round(weight / total, 4), weight=round(weight, 2), **places[id])
            for id, weight in weights.items()
        ]
        return tuple(sorted(grants, key=lambda grant: (-grant.amount, -grant.weight, grant.technology)))

    def export(self, folder: Path, format: str) -> list[Path]:
        """Every table as Parquet files or CSV."""
        from scanner.portfolio.export import export

        return export(self._db, folder, format)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _before(self, since: str) -> int:
        """The run to compare with."""
        query = "SELECT max(run) FROM trends WHERE run = ?"
        value: int | datetime.date
        try:
            value = int(since) if since.isdigit() else datetime.date.fromisoformat(since)
        except ValueError as error:
            raise UsageError(f"--since {since}: wants the number of a run, or a day such as 2026-10-31") from error
        if isinstance(value, datetime.date):
            query = "SELECT max(run) FROM trends WHERE day <= ?"
        found = self._db.execute(query, [value]).fetchone()
        if found is None or found[0] is None:
            known = ", ".join(
                f"{run} of {day}" for run, day in self._db.execute("SELECT run, day FROM trends").fetchall()
            )
            raise UsageError(f"--since {since}: no such run; there are {known}")
        return int(found[0])

    def _near(self, word: str, query: str) -> str:
        from difflib import get_close_matches

        found = get_close_matches(word, [name for (name,) in self._db.execute(query).fetchall()], n=3)
        return f"; did you mean {', '.join(found)}?" if found else ""


def _with(first: tuple[Any, ...], rest: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    yield first
    yield from rest


TECHNOLOGY_USERS = """
SELECT
    project, latest_projects.owner, criticality, uses.severity, uses.components, uses.residual AS risk, uses.location,
    uses.why
FROM latest_uses AS uses JOIN latest_projects USING (project) JOIN latest_technologies AS used USING (technology)
WHERE technology = $1 OR lower(used.name) = $1
ORDER BY uses.severity DESC, uses.components DESC, project"""
PACKAGE_USERS = """
SELECT project, owner, criticality, purl, scope, direct, components.verdict, severity
FROM latest_components AS components JOIN latest_projects USING (project)
WHERE purl = $1 OR starts_with(purl, $1 || '@') OR starts_with(purl, $1 || '?')
ORDER BY severity DESC, project, purl"""
CHANGED = """
WITH
    old_projects AS (SELECT * FROM projects WHERE run = $1), new_projects AS (SELECT * FROM projects WHERE run = $2),
    old AS (SELECT * FROM technologies WHERE run = $1), new AS (SELECT * FROM technologies WHERE run = $2),
    old_flagged AS (
        SELECT project, technology, uses.severity FROM uses JOIN technologies AS held USING (run, technology)
        WHERE run = $1 AND verdict = 'flagged'
    ),
    new_flagged AS (
        SELECT project, technology, uses.severity FROM uses JOIN technologies AS held USING (run, technology)
        WHERE run = $2 AND verdict = 'flagged'
    )
SELECT * FROM (
SELECT 'project' AS what, project AS subject, old_projects.verdict AS before, new_projects.verdict AS after
FROM old_projects FULL JOIN new_projects USING (project)
WHERE old_projects.verdict IS DISTINCT FROM new_projects.verdict
UNION ALL
SELECT 'verdict', technology, old.verdict, new.verdict
FROM old JOIN new USING (technology) WHERE old.verdict <> new.verdict
UNION ALL
SELECT 'users', technology, coalesce(old.projects, 0)::VARCHAR, coalesce(new.projects, 0)::VARCHAR
FROM old FULL JOIN new USING (technology) WHERE old.projects IS DISTINCT FROM new.projects
UNION ALL
SELECT 'flagged use', project || ': ' || technology, if(old_flagged.severity IS NULL, NULL, 'yes'),
    if(new_flagged.severity IS NULL, NULL, 'yes')
FROM old_flagged FULL JOIN new_flagged USING (project, technology)
WHERE (old_flagged.severity IS NULL) <> (new_flagged.severity IS NULL)
    AND project IN (SELECT project FROM old_projects) AND project IN (SELECT project FROM new_projects)
)
ORDER BY list_position(['verdict', 'project', 'users', 'flagged use'], what),
    if(what = 'users', -abs(try_cast(after AS INTEGER) - try_cast(before AS INTEGER)), 0), subject"""
COMMONS = """
SELECT technology, uses.severity, uses.components, count(*)
FROM latest_uses AS uses JOIN latest_technologies AS held USING (technology)
WHERE held.funding IS NOT NULL AND held.verdict <> 'flagged'
GROUP BY ALL ORDER BY ALL"""
PLACES = """
SELECT technology, name, severity, components, projects, funding AS url, record::JSON->>'$.funding[0].kind' AS kind
FROM latest_technologies WHERE funding IS NOT NULL"""
