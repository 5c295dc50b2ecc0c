"""Questions to a store: who can stop most, who uses what, what has changed, what falls, what to fund, and free ones."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from scanner.errors import UsageError
from scanner.model import Binding
from scanner.outlook.backhoe import backhoe
from scanner.outlook.funding import funding
from scanner.pipeline import scan as scan_one
from scanner.portfolio.losses import Portfolio
from scanner.portfolio.questions import Questions
from tests.portfolio.projects import SHARED, bom, rows, scan, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Eight projects on AWS, two of them with PostgreSQL, and one on nothing; then a second run without one of them."""
    folder = tmp_path_factory.mktemp("portfolio")
    boms = write(folder / "boms", 8)
    (boms / "alone.cdx.json").write_text(bom("pkg:npm/alone@1.0.0"))
    (boms / "bad.cdx.json").write_text('{"bomFormat": "CycloneDX"')
    lines = [f"boms/{path.name},{path.name.partition('.')[0]},team,," for path in sorted(boms.iterdir())]
    (folder / "all.csv").write_text("\n".join(lines).replace("service-001,team,,", "service-001,team,vital,") + "\n")
    scan(folder / "all.csv", folder / "all.duckdb")
    (boms / "service-002.cdx.json").write_text(bom("pkg:pypi/psycopg@3.2.0"))
    (folder / "all.csv").write_text(
        (folder / "all.csv").read_text().replace("boms/service-007.cdx.json,service-007,team,,\n", "")
    )
    scan(folder / "all.csv", folder / "all.duckdb")
    return folder


@pytest.fixture(scope="module")
def store(folder):
    return folder / "all.duckdb"


@pytest.fixture(scope="module")
def questions(store):
    questions = Questions(store)
    yield questions
    questions.close()


def answer(table):
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_the_actor_without_whom_most_projects_stop_comes_first(questions):
    first = answer(questions.top("actors", 1))[0]
    assert (first["actor"], first["stopped"], first["projects"]) == ("amazon", 6, 6)


def test_technologies_and_packages_by_the_projects_that_use_them(questions):
    technologies = {item["technology"]: item["projects"] for item in answer(questions.top("technologies", 100))}
    assert (technologies["aws"], technologies["postgresql"]) == (6, 3)
    packages = {item["name"]: item["uses"] for item in answer(questions.top("packages", 100))}
    assert (packages["boto3"], packages["psycopg"]) == (6, 3)


@pytest.mark.parametrize("subject", ["postgresql", "PostgreSQL", "pkg:pypi/psycopg", "pkg:pypi/psycopg@3.2.0"])
def test_who_uses_it(questions, subject):
    found = answer(questions.who_uses(subject))
    assert {item["project"] for item in found} == {"service-001", "service-002", "service-005"}


@pytest.mark.parametrize(
    ("subject", "near"), [("postgresq", "postgresql"), ("pkg:pypi/psycog", "pkg:pypi/psycopg"), ("zzzz", "")]
)
def test_what_nobody_uses_is_answered_with_what_comes_near(questions, subject, near):
    with pytest.raises(UsageError, match=f"no project uses {subject}{'; did you mean ' + near if near else '$'}"):
        questions.who_uses(subject)


@pytest.mark.parametrize("since", ["1", "2026-11-24"])
def test_what_has_changed(questions, since):
    if since == "2026-11-24":
        assert answer(questions.changed(since)) == []  # the last run up to that day is the one itself
        return
    found = {
        (item["what"], item["subject"]): (item["before"], item["after"]) for item in answer(questions.changed(since))
    }
    assert found["project", "service-007"] == ("flagged", None)
    assert found["project", "service-002"][0] == "flagged"
    assert found["users", "aws"] == ("8", "6")
    assert found["flagged use", "service-002: aws"] == ("yes", None)
    assert ("flagged use", "service-007: aws") not in found, "a project that is gone is one change"


@pytest.mark.parametrize(
    ("since", "says"), [("9", "no such run; there are 1 of 2026-11-24, 2"), ("x", "wants the number")]
)
def test_a_run_that_is_not_there(questions, since, says):
    with pytest.raises(UsageError, match=says):
        questions.changed(since)


