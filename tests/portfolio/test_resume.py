"""A run that was killed goes on: the store is as if nothing had happened, and nothing is done twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner.config import Config, File, MitigationTable
from scanner.errors import UsageError
from scanner.portfolio import run, worker
from scanner.portfolio.questions import Questions
from tests.portfolio.projects import bom, content, rows, scan, write

pytestmark = pytest.mark.slow
PROJECTS = 24
KILLS = 10


@pytest.fixture
def store(tmp_path):
    return tmp_path / "all.duckdb"


@pytest.fixture
def counted(monkeypatch):
    """How many projects are read and assessed, by name."""
    seen = {"read": [], "assessed": []}
    read_bom, conclude = worker.read_bom, worker.conclude

    def reading(path, data):
        seen["read"].append(os.path.basename(path).partition(".")[0])
        return read_bom(path, data)

    def concluding(inventory, *arguments, **options):
        seen["assessed"].append(inventory.project)
        return conclude(inventory, *arguments, **options)

    monkeypatch.setattr(worker, "read_bom", reading)
    monkeypatch.setattr(worker, "conclude", concluding)
    return seen


def start(source, store, jobs=1):
    command = [sys.executable, "-m", "tests.portfolio.victim", source, store, str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_after(steps, source, store, jobs=1):
    """Kill a run when it has made so many steps; tells what it had said."""
    victim = start(source, store, jobs)
    said = []
    for line in victim.stdout:
        said.append(line.strip())
        if len(said) > steps:
            victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stdout.close()
    return said


def test_killed_at_random_moments_and_resumed_the_store_is_as_an_undisturbed_one(tmp_path, store):
    source = write(tmp_path / "boms", PROJECTS, broken=3)
    scan(source, tmp_path / "undisturbed.duckdb")
    chance = random.Random(9)
    killed = 0
    while killed < KILLS:
        said = kill_after(chance.randrange(2, 12), source, store)
        if said[-1] == "complete":
            store.unlink()
            continue
        killed += 1
        if store.exists() and rows(store, "SELECT 1 FROM runs"):
            with pytest.raises(UsageError, match="no run is finished yet"):
                Questions(store)
    scan(source, store, resume=True)
    assert content(store) == content(tmp_path / "undisturbed.duckdb")
    assert not store.with_name("all.duckdb.work").exists()


def test_killed_with_processes_none_of_them_is_left(tmp_path, store):
    source = write(tmp_path / "boms", PROJECTS)
    scan(source, tmp_path / "undisturbed.duckdb")
    victim = start(source, store, jobs=2)
    victim.stdout.readline()
    children = Path(f"/proc/{victim.pid}/task/{victim.pid}/children").read_text().split()
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    assert children
    deadline = time.monotonic() + 20
    while any(map(_is_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_is_alive, children))
    scan(source, store, resume=True)
    assert content(store) == content(tmp_path / "undisturbed.duckdb")


def _is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_ctrl_c_ends_at_once_and_what_was_done_stays(tmp_path, store, counted):
    source = write(tmp_path / "boms", 40)

    def interrupt(phase, done, _total):
        if (phase, done) == ("assessing", 32):
            raise KeyboardInterrupt

    run_as_usual = run.TRANSACTION
    run.TRANSACTION = 1
    try:
        with pytest.raises(KeyboardInterrupt):
            scan(source, store, progress=interrupt)
    finally:
        run.TRANSACTION = run_as_usual
    assert rows(store, "SELECT count(*) FROM projects") == [(32,)]
    counted["read"].clear()
    counted["assessed"].clear()
    scan(source, store, resume=True)
    assert counted == {"read": [], "assessed": [f"service-{number:03}" for number in range(32, 40)]}


def test_ctrl_c_with_processes_says_one_word_and_leaves_none_of_them(tmp_path, store):
    """As a terminal sends it: to the whole group, also to processes that have just been started."""
    source = write(tmp_path / "boms", 40)
    command = [sys.executable, "-m", "scanner", "batch", source, "--store", store, "--jobs", "2", "--offline", "-q"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not store.with_name("all.duckdb.work").exists():
        time.sleep(0.01)
    time.sleep(0.1)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate()
    assert (run.returncode, said.strip()) in ((130, "interrupted"), (0, ""))
    deadline = time.monotonic() + 20
    while _is_there(run.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_there(run.pid)


def _is_there(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_is_done_where_nothing_has_changed(tmp_path, store, counted):
    source = write(tmp_path / "boms", 3)
    scan(source, store)
    before = rows(store, "FROM runs")
    counted["read"].clear()
    counted["assessed"].clear()
    scan(source, store, resume=True)
    assert counted == {"read": [], "assessed": []}
    assert rows(store, "FROM runs") == before


def test_what_has_changed_is_done_again_and_what_is_gone_leaves(tmp_path, store, counted):
    source = write(tmp_path / "boms", 5)
    scan(source, store)
    (source / "service-001.cdx.json").write_text(bom("pkg:npm/new@1.0.0"))
    (source / "service-002.cdx.json").unlink()
    (source / "service-009.cdx.json").write_text(bom("pkg:pypi/boto3@1.40.0"))
    for names in counted.values():
        names.clear()
    scan(source, store, resume=True)
    assert counted == {"read": ["service-001", "service-009"], "assessed": ["service-001", "service-009"]}
    scan(source, tmp_path / "undisturbed.duckdb")
    assert content(store) == content(tmp_path / "undisturbed.duckdb")


def test_what_the_list_says_of_a_project_counts_as_its_content(tmp_path, store, counted):
    write(tmp_path, 2)
    plan = tmp_path / "all.csv"
    plan.write_text("service-000.cdx.json,a\nservice-001.cdx.json,b\n")
    scan(plan, store)
    counted["assessed"].clear()
    plan.write_text("service-000.cdx.json,a,,vital\nservice-001.cdx.json,b\n")
    scan(plan, store, resume=True)
    assert counted["assessed"] == ["a"]


def test_a_project_without_content_is_tried_again(tmp_path, store):
    (tmp_path / "list.txt").write_text("shop.cdx.json\n")
    assert scan(tmp_path / "list.txt", store).failed == 1
    (tmp_path / "shop.cdx.json").write_text(bom("pkg:npm/a@1.0.0"))
    assert scan(tmp_path / "list.txt", store, resume=True).failed == 0
    assert rows(store, "SELECT count(*) FROM gaps WHERE project IS NOT NULL") == [(0,)]


def test_a_lost_work_file_costs_reading_again_and_nothing_else(tmp_path, store):
    source = write(tmp_path / "boms", PROJECTS)
    scan(source, tmp_path / "undisturbed.duckdb")
    kill_after(PROJECTS // 2 + 4, source, store)
    for path in tmp_path.glob("all.duckdb.work*"):
        path.unlink()
    scan(source, store, resume=True)
    assert content(store) == content(tmp_path / "undisturbed.duckdb")


def test_with_other_rules_or_configuration_a_new_run_begins(tmp_path, store):
    source = write(tmp_path / "boms", 2)
    scan(source, store)
    config = Config(file=File(mitigation=(MitigationTable(technology="aws", kind="accepted"),)))
    scan(source, store, resume=True, config=config)
    assert rows(store, "SELECT run FROM runs") == [(1,), (2,)]


def test_on_another_day_a_finished_run_is_not_gone_on_with(tmp_path, store, monkeypatch):
    source = write(tmp_path / "boms", 2)
    scan(source, store)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795700000")
    scan(source, store, resume=True)
    assert rows(store, "SELECT run, day::VARCHAR FROM runs") == [(1, "2026-11-24"), (2, "2026-11-26")]


def test_without_resume_an_unfinished_run_is_begun_anew(tmp_path, store):
    source = write(tmp_path / "boms", PROJECTS)
    kill_after(PROJECTS // 2 + 4, source, store)
    assert rows(store, "SELECT count(*) > 0 FROM projects") == [(True,)]
    scan(source, store)
    scan(source, tmp_path / "undisturbed.duckdb")
    assert content(store) == content(tmp_path / "undisturbed.duckdb")
