"""Workers: processes give what this process gives, and a worker that dies takes no project but the deadly one with it."""

import os
import signal
from concurrent.futures import Future
from functools import partial

import pytest

from scanner.portfolio import engine, run, worker
from scanner.portfolio.engine import EngineError, WorkerLostError, local, stream
from tests.portfolio.projects import content, rows, scan, write

pytestmark = pytest.mark.slow
TWO = partial(local, jobs=2)


def test_processes_give_what_this_process_gives(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "TASK", 4)
    source = write(tmp_path / "boms", 20, broken=2)
    scan(source, tmp_path / "one.duckdb")
    scan(source, tmp_path / "two.duckdb", TWO)
    assert content(tmp_path / "one.duckdb") == content(tmp_path / "two.duckdb")


def test_a_process_that_dies_is_replaced_and_its_projects_are_done(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "TASK", 2)
    source = write(tmp_path / "boms", 24)
    scan(source, tmp_path / "undisturbed.duckdb")
    killed = []

    class Watched(engine.Processes):
        def result(self, future):
            found = super().result(future)
            if len(killed) < 2:
                killed.append(next(iter(self._executor._processes)))
                os.kill(killed[-1], signal.SIGKILL)
            return found

    monkeypatch.setattr(engine, "Processes", Watched)
    scan(source, tmp_path / "killed.duckdb", TWO)
    assert len(killed) == 2
    assert content(tmp_path / "killed.duckdb") == content(tmp_path / "undisturbed.duckdb")


class Deadly:
    """An engine whose workers die on some items, as long as nobody takes these away."""

    width = 2

    def __init__(self, *deadly):
        self.deadly, self.tasks = set(deadly), []

    def submit(self, _work, content):
        self.tasks.append(content)
        future = Future()
        future.set_result(content)
        return future

    def result(self, future):
        if self.deadly & set(future.result()):
            raise WorkerLostError
        return future.result()


def test_only_the_deadly_item_is_given_up():
    deadly = Deadly(3)
    found = list(stream(deadly, None, [[1, 2], [3, 4], [5, 6]], list, lambda item: f"lost {item}"))
    assert found == [[1, 2], "lost 3", [4], [5, 6]]
    assert deadly.tasks == [[1, 2], [3, 4], [5, 6], [3], [4]]


def test_few_tasks_are_under_way_at_a_time():
    """A million projects are not submitted at once."""
    deadly, begun = Deadly(), []

    def tasks():
        for number in range(10):
            begun.append(number)
            yield [number]

    results = stream(deadly, None, tasks(), list, str)
    assert next(results) == [0]
    assert begun == [0, 1]


def test_a_project_on_which_processes_die_is_a_gap(tmp_path, monkeypatch):
    source = write(tmp_path / "boms", 3)
    here = engine.Here

    class Dying(here):
        def submit(self, work, content):
            if work is worker.read_all and b"service-001" in content:
                future = Future()
                future.set_exception(WorkerLostError())
                return future
            return super().submit(work, content)

    monkeypatch.setattr(engine, "Here", Dying)
    assert scan(source, tmp_path / "all.duckdb").failed == 1
    query = "SELECT project, stage, reason FROM gaps WHERE project IS NOT NULL"
    assert rows(tmp_path / "all.duckdb", query) == [("service-001", "read", "workers died on it (out of memory?)")]


def test_processes_that_cannot_start_are_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "_begin", os._exit)
    monkeypatch.setattr(engine, "DEATHS", 1)
    with pytest.raises(EngineError, match="worker processes die as soon as they start"):
        scan(write(tmp_path / "boms", 40), tmp_path / "all.duckdb", TWO)