def test_the_backhoe_over_the_portfolio_says_what_it_says_of_each_project(folder, questions):
    portfolio = Portfolio(questions)
    for loss in ("actor:amazon", "country:US", "registry:npm", "technology:postgresql"):
        found = portfolio.lose([loss])
        fallen = {item.project for item in portfolio.fallen(found.aftermath)}
        assert len(fallen) == found.projects
        fates = {row.technology: row.fate for row in found.aftermath.technologies}
        stopped, cut_off = set(), set()
        for project, path in rows(questions.path, "SELECT project, path FROM latest_projects WHERE NOT failed"):
            alone = scan_one([path], offline=True)
            try:
                aftermath = backhoe(alone, [loss])
            except UsageError:  # it has nothing of the kind
                assert project not in fallen
                continue
            assert {row.technology: row.fate for row in aftermath.technologies}.items() <= fates.items()
            gone = {row.technology for row in aftermath.technologies if row.fate == "gone"}
            in_use = {
                item.id for item in alone.technologies if item.severity > 1 and item.kind not in ("registry", "forge")
            }
            assert (project in fallen) == bool(gone & in_use)
            stopped |= set(aftermath.components_stopped)
            cut_off |= set(aftermath.not_installable)
        assert (found.packages_stopped, found.packages_cut_off) == (len(stopped), len(cut_off))


def test_vital_projects_are_counted_and_come_first(questions):
    portfolio = Portfolio(questions)
    found = portfolio.lose(["actor:amazon"])
    assert (found.projects, found.vital, found.important) == (6, 1, 0)
    first = next(portfolio.fallen(found.aftermath))
    assert (first.project, first.owner, first.criticality, first.by) == ("service-001", "team", "vital", ("aws",))
    with pytest.raises(UsageError, match="did you mean amazon"):
        portfolio.lose(["actor:amazn"])


def test_packages_that_bind_to_the_same_are_looked_at_once(questions):
    portfolio = Portfolio(questions)
    sets = [frozenset(component.technologies) for component in portfolio.scan.components]
    assert len(sets) < 14
    bound = {Binding(id="aws", relation="uses"), Binding(id="python", relation="runs-on")}
    assert any(bound <= found for found in sets)


def test_the_funding_plan_is_that_of_the_scans(folder, questions):
    paths = [
        path
        for (path,) in rows(questions.path, "SELECT path FROM latest_projects WHERE NOT failed AND criticality IS NULL")
    ]
    scans = [scan_one([path], offline=True) for path in paths]
    (folder / "ordinary.txt").write_text("\n".join(paths) + "\n")
    scan(folder / "ordinary.txt", folder / "ordinary.duckdb")
    ordinary = Questions(folder / "ordinary.duckdb")
    assert ordinary.funding(10_000) == funding(scans, 10_000)
    ordinary.close()


def test_a_free_query_only_reads_the_store(store, tmp_path):
    questions = Questions(Path(shutil.copy(store, tmp_path)))
    assert answer(questions.query("SELECT count(*) AS n FROM latest_projects")) == [{"n": 9}]
    for sql in (
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY runs TO 'x.csv'",
        "DELETE FROM runs",
        "SELEC",
        "INSTALL httpfs",
    ):
        with pytest.raises(UsageError, match=r"all\.duckdb: "):
            questions.query(sql)
    with pytest.raises(UsageError, match="Could not convert string 'bad'"):
        answer(questions.query("SELECT project::INTEGER FROM latest_projects WHERE project = 'bad'"))
    questions.close()
    assert rows(store, "SELECT count(*) FROM runs") == [(2,)]


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_every_table_can_be_taken_elsewhere(tmp_path, questions, format):
    files = questions.export(tmp_path / "out", format)
    assert {path.stem for path in files} == {
        "runs", "projects", "components", "packages", "bindings", "technologies", "uses", "actors", "findings", "gaps"
    }  # fmt: skip
    for path in files:
        ((count,),) = duckdb.execute(f"SELECT count(*) FROM '{path}'").fetchall()
        assert [(count,)] == rows(questions.path, f"SELECT count(*) FROM {path.stem}")
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_no_cell_of_the_csv_is_a_formula(tmp_path):
    (tmp_path / "bom.json").write_text(bom(SHARED[0]))
    (tmp_path / "all.csv").write_text('bom.json,"=cmd|calc",@me,,\n')
    scan(tmp_path / "all.csv", tmp_path / "all.duckdb")
    questions = Questions(tmp_path / "all.duckdb")
    questions.export(tmp_path, "csv")
    questions.close()
    with open(tmp_path / "projects.csv", newline="") as file:
        (project,) = csv.DictReader(file)
    assert (project["project"], project["owner"]) == ("'=cmd|calc", "'@me")


def test_a_store_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(UsageError, match="no such store; `outlast batch SOURCE… --store"):
        Questions(tmp_path / "none.duckdb")
