"""outlast diff: revisions, directories, files and reports against each other."""

import json
import os
import subprocess
from pathlib import Path

import pytest

NAMES = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.example"} | {
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.example",
}


def git(*arguments):
    environment = os.environ | NAMES | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *arguments], check=True, capture_output=True, text=True, env=environment)
    return done.stdout.strip()


def commit(**files):
    for name, content in files.items():
        path = Path(name.replace("__", "/").replace("_txt", ".txt"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    git("add", "--all")
    git("commit", "--quiet", "--message", "change")


@pytest.fixture
def repository(outlast):
    """`main` uses psycopg; the branch that is checked out swaps it for a client of DynamoDB."""
    git("init", "--quiet", "--initial-branch", "main")
    commit(requirements_txt="psycopg==3.2.12\n")
    git("checkout", "--quiet", "-b", "swap")
    commit(requirements_txt="pynamodb==6.1.0\n")
    return outlast


def test_a_swap_of_suppliers_is_shown_as_exactly_that(repository):
    run = repository("diff", "main..HEAD", "--offline")
    assert run.code == 0
    assert run.out.startswith("main → HEAD\nOne more actor can stop this: Amazon DynamoDB has no second source.")
    assert "+ Amazon DynamoDB  ✖ flagged" in run.out
    assert "- PostgreSQL  ✔ safe" in run.out
    assert "+ pypi pynamodb" in run.out
    assert "- pypi psycopg" in run.out
    assert "Python" not in run.out


def test_the_json_has_every_change_and_only_the_new_findings(repository):
    result = json.loads(repository("diff", "main..HEAD", "--offline", "--format", "json").out)
    assert [(item["way"], item["id"]) for item in result["technologies"]] == [
        ("added", "amazon-dynamodb"), ("removed", "postgresql"),
    ]  # fmt: skip
    assert [item["id"] for item in result["findings"]] == ["amazon-dynamodb"]
    assert [item["id"] for item in result["components"]] == ["pkg:pypi/pynamodb", "pkg:pypi/psycopg"]


def test_sarif_has_only_what_is_new(repository):
    log = json.loads(repository("diff", "main..HEAD", "--offline", "--format", "sarif").out)
    results = log["runs"][0]["results"]
    assert [result["properties"]["id"] for result in results] == ["amazon-dynamodb"]
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "requirements.txt"


def test_markdown_is_a_table_for_a_pull_request(repository):
    run = repository("diff", "main..HEAD", "--offline", "--format", "markdown")
    assert run.out.startswith("### outlast: `main` → `HEAD`\n\n**One more actor can stop this")
    assert "| + added | **Amazon DynamoDB** | ✖ flagged |" in run.out
    assert "`requirements.txt:1`" in run.out
    assert run.out.count("<details>") == run.out.count("</details>") == 1


def test_the_threshold_makes_it_a_gate_for_what_is_new(repository):
    assert repository("diff", "main..HEAD", "--offline", "--fail-on", "flagged").code == 1
    assert repository("diff", "HEAD..main", "--offline", "--fail-on", "flagged").code == 0


def test_one_revision_is_compared_with_the_working_tree(repository):
    Path("requirements.txt").write_text("psycopg==3.2.12\n")
    assert "no longer holds this up alone" in repository("diff", "HEAD", "--offline").out
    assert "Nothing that outlast looks at is different." in repository("diff", "main", "--offline").out


def test_three_dots_compare_with_where_the_branches_parted(repository):
    git("checkout", "--quiet", "main")
    commit(requirements_txt="psycopg==3.2.12\nstripe==13.0\n")
    assert "- Stripe" in repository("diff", "main..swap", "--offline").out
    assert "Stripe" not in repository("diff", "main...swap", "--offline").out


def test_directories_and_saved_reports_can_be_compared(outlast):
    for name, text in {"a": "psycopg==3.2.12\n", "b": "pynamodb==6.1.0\n"}.items():
        Path(name).mkdir()
        Path(name, "requirements.txt").write_text(text)
    outlast("scan", "a", "--offline", "-o", "a.json", "--format", "json")
    for old in ("a", "a.json"):
        assert "+ Amazon DynamoDB" in outlast("diff", old, "b", "--offline").out


def test_below_a_folder_a_revision_is_that_folder(repository, monkeypatch):
    commit(api__requirements_txt="stripe==13.0\n")
    monkeypatch.chdir("api")
    run = repository("diff", "HEAD~1..HEAD", "--offline")
    assert "no SBOM, lockfile or deployment file found here" in run.err
    commit(requirements_txt="pynamodb==6.1.0\n")
    run = repository("diff", "HEAD~1..HEAD", "--offline")
    assert "+ Amazon DynamoDB" in run.out
    assert "- Stripe" in run.out


def test_no_hook_filter_or_attribute_of_the_repository_has_a_say(repository, tmp_path):
    """A checkout would run them, and `git archive` would leave the file out."""
    mark = tmp_path / "ran"
    hook = Path(".git/hooks/post-checkout")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)
    git("config", "filter.evil.smudge", f"touch {mark}; cat")
    git("config", "core.fsmonitor", f"touch {mark}")
    Path(".gitattributes").write_text("requirements.txt filter=evil export-ignore\n")
    git("-c", "core.fsmonitor=false", "add", ".gitattributes")
    git("-c", "core.fsmonitor=false", "commit", "--quiet", "--message", "attributes")
    mark.unlink(missing_ok=True)
    assert "+ Amazon DynamoDB" in repository("diff", "main..HEAD", "--offline").out
    assert not mark.exists()


def test_links_and_vendored_folders_of_a_revision_are_passed_over(repository):
    Path("node_modules/x").mkdir(parents=True)
    Path("node_modules/x/requirements.txt").write_text("stripe==13.0\n")
    Path("linked-requirements.txt").symlink_to("/etc/hostname")
    git("add", "--force", "--all")
    git("commit", "--quiet", "--message", "more")
    assert "Nothing that outlast looks at is different." in repository("diff", "HEAD~1..HEAD", "--offline").out


def test_nothing_is_left_behind(repository, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    repository("diff", "main..HEAD", "--offline")
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["mian..HEAD"], "mian: no such revision, file or directory; did you mean 'main'?"),
        (["nowhere", "."], "nowhere: no such revision, file or directory; a shallow clone has to fetch it first"),
        (["--format", "html", "main"], "'html' is not one of"),
        (["-", "main"], "reads no standard input"),
        ([], "Missing argument 'OLD[..NEW]'"),
    ],
    ids=str,
)
def test_wrong_use_is_one_clear_line_and_exit_2(repository, arguments, says):
    run = repository("diff", *arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert says in run.err


def test_outside_of_a_repository_it_says_so(outlast):
    assert "main: no such file or directory, and no git repository" in outlast("diff", "main").err


def test_without_git_it_says_so(outlast, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert "main: git is not installed" in outlast("diff", "main").err
