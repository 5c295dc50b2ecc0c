"""A real Dask cluster on loopback: what it gives, what it survives, and what it says when nobody answers."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from scanner.portfolio import cluster as module
from scanner.portfolio import run
from scanner.portfolio.cluster import cluster
from scanner.portfolio.engine import EngineError
from tests.portfolio.projects import bom, content, rows, scan, write

pytestmark = pytest.mark.slow
LONGEST = 120
"""Seconds after which a test that waits for a cluster fails, on however busy a machine."""
QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__GIL__ENABLED": "false",
}


@pytest.fixture(scope="module", autouse=True)
def _quiet():
    with pytest.MonkeyPatch.context() as patch:
        for name, value in QUIET.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(autouse=True)
def _not_for_ever():
    def late(_signal, _frame):
        pytest.fail(f"it has been waiting for {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def dask(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def worker(address):
    return dask("worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard", "--memory-limit", 0)


@contextlib.contextmanager
def scheduler(folder: Path):
    """A scheduler without workers, and its address."""
    file = folder / "scheduler.json"
    process = dask("scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", file)
    try:
        deadline = time.monotonic() + 60
        while not file.exists() or not file.read_text():
            assert time.monotonic() < deadline, "no scheduler"
            time.sleep(0.05)
        yield process, json.loads(file.read_text())["address"]
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """The address of a scheduler with two workers, and these."""
    with scheduler(tmp_path_factory.mktemp("dask")) as (_, address):
        processes = [worker(address), worker(address)]
        yield address, processes
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture
def small_tasks(monkeypatch):
    monkeypatch.setattr(run, "TASK", 2)


def test_a_cluster_gives_what_this_machine_gives(tmp_path, workers, small_tasks):
    source = write(tmp_path / "boms", 24, broken=2)
    scan(source, tmp_path / "local.duckdb")
    scan(source, tmp_path / "dask.duckdb", partial(cluster, address=workers[0]))
    assert content(tmp_path / "dask.duckdb") == content(tmp_path / "local.duckdb")


def test_files_can_be_shipped(tmp_path, workers, small_tasks, monkeypatch):
    """The workers know relative paths from nowhere."""
    write(tmp_path / "boms", 3)
    (tmp_path / "repo").mkdir()
    (tmp_path / "list.txt").write_text("boms/service-000.cdx.json\nboms/service-001.cdx.json\nrepo\n")
    monkeypatch.chdir(tmp_path)
    scan("list.txt", tmp_path / "dask.duckdb", partial(cluster, address=workers[0]), ship=True)
    assert rows(tmp_path / "dask.duckdb", "SELECT project, failed FROM projects ORDER BY 1") == [
        ("boms/service-000", False), ("boms/service-001", False), ("repo", True)
    ]  # fmt: skip
    ((reason,),) = rows(tmp_path / "dask.duckdb", "SELECT reason FROM gaps WHERE project = 'repo'")
    assert "only a bill of materials can be shipped" in reason


def test_a_worker_that_is_killed_in_mid_run_costs_nothing(tmp_path, workers, small_tasks):
    address, processes = workers
    source = write(tmp_path / "boms", 60)
    scan(source, tmp_path / "local.duckdb")

    def kill(phase, done, _total):
        if (phase, done) == ("assessing", 4):
            processes[0].send_signal(signal.SIGKILL)

    scan(source, tmp_path / "dask.duckdb", partial(cluster, address=address), progress=kill)
    assert processes[0].wait(10) == -signal.SIGKILL
    assert content(tmp_path / "dask.duckdb") == content(tmp_path / "local.duckdb")
    assert rows(tmp_path / "dask.duckdb", "SELECT count(*), count(DISTINCT project) FROM projects") == [(60, 60)]


def test_where_no_scheduler_answers_that_is_said_and_nothing_is_stored(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "ANSWER", 1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(EngineError, match=f"no Dask scheduler answers at {address}"):
        scan(write(tmp_path / "boms", 2), tmp_path / "all.duckdb", partial(cluster, address=address))
    assert os.listdir(tmp_path) == ["boms"]


def test_a_scheduler_without_workers_and_one_that_goes_away(tmp_path, small_tasks, monkeypatch):
    monkeypatch.setattr(module, "WORKERS", 1)
    monkeypatch.setattr(module, "ANSWER", 3)
    source = write(tmp_path / "boms", 40)
    with scheduler(tmp_path) as (process, address):
        with pytest.raises(EngineError, match="has no workers"):
            scan(source, tmp_path / "all.duckdb", partial(cluster, address=address))
        monkeypatch.setattr(module, "WORKERS", 60)
        own = worker(address)

        def kill(_phase, done, _total):
            if done == 8:
                process.send_signal(signal.SIGKILL)

        try:
            with pytest.raises(EngineError, match="the Dask scheduler is gone; --resume goes on"):
                scan(source, tmp_path / "all.duckdb", partial(cluster, address=address), progress=kill)
        finally:
            own.kill()
            own.wait()
    scan(source, tmp_path / "all.duckdb", resume=True)
    scan(source, tmp_path / "undisturbed.duckdb")
    assert content(tmp_path / "all.duckdb") == content(tmp_path / "undisturbed.duckdb")


def test_where_the_last_worker_dies_the_run_stops_and_goes_on_once_there_is_another(tmp_path, small_tasks, monkeypatch):
    """It does not wait for ever, also not for what the worker had done and not yet handed over."""
    monkeypatch.setattr(module, "FETCH", 2)
    monkeypatch.setattr(module, "LOOK", 0.2)
    source = write(tmp_path / "boms", 20)
    with scheduler(tmp_path) as (_, address):
        own = worker(address)

        def kill(_phase, done, _total):
            if done == 4:
                own.kill()
                monkeypatch.setattr(module, "WORKERS", 1)

        with pytest.raises(EngineError, match="no workers left; --resume goes on"):
            scan(source, tmp_path / "all.duckdb", partial(cluster, address=address), progress=kill)
        own.wait()
        monkeypatch.setattr(module, "WORKERS", 60)
        other = worker(address)
        try:
            scan(source, tmp_path / "all.duckdb", partial(cluster, address=address), resume=True)
        finally:
            other.kill()
            other.wait()
    scan(source, tmp_path / "undisturbed.duckdb")
    assert content(tmp_path / "all.duckdb") == content(tmp_path / "undisturbed.duckdb")


def test_a_bom_is_no_larger_on_a_cluster(tmp_path, workers):
    """What goes over the network is compressed."""
    source = tmp_path / "boms"
    source.mkdir()
    (source / "large.cdx.json").write_text(bom(*(f"pkg:npm/package-{number}@1.0.0" for number in range(2_000))))
    scan(source, tmp_path / "dask.duckdb", partial(cluster, address=workers[0]))
    assert rows(tmp_path / "dask.duckdb", "SELECT components FROM projects") == [(2_000,)]
