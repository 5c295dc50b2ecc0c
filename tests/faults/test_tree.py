"""A directory that wants to stop the scan, or to hide from it."""

import json
import os
from pathlib import Path

import pytest

from scanner.read import MAX_BYTES
from scanner.read.walk import MAX_DEPTH, MAX_IGNORE

LOCK = '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0"}}}'


def lock(folder="."):
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, "package-lock.json").write_text(LOCK)


def gaps(run):
    assert run.code == 0, run.err
    return {gap["subject"]: gap["reason"] for gap in json.loads(run.out)["gaps"] if gap["stage"] == "read"}


def test_a_file_larger_than_allowed_is_refused_by_name_and_a_gap_in_a_directory(outlast):
    lock("good")
    with Path("yarn.lock").open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # no block of it is on disk
    run = outlast("scan", "yarn.lock", "--offline")
    assert (run.code, run.err) == (2, "outlast: yarn.lock: is larger than 512 MiB\n")
    assert gaps(outlast("scan", "--offline", "--format", "json")) == {"yarn.lock": "is larger than 512 MiB"}


@pytest.mark.parametrize("kind", ["pipe", "endless", "link out of the tree"])
def test_a_gitignore_that_is_no_file_is_not_opened(outlast, kind, tmp_path):
    lock("project")
    place = Path("project/.gitignore")
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "endless":
        place.symlink_to("/dev/zero")
    else:
        Path("outside").write_text("*.json\n")
        place.symlink_to(tmp_path / "outside")
    run = outlast("scan", "project", "--offline", "--format", "json")
    assert [source["path"] for source in json.loads(run.out)["sources"]] == ["package-lock.json"]


def test_of_an_endless_gitignore_only_the_beginning_is_read(outlast):
    lock()
    Path(".gitignore").write_text("# " + "x" * MAX_IGNORE + "\n*.json\n")
    assert outlast("scan", "--offline", "--quiet").code == 0


def test_a_pattern_that_could_be_matched_for_ever_hides_nothing_and_ends(outlast):
    """Twenty stars on a name of 200 letters would take longer than the universe has."""
    lock("a" * 200)
    Path(".gitignore").write_text("*a" * 20 + "b\n")
    run = outlast("scan", "--offline", "--format", "json")
    assert json.loads(run.out)["summary"]["components"] == 1


def test_a_folder_that_lies_too_deep_is_a_gap(outlast):
    lock()
    lock("/".join(["d"] * (MAX_DEPTH + 1)))
    assert list(gaps(outlast("scan", "--offline", "--format", "json")).values()) == ["lies more than 64 folders deep"]


def test_a_folder_that_cannot_be_opened_is_a_gap(outlast, monkeypatch):
    lock()
    lock("secret")
    look = os.scandir

    def denied(path):
        """root may look into everything, so the refusal is made here."""
        if Path(path).name == "secret":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert gaps(outlast("scan", "--offline", "--format", "json")) == {"secret": "permission denied"}


def test_a_projects_client_file_that_is_nested_without_end_is_a_gap(outlast):
    """libyaml would overflow its stack, and the process would be gone."""
    lock()
    Path(".yarnrc.yml").write_text("[" * 100_000)
    run = outlast("scan", "--offline", "--format", "json")
    assert run.code == 0, run.err
    reasons = [gap["reason"] for gap in json.loads(run.out)["gaps"] if gap["subject"] == ".yarnrc.yml"]
    assert ["is larger than 16 KiB" in reason for reason in reasons] == [True]


def test_a_projects_npmrc_with_what_is_no_address_ends_nothing(outlast):
    lock()
    Path(".npmrc").write_text("registry=https://[\n@a:registry=https://[::1/" + "${" * 1_000 + "\n")
    assert outlast("scan", "--offline", "--quiet").code == 0
