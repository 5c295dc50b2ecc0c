"""The machine that a scan runs on: its disk, its other users, and what the program may do there."""

import ast
import errno
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from scanner import rulebook
from tests.program import MODULES, PACKAGE, nodes

DEMO = PACKAGE.parent / "fixtures" / "demo"


def calls():
    """Every call in the program, as file, dotted name and keywords."""
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Call):
                yield str(path.relative_to(PACKAGE)), ast.unparse(node.func), {word.arg for word in node.keywords}


def test_a_full_disk_is_one_clear_line_and_leaves_nothing(outlast, monkeypatch):
    make = tempfile.NamedTemporaryFile

    def full(*arguments, **options):
        file = make(*arguments, **options)
        file.write = lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device"))
        return file

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    run = outlast("scan", DEMO, "--offline", "-o", "report.txt")
    assert (run.code, run.err) == (2, "outlast: report.txt: cannot be written: no space left on device\n")
    assert [name for name in os.listdir() if "report" in name] == []


def test_a_report_replaces_a_link_and_does_not_write_through_it(outlast):
    """Whoever may put a link into the folder of reports does not choose what is overwritten."""
    Path("precious").write_text("mine")
    Path("report.txt").symlink_to("precious")
    assert outlast("scan", DEMO, "--offline", "-o", "report.txt").code == 0
    assert Path("precious").read_text() == "mine"
    assert not Path("report.txt").is_symlink()


@pytest.fixture
def few_rules(monkeypatch, tmp_path):
    """One record that is shipped, for what is compiled again and again."""
    record = tmp_path / "few" / "technologies" / "database" / "postgresql.yaml"
    record.parent.mkdir(parents=True)
    shutil.copy(PACKAGE.parent / "rules" / "technologies" / "database" / record.name, record)
    shutil.copytree(PACKAGE.parent / "rules" / "actors", tmp_path / "few" / "actors")
    monkeypatch.setattr(rulebook, "shipped", lambda: tmp_path / "few")


@pytest.mark.usefixtures("few_rules")
def test_the_compiled_rules_in_the_cache_are_the_users_alone(outlast, monkeypatch, tmp_path):
    """A company's own records may be in them."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("OUTLAST_CACHE_DIR", str(cache))
    Path("own").mkdir()
    assert outlast("rules", "list", "postgresql", "--rules", "own").code == 0
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in cache.glob("*.msgpack")] == [0o600] * 2


@pytest.mark.usefixtures("few_rules")
def test_compiled_rules_that_cannot_be_made_out_are_compiled_anew(outlast, monkeypatch, tmp_path):
    monkeypatch.setenv("OUTLAST_CACHE_DIR", str(tmp_path / "cache"))
    Path("own").mkdir()
    first = outlast("rules", "list", "postgresql", "--rules", "own")
    for stored in (tmp_path / "cache").glob("*.msgpack"):
        stored.write_bytes(b"\xc1nonsense")
    assert outlast("rules", "list", "postgresql", "--rules", "own") == first


def test_nothing_is_unpickled_and_no_shell_is_called():
    wrong = [
        (path, name)
        for path, name, keywords in calls()
        if name.partition(".")[0] in ("pickle", "marshal", "shelve", "cloudpickle")
        or name in ("os.system", "os.popen", "yaml.load", "yaml.unsafe_load", "yaml.full_load", "tempfile.mktemp")
        or "shell" in keywords
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["subprocess.run", "subprocess.Popen"])
def test_git_is_the_only_program_that_is_started(name):
    assert {path for path, called, _ in calls() if called == name} <= {"read/revision.py", "doctor.py"}
