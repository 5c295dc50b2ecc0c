"""outlast hook: by itself, and under the real pre-commit on a repository made here."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = "psycopg==3.2.12\n"
FLAGGED = "pynamodb==6.1.0\n"


def write(**files):
    for name, text in files.items():
        Path(name.replace("_txt", ".txt")).write_text(text)


def test_it_is_silent_where_no_input_changed(outlast):
    write(notes_txt="hello", main_txt="hello")
    assert outlast("hook", "notes.txt", "main.txt") == (0, "", "")
    assert outlast("hook") == (0, "", "")


def test_it_is_silent_where_all_is_well(outlast):
    write(requirements_txt=SAFE)
    assert outlast("hook", "requirements.txt") == (0, "", "")


def test_what_is_forbidden_is_one_line_with_place_and_rule(outlast):
    write(requirements_txt=SAFE + FLAGGED)
    run = outlast("hook", "requirements.txt")
    assert run.code == 1
    line = next(line for line in run.out.splitlines() if "DynamoDB" in line)
    assert line.startswith("error: requirements.txt:2: Amazon DynamoDB: ")
    assert line.endswith("[default]")
    assert (
        run.err
        == "`outlast explain amazon-dynamodb` says why; an [[exception]] in outlast.toml lets it pass until a day\n"
    )


def test_only_the_files_of_the_commit_are_looked_at(outlast):
    write(requirements_txt=SAFE)
    Path("old").mkdir()
    Path("old/requirements.txt").write_text(FLAGGED)
    assert outlast("hook", "requirements.txt").code == 0


def test_a_file_whose_name_alone_tells_something_is_an_input(outlast):
    Path("mosquitto.conf").write_text("anything")
    policy = '[[policy]]\nname = "no-brokers"\nkind = "broker"\n'
    Path("outlast.toml").write_text(policy)
    assert outlast("hook", "mosquitto.conf").code == 1


def test_policy_exceptions_and_baseline_are_respected(outlast):
    write(requirements_txt=FLAGGED)
    policy = '[[policy]]\nname = "a"\nverdict = "flagged"\n'
    exception = '[[exception]]\ntechnology = "a*"\nreason = "r"\nowner = "o"\nuntil = 2030-01-01\n'
    Path("outlast.toml").write_text(policy)
    assert outlast("hook", "requirements.txt").code == 1
    Path("outlast.toml").write_text(policy + exception)
    assert outlast("hook", "requirements.txt") == (0, "", "")
    Path("outlast.toml").write_text(policy)
    outlast("baseline", "write", "--offline", "--quiet")
    assert outlast("hook", "requirements.txt") == (0, "", "")


def test_a_warning_is_said_and_lets_the_commit_pass(outlast):
    write(requirements_txt=FLAGGED)
    Path("outlast.toml").write_text('[[policy]]\nname = "a"\neffect = "warn"\nverdict = "flagged"\n')
    run = outlast("hook", "requirements.txt")
    assert run.code == 0
    assert run.out.startswith("warning: requirements.txt:1: ")


@pytest.mark.parametrize("place", ["node_modules/x", "vendor", "examples"])
def test_vendored_and_excluded_files_are_passed_over(outlast, place):
    Path("outlast.toml").write_text('[scan]\nexclude = ["examples"]\n')
    Path(place).mkdir(parents=True)
    Path(place, "requirements.txt").write_text(FLAGGED)
    assert outlast("hook", f"{place}/requirements.txt").code == 0


def test_a_file_that_is_gone_or_a_link_is_passed_over(outlast):
    write(real_txt=FLAGGED)
    Path("requirements.txt").symlink_to("real.txt")
    assert outlast("hook", "requirements.txt", "poetry.lock").code == 0


def test_a_yaml_file_that_is_no_input_is_passed_over(outlast):
    Path("translations.yaml").write_text("hello: world\n")
    assert outlast("hook", "translations.yaml") == (0, "", "")


def test_a_broken_input_is_one_clear_line_and_exit_2(outlast):
    Path("package-lock.json").write_text("{")
    run = outlast("hook", "package-lock.json")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("outlast: package-lock.json: line 1")


def test_it_opens_no_connection(outlast, monkeypatch):
    def forbidden(*_arguments, **_options):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    write(requirements_txt=SAFE)
    assert outlast("hook", "requirements.txt").code == 0


def test_where_no_input_changed_nothing_heavy_is_loaded(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    code = """
import sys
sys.argv = ["outlast", "hook", "notes.txt"]
from scanner.cli import main
try:
    main()
except SystemExit:
    pass
heavy = {"rich", "httpx", "jinja2", "yaml", "cyclonedx", "packageurl", "sqlite3", "scanner.pipeline", "scanner.assess"}
readers = {name for name in sys.modules if name.startswith("scanner.read.python")}
print(sorted(heavy & set(sys.modules)), sorted(readers))
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment
    )
    assert done.stdout == "[] []\n"


class Repository:
    """A repository with outlast as its hook, for the real pre-commit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shell = root / "bin" / "outlast"
        shell.parent.mkdir(parents=True)
        shell.write_text(f'#!/bin/sh\nexec {sys.executable} -m scanner "$@"\n')
        shell.chmod(0o755)
        self.environment = os.environ | {
            "PATH": f"{shell.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(root / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@b.example",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@b.example",
        }
        self.hooks, self.project = root / "hooks", root / "project"
        for folder in (self.hooks, self.project):
            folder.mkdir()
            self.run("git", "init", "--quiet", "--initial-branch", "main", folder=folder)

    def run(self, *arguments, folder=None, check=True):
        return subprocess.run(
            arguments,
            cwd=folder or self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
        )

    def commit(self, folder=None, check=True, **files):
        for name, text in files.items():
            ((folder or self.project) / name.replace("_txt", ".txt")).write_text(text)
        self.run("git", "add", "--all", folder=folder)
        return self.run("git", "commit", "--message", "change", folder=folder, check=check)

    def install(self, id, more=""):
        """The hooks file as users get it, from a repository with a revision."""
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", self.hooks)
        self.commit(self.hooks)
        revision = self.run("git", "rev-parse", "HEAD", folder=self.hooks).stdout.strip()
        config = f"repos:\n- repo: {self.hooks}\n  rev: {revision}\n  hooks:\n  - id: {id}\n{more}"
        (self.project / ".pre-commit-config.yaml").write_text(config)
        self.run(sys.executable, "-m", "pre_commit", "install")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("id", "more"), [("outlast-system", ""), ("outlast", "    language: system\n")], ids=["system", "python"]
)
def test_pre_commit_stops_a_commit_that_the_policy_forbids_and_lets_others_pass(tmp_path, id, more):
    """With `language: python` pre-commit would fetch the dependencies, so that one word is overridden here."""
    repository = Repository(tmp_path)
    repository.install(id, more)
    good = repository.commit(requirements_txt=SAFE, notes_txt="hello")
    assert "outlast..." in good.stderr
    assert "Passed" in good.stderr
    bad = repository.commit(requirements_txt=FLAGGED, check=False)
    assert bad.returncode == 1
    assert "error: requirements.txt:1: Amazon DynamoDB: " in bad.stderr
    repository.run("git", "checkout", "--quiet", "--force", "HEAD", "--", ".")
    assert repository.commit(notes_txt="unrelated").returncode == 0
