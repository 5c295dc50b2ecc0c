"""outlast batch and outlast portfolio on the command line: exit codes, streams, one clear line for every wrong use."""

import json
import sys
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import outlast  # noqa: F401 - a fixture
from tests.portfolio.projects import write


@pytest.fixture
def boms(outlast):  # noqa: F811 - it has changed the directory
    return write(Path("boms"), 6, broken=2)


def test_a_batch_with_broken_projects_exits_0_and_says_it(outlast, boms):  # noqa: F811
    run = outlast("batch", boms, "--offline", "--jobs", 1)
    assert run.code == 0
    assert "6 projects" in run.out
    assert "4  Amazon.com, Inc. (US), by 1 technology" in run.out
    assert "2  projects" in run.out
    assert [line.partition(" in ")[0] for line in run.err.splitlines()] == [
        "read 6 projects", "looked up 8 packages", "assessed 6 projects"
    ]  # fmt: skip


def test_under_strict_it_exits_3(outlast, boms):  # noqa: F811
    assert outlast("batch", boms, "--offline", "--jobs", 1, "--strict", "-q") == (3, "", "")


def test_with_pages_and_from_standard_input(outlast, boms):  # noqa: F811
    paths = "\n".join(map(str, sorted(boms.iterdir())))
    run = outlast("batch", "-", "--offline", "--jobs", 1, "--html", "report", "--no-progress", stdin=paths.encode())
    assert (run.code, run.err) == (0, "")
    assert Path("report/index.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none"], "none: no such file or directory"),
        (["boms", "--engine", "dask"], "--engine dask wants --scheduler ADDRESS"),
        (["boms", "--engine", "local", "--scheduler", "tcp://127.0.0.1:1"], "--scheduler is for --engine dask"),
        (["boms", "--store", "nowhere/all.duckdb"], "nowhere/all.duckdb: "),
        (["boms", "--rules", "none"], "none: no such directory of rules"),
        ([], "Missing argument 'SOURCE...'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_clear_line_and_exit_2(outlast, boms, arguments, says):  # noqa: F811
    run = outlast("batch", *arguments, "--offline", "--jobs", 1)
    assert (run.code, run.out) == (2, "")
    assert says in run.err
    assert not Path("portfolio.duckdb").exists()


def test_without_duckdb_it_says_what_to_install(outlast, boms, monkeypatch):  # noqa: F811
    monkeypatch.setitem(sys.modules, "duckdb", None)
    run = outlast("batch", boms, "--offline", "--jobs", 1)
    assert (run.code, run.out) == (2, "")
    assert "pip install 'outlast[batch]'" in run.err


def test_without_distributed_it_says_what_to_install(outlast, boms, monkeypatch):  # noqa: F811
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = outlast("batch", boms, "--offline", "--scheduler", "tcp://127.0.0.1:1")
    assert (run.code, run.out) == (2, "")
    assert "pip install 'outlast[dask]'" in run.err


def test_the_questions_of_the_command_line(outlast, boms):  # noqa: F811
    outlast("batch", boms, "--offline", "--jobs", 1, "-q")
    assert outlast("portfolio", "top", "actors", "--limit", 1).out.splitlines()[1].startswith("amazon")
    assert "service-001" in outlast("portfolio", "who-uses", "postgresql", "--format", "csv").out
    run = outlast("portfolio", "who-uses", "postgresq")
    assert (run.code, "did you mean postgresql" in run.err) == (2, True)
    lost = outlast("portfolio", "backhoe", "--lose", "actor:amazon").out
    assert "4 of 6 projects fall" in lost
    assert "✖ service-000: Amazon Web Services" in lost
    fallen = outlast("portfolio", "backhoe", "--lose", "actor:amazon", "--format", "json").out
    assert [json.loads(line)["project"] for line in fallen.splitlines()] == [
        f"service-00{number}" for number in range(4)
    ]
    assert "PostgreSQL" in outlast("portfolio", "funding", "--budget", 1000).out
    assert outlast("portfolio", "changed", "--since", 1).out == "what  subject  before  after\n"
    assert outlast("portfolio", "runs", "--format", "csv").out.startswith("run,day,projects")
    query = "SELECT project, failed FROM latest_projects ORDER BY 1"
    assert outlast("portfolio", "query", query, "--format", "csv").out.splitlines()[-1] == "service-005,true"
    assert outlast("portfolio", "html", "pages").code == 0
    assert Path("pages/actors.html").exists()


def test_tables_leave_as_parquet(outlast, boms):  # noqa: F811
    outlast("batch", boms, "--offline", "--jobs", 1, "-q")
    assert outlast("portfolio", "export", "out").code == 0
    assert duckdb.execute("SELECT count(*) FROM 'out/projects.parquet'").fetchall() == [(6,)]


def test_names_cannot_steer_a_terminal(outlast):  # noqa: F811
    write(Path("boms"), 1)
    Path("all.csv").write_text('boms/service-000.cdx.json,"a\x1b[31m\u202eb",\x1b[2J\n')
    outlast("batch", "all.csv", "--offline", "--jobs", 1, "-q")
    for arguments in (["query", "FROM latest_projects"], ["backhoe", "--lose", "actor:amazon"], ["who-uses", "aws"]):
        out = outlast("portfolio", *arguments).out
        assert "\x1b" not in out
        assert "\u202e" not in out
