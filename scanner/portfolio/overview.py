"""The last run of a store as its report shows it: the rows of every page, out of a few queries."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from scanner.model import Technology
from scanner.outlook.funding import Grant
from scanner.portfolio.losses import Portfolio
from scanner.portfolio.questions import RUNS, Questions
from scanner.report.portfolio.view import (
    ActorLine,
    ChangeLine,
    CommonsLine,
    GapLine,
    LossLine,
    ProjectLine,
    RunLine,
    TechnologyLine,
    View,
)  # fmt: skip

V = TypeVar("V", bound=msgspec.Struct)
WHOLE = 1_000_000
"""What shares of the funding are counted in."""
MOST_CHANGES = 200
CODE = 2
"""Letters of an ISO 3166-1 alpha-2 code."""


def overview(questions: Questions) -> View:
    """Everything that the report shows."""
    portfolio = Portfolio(questions)
    version, rules, offline = next(questions.table("SELECT version, rules, offline FROM latest").rows)
    technologies = _technologies(questions, portfolio)
    places = {technology.id: place for place, technology in enumerate(technologies)}
    return View(
        name=questions.path.name.removesuffix(".duckdb"),
        version=version,
        rules=rules,
        offline=offline,
        runs=tuple(_lines(questions, RUNS, RunLine)),
        verdicts=dict(questions.table(VERDICTS).rows),
        technologies_by_verdict=dict(questions.table(TECHNOLOGY_VERDICTS).rows),
        custody_known=next(questions.table("SELECT count(*) FROM latest_packages WHERE custody <> 'unknown'").rows)[0],
        actors=tuple(_lines(questions, ACTORS, ActorLine)),
        technologies=technologies,
        projects=tuple(_projects(questions, places)),
        losses=_losses(portfolio, _single_points(portfolio)),
        jurisdictions=_losses(portfolio, _jurisdictions(portfolio)),
        changes=_changes(questions),
        gaps=tuple(_lines(questions, GAPS, GapLine)),
        commons=tuple(_commons(grant) for grant in questions.funding(WHOLE)),
    )


def _lines(questions: Questions, query: str, type: type[V]) -> Iterable[V]:
    """Rows as values; the columns are called like the fields."""
    table = questions.table(query)
    for row in table.rows:
        yield msgspec.convert(dict(zip(table.columns, row, strict=True)), type, builtin_types=(), strict=False)


def _technologies(questions: Questions, portfolio: Portfolio) -> tuple[TechnologyLine, ...]:
    records = {technology.id: technology for technology in portfolio.scan.technologies}
    return tuple(_technology(row, records[row[0]]) for row in questions.table(TECHNOLOGIES).rows)


def _technology(row: tuple[Any, ...], record: Technology) -> TechnologyLine:
    id, owner, projects, components, way_out = row
    return TechnologyLine(
        id=id,
        name=record.name,
        kind=record.kind,
        verdict=record.verdict,
        score=record.score,
        owner=owner,
        severity=record.severity,
        projects=projects,
        components=components,
        difficulty=record.exit.difficulty,
        summary=record.summary,
        way_out=way_out,
        how=record.exit.how,
    )


def _projects(questions: Questions, places: dict[str, int]) -> Iterator[ProjectLine]:
    table = questions.table(PROJECTS)
    for row in table.rows:
        fields: dict[str, Any] = dict(zip(table.columns, row, strict=True))
        used = fields.pop("used") or ()
        yield ProjectLine(**fields, technologies=tuple(places[id] for id in used))


def _commons(grant: Grant) -> CommonsLine:
    return CommonsLine(
        technology=grant.technology,
        name=grant.name,
        share=grant.share,
        projects=grant.projects,
        severity=grant.severity,
        url=grant.url,
        kind=grant.kind,
    )


def _single_points(portfolio: Portfolio) -> dict[str, str]:
    names = {actor.id: actor.name for actor in portfolio.scan.actors}
    return {f"actor:{point.actor}": names[point.actor] for point in portfolio.scan.outlook.single_points}


def _jurisdictions(portfolio: Portfolio) -> dict[str, str]:
    """States only: an international body has no country that could be lost."""
    seats = {seat for actor in portfolio.scan.actors if (seat := actor.jurisdiction) and len(seat) == CODE}
    return {f"country:{seat}": seat for seat in sorted(seats)}


def _losses(portfolio: Portfolio, names: dict[str, str]) -> tuple[LossLine, ...]:
    """Those first with which most falls."""
    found = [_loss(portfolio, loss, name) for loss, name in names.items()]
    found = [line for line in found if line.gone or line.cut_off]
    return tuple(sorted(found, key=lambda line: (-line.vital, -line.projects, -len(line.gone), line.name)))


def _loss(portfolio: Portfolio, loss: str, name: str) -> LossLine:
    found = portfolio.lose([loss])
    rows = found.aftermath.technologies
    return LossLine(
        loss=loss,
        name=name,
        gone=tuple(sorted((row.technology for row in rows if row.fate == "gone"), key=portfolio.most_used)),
        degraded=sum(row.fate == "degraded" for row in rows),
        projects=found.projects,
        vital=found.vital,
        important=found.important,
        packages=found.packages_stopped,
        cut_off=found.packages_cut_off,
    )


def _changes(questions: Questions) -> tuple[ChangeLine, ...]:
    """Since the run before, where there is one."""
    before = next(questions.table("SELECT max(run) FROM trends WHERE run < ?", questions.run).rows)[0]
    if before is None:
        return ()
    rows = [ChangeLine(what=a, subject=b, before=c, after=d) for a, b, c, d in questions.changed(str(before)).rows]
    return tuple(rows[:MOST_CHANGES])


VERDICTS = "SELECT verdict, count(*) FROM latest_projects WHERE NOT failed GROUP BY verdict"
TECHNOLOGY_VERDICTS = "SELECT verdict, count(*) FROM latest_technologies GROUP BY verdict"
ACTORS = """
SELECT actor AS id, coalesce(top.name, actor) AS name, jurisdiction, stopped, projects, severity, technologies,
    coalesce((
        SELECT list(technology ORDER BY projects DESC, technology) FROM latest_technologies AS held
        WHERE held.owner = top.actor AND held.verdict = 'flagged'
    ), []) AS flagged
FROM top_actors AS top ORDER BY stopped DESC, top.flagged DESC, projects DESC, actor"""
TECHNOLOGIES = """
SELECT technology, coalesce(actors.name, held.owner, ''), projects, components, way_out
FROM latest_technologies AS held LEFT JOIN latest_actors AS actors ON actors.actor = held.owner
ORDER BY list_position(['flagged', 'unknown', 'watch', 'safe'], verdict), projects DESC, technology"""
PROJECTS = """
SELECT project AS name, owner, criticality, failed, verdict, score, components, flagged, used
FROM latest_projects LEFT JOIN (
    SELECT project, list(technology ORDER BY technology) AS used FROM latest_uses GROUP BY project
) USING (project)
ORDER BY coalesce(list_position(['vital', 'important', 'ordinary'], criticality), 4),
    list_position(['flagged', 'unknown', 'watch', 'safe'], verdict), flagged DESC, score, project"""
GAPS = """
SELECT stage, reason, count(*) AS count, list(subject ORDER BY subject)[1:5] AS subjects
FROM latest_gaps GROUP BY stage, reason ORDER BY count DESC, stage, reason LIMIT 1000"""
