"""A batch: what it stores is what single scans say, broken projects cost nobody else, and the store is one transaction
after the other.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scanner.errors import OutlastError, UsageError
from scanner.model import Facts, Gap
from scanner.pipeline import scan as scan_one
from scanner.portfolio import registries, run, worker
from scanner.portfolio.registries import merged, slices
from scanner.resolve import Resolution
from tests.portfolio.projects import bom, rows, scan, write


@pytest.fixture
def store(tmp_path):
    return tmp_path / "all.duckdb"


def test_a_project_in_the_store_is_as_a_scan_of_it_alone(tmp_path, store):
    folder = write(tmp_path / "boms", 3)
    scan(folder, store)
    for path in sorted(folder.iterdir()):
        alone = scan_one([str(path)], offline=True)
        name = path.name.removesuffix(".cdx.json")
        query = f"FROM {{}} WHERE project = '{name}' ORDER BY 1"
        assert rows(store, f"SELECT verdict, score, components, technologies {query.format('projects')}") == [
            (alone.summary.verdict, alone.summary.score, alone.summary.components, alone.summary.technologies)
        ]
        found = [(item.purl, item.verdict, item.score, item.severity, item.direct) for item in alone.components]
        assert rows(store, f"SELECT purl, verdict, score, severity, direct {query.format('components')}") == found
        risks = {risk.technology: risk.residual for risk in alone.register}
        found = [(item.id, item.severity, len(item.components), risks.get(item.id)) for item in alone.technologies]
        columns = "technology, severity, components, residual"
        assert rows(store, f"SELECT {columns} {query.format('uses')}") == found
        assert len(rows(store, f"SELECT id {query.format('findings')}")) == len(alone.findings)


def test_what_is_known_of_a_technology_and_its_actors_is_stored_once(tmp_path, store):
    folder = write(tmp_path / "boms", 4)
    scan(folder, store)
    alone = scan_one([str(folder / "service-001.cdx.json")], offline=True)
    for technology in alone.technologies:
        query = f"SELECT name, verdict, score, steward FROM technologies WHERE technology = '{technology.id}'"
        assert rows(store, query) == [(technology.name, technology.verdict, technology.score, technology.steward)]
    owners = dict(rows(store, "SELECT actor, owner FROM actors"))
    assert {actor.id: actor.owner for actor in alone.actors}.items() <= owners.items()
    ((projects, components),) = rows(store, "SELECT projects, components FROM technologies WHERE technology = 'aws'")
    assert (projects, components) == (4, 4)
    assert rows(store, "SELECT uses FROM top_packages WHERE name = 'boto3'") == [(4,)]


def test_a_hundred_broken_projects_among_three_hundred_are_gaps_and_the_others_go_on(tmp_path, store):
    totals = scan(write(tmp_path / "boms", 300, broken=100), store)
    assert (totals.projects, totals.failed) == (300, 100)
    assert rows(store, "SELECT count(*) FROM projects WHERE NOT failed AND components = 2 OR components = 3") == [
        (200,)
    ]
    reasons = rows(store, "SELECT project, reason FROM gaps WHERE stage = 'read'")
    assert len({project for project, _ in reasons}) == len(reasons) == 100
    assert all("Input data was truncated" in reason for _, reason in reasons)


def test_a_bug_that_one_project_meets_is_its_gap(tmp_path, store, monkeypatch):
    folder = write(tmp_path / "boms", 3)
    conclude = worker.conclude

    def failing(inventory, *arguments, **options):
        if inventory.project == "service-001":
            raise KeyError("oops")
        return conclude(inventory, *arguments, **options)

    monkeypatch.setattr(worker, "conclude", failing)
    assert scan(folder, store).failed == 1
    ((project, stage, reason),) = rows(store, "SELECT project, stage, reason FROM gaps WHERE project IS NOT NULL")
    assert (project, stage) == ("service-001", "assess")
    assert reason == "outlast failed on it, please report this: KeyError: 'oops'"


def test_checkouts_lockfiles_and_names_that_are_no_text_are_projects_too(tmp_path, store):
    lock = {
        "lockfileVersion": 3,
        "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0"}},
    }
    checkout = tmp_path / "repos" / "web"
    checkout.mkdir(parents=True)
    (checkout / "package-lock.json").write_text(json.dumps(lock))
    odd = os.fsdecode(os.fsencode(tmp_path / "repos") + b"/caf\xe9")
    os.mkdir(odd)
    Path(odd, os.fsdecode(b"b\xe9m.cdx.json")).write_text(bom("pkg:npm/b@1.0.0"))
    Path(odd, "package-lock.json").write_text(json.dumps(lock))
    scan(tmp_path / "repos", store)
    assert rows(store, "SELECT project, purl, direct FROM components ORDER BY ALL") == [
        ("caf\ufffd", "pkg:npm/a@1.0.0", True), ("caf\ufffd", "pkg:npm/b@1.0.0", True), ("web", "pkg:npm/a@1.0.0", True)
    ]  # fmt: skip


def test_a_vital_project_counts_as_a_vital_service(tmp_path, store):
    (tmp_path / "bom.json").write_text(bom("pkg:pypi/stripe@11.0.0"))
    (tmp_path / "empty.json").write_text(bom())
    (tmp_path / "all.csv").write_text("bom.json,pay,me,vital,a;b\nbom.json,play,me,,\nempty.json,none,me,vital,\n")
    scan(tmp_path / "all.csv", store)
    severities = "SELECT project, severity FROM uses WHERE technology = 'stripe' ORDER BY ALL"
    assert rows(store, severities) == [("pay", 5), ("play", 3)]
    assert rows(store, "SELECT owner, criticality, labels FROM projects WHERE project = 'pay'") == [
        ("me", "vital", ["a", "b"])
    ]


def test_projects_of_one_name_are_told_apart_by_their_paths(tmp_path, store):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "shop.cdx.json").write_text(bom("pkg:npm/x@1.0.0"))
    (tmp_path / "all.csv").write_text("a/shop.cdx.json,shop\nb/shop.cdx.json,shop\nb/shop.cdx.json,shop\n")
    scan(tmp_path / "all.csv", store)
    other = tmp_path / "b" / "shop.cdx.json"
    assert rows(store, "SELECT project FROM projects ORDER BY 1") == [("shop",), (f"shop ({other})",)]


def test_every_package_is_asked_for_once_and_what_is_said_goes_to_every_project(tmp_path, store, monkeypatch):
    asked = []

    def answering(purls, **_options):
        asked.extend(purls)
        facts = {purl: Facts(publishers=1, licence="MIT", released="2026-11-01") for purl in purls if "express" in purl}
        return Resolution(facts, [Gap(stage="resolve", subject="pypi", reason=f"{len(asked):,} packages: down")])

    monkeypatch.setattr(registries, "resolve", answering)
    monkeypatch.setattr(registries, "SLICE", 2)
    scan(write(tmp_path / "boms", 8), store, offline=False)
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == 8 + 4
    assert rows(store, "SELECT DISTINCT custody, publishers FROM packages WHERE name = 'express'") == [("watch", 1)]
    assert rows(store, "SELECT count(*) FROM findings WHERE kind = 'component' AND name = 'express'") == [(2,)]
    assert rows(store, "SELECT sum(custody_known) FROM projects") == [(2,)]


def test_runs_are_kept_and_the_views_show_the_last_one(tmp_path, store):
    folder = write(tmp_path / "boms", 3)
    scan(folder, store)
    (folder / "service-000.cdx.json").unlink()
    scan(folder, store)
    assert rows(store, "SELECT run, projects FROM trends") == [(1, 3), (2, 2)]
    assert rows(store, "SELECT count(*) FROM latest_projects") == [(2,)]
    assert rows(store, "SELECT count(*) FROM projects") == [(5,)]


def test_a_plan_that_is_wrong_leaves_nothing_behind(tmp_path, store):
    (tmp_path / "all.csv").write_text("path,criticality\na.json,\nb.json,urgent\n")
    with pytest.raises(OutlastError, match="criticality 'urgent'"):
        scan(tmp_path / "all.csv", store)
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="no project found"):
        scan(tmp_path / "none", store)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.csv", "none"]


def test_what_is_no_store_is_refused(tmp_path, store):
    folder = write(tmp_path / "boms", 1)
    store.write_text("hello")
    with pytest.raises(UsageError, match="not a valid DuckDB database"):
        scan(folder, store)
    store.unlink()
    with duckdb.connect(str(store)) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(UsageError, match="is no store of outlast"):
        scan(folder, store)
    with duckdb.connect(str(store)) as connection:
        connection.execute("CREATE TABLE store AS SELECT 9 AS version")
    with pytest.raises(UsageError, match="is a store of version 9, and this outlast reads 1"):
        scan(folder, store)


def test_a_store_that_another_process_has_open_is_left_alone(tmp_path, store):
    folder = write(tmp_path / "boms", 2)
    scan(folder, store)
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", code, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        other.stdout.readline()
        with pytest.raises(UsageError, match="Conflicting lock"):
            scan(folder, store)
    finally:
        other.communicate()
    assert rows(store, "SELECT run FROM runs") == [(1,)]


def test_versions_of_a_package_are_asked_for_together():
    purls = ["pkg:npm/a@1", "pkg:npm/a@2", "pkg:npm/a@3", "pkg:npm/b@1", "pkg:npm/c@1"]
    assert list(slices(purls, 2)) == [purls[:3], purls[3:]]


def test_gaps_that_only_count_are_added_up():
    gaps = [Gap(stage="resolve", subject="npm", reason=f"{count} packages: down") for count in (20, 1)]
    other = Gap(stage="resolve", subject="pkg:npm/x", reason="not found")
    assert merged([*gaps, other]) == [Gap(stage="resolve", subject="npm", reason="21 packages: down"), other]


def test_workers_get_a_few_projects_and_the_store_a_few_megabytes_at_a_time(tmp_path, store, monkeypatch):
    """What makes memory flat: nothing holds all projects."""
    monkeypatch.setattr(run, "TRANSACTION", 1)
    seen = []
    add = run.Store.add
    monkeypatch.setattr(run.Store, "add", lambda self, lines: (seen.append(len(lines)), add(self, lines)))
    scan(write(tmp_path / "boms", 40), store)
    assert seen == [16, 16, 8]


def test_custody_that_was_not_looked_at_stays_unknown(tmp_path, store):
    scan(write(tmp_path / "boms", 1), store)
    assert rows(store, "SELECT DISTINCT custody FROM packages") == [("unknown",)]
    ((project, reason),) = rows(store, "SELECT project, reason FROM gaps")
    assert project is None
    assert reason == "offline: custody of 2 packages not looked at"


def test_every_project_can_have_a_report_of_its_own(tmp_path, store):
    write(tmp_path, 2)
    (tmp_path / "all.csv").write_text("service-000.cdx.json,team/../shop\nservice-001.cdx.json,blog\n")
    folder, nowhere = tmp_path / "out", tmp_path / "nowhere"
    folder.mkdir()
    each = [("cyclonedx", str(folder)), ("html", str(folder)), ("json", str(nowhere))]
    scan(tmp_path / "all.csv", store, each=each)
    assert sorted(path.name for path in folder.iterdir()) == [
        "blog.cdx.json", "blog.html", "team_.._shop-39ea8b04.cdx.json", "team_.._shop-39ea8b04.html"
    ]  # fmt: skip
    document = json.loads((folder / "blog.cdx.json").read_text())
    assert document["bomFormat"] == "CycloneDX"
    assert rows(store, "SELECT project FROM gaps WHERE stage = 'report' ORDER BY 1") == [("blog",), ("team/../shop",)]


def test_findings_go_back_to_dependency_track_with_all_that_came_from_there(tmp_path, store):
    uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    component = {
        "type": "library", "name": "boto3", "version": "1.40.0", "purl": "pkg:pypi/boto3@1.40.0",
        "hashes": [{"alg": "SHA-256", "content": "a" * 64}], "licenses": [{"license": {"id": "Apache-2.0"}}],
    }  # fmt: skip
    export, back = tmp_path / "export", tmp_path / "back"
    export.mkdir()
    (export / "projects.json").write_text(json.dumps([{"uuid": uuid, "name": "shop", "version": "2.1"}]))
    (export / f"{uuid}.cdx.json").write_text(
        json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [component]})
    )
    back.mkdir()
    scan(export, store, each=[("cyclonedx", str(back))])
    assert rows(store, "SELECT project FROM projects") == [("shop 2.1",)]
    (document,) = [json.loads((back / f"{uuid}.cdx.json").read_text())]
    (written,) = document["components"]
    assert written["hashes"] == component["hashes"]
    assert written["licenses"] == component["licenses"]
    assert {"name": "outlast:verdict", "value": "flagged"} in written["properties"]
