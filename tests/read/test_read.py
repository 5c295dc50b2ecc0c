"""Reading paths: what is an error, what is a gap, and what stays outside."""

import os

import pytest

from scanner.errors import ReadError
from scanner.model import Gap
from scanner.read import read
from scanner.read.unread import REASON

LOCK = '{"lockfileVersion": 3, "packages": {"node_modules/ms": {"version": "2.1.3"}}}'


def put(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder)


def complaint(*paths, **options):
    with pytest.raises(ReadError) as caught:
        read([str(path) for path in paths], **options)
    return str(caught.value)


def test_a_directory_is_read_with_paths_relative_to_it(tmp_path):
    inventory = read([put(tmp_path, {"web/package-lock.json": LOCK, "Dockerfile": "FROM alpine:3\n"})])
    assert [(source.path, source.format, source.components) for source in inventory.sources] == [
        ("Dockerfile", "dockerfile", 1),
        ("web/package-lock.json", "package-lock", 1),
    ]
    assert inventory.project == tmp_path.name


def test_a_file_that_cannot_be_read_is_a_gap_in_a_directory_and_an_error_by_name(tmp_path):
    put(tmp_path, {"Dockerfile": "FROM alpine:3\n", "yarn.lock": "# yarn lockfile v1\n\noops\n"})
    inventory = read([str(tmp_path)])
    assert inventory.gaps == (Gap(stage="read", subject="yarn.lock: line 3", reason="'oops' starts no package"),)
    assert complaint(tmp_path / "yarn.lock").endswith("yarn.lock: line 3: 'oops' starts no package")


def test_a_directory_without_inputs_is_an_error(tmp_path):
    put(tmp_path, {"README.md": "nothing"})
    assert "no SBOM, lockfile or deployment file found here" in complaint(tmp_path)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    assert complaint(tmp_path / "none").endswith("none: no such file or directory")


def test_a_file_of_an_unknown_name_is_read_by_its_content(tmp_path):
    put(tmp_path, {"workflow.txt": "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n"})
    inventory = read([str(tmp_path / "workflow.txt")])
    assert [source.format for source in inventory.sources] == ["github-workflow"]


def test_a_file_of_no_format_is_an_error_that_says_how_to_name_one(tmp_path):
    put(tmp_path, {"notes.txt": "hello", "empty.txt": " \n"})
    assert "--as FORMAT" in complaint(tmp_path / "notes.txt")
    assert complaint(tmp_path / "empty.txt").endswith("is empty")


def test_a_format_can_be_forced_and_a_near_miss_is_explained(tmp_path):
    put(tmp_path, {"deps.txt": "flask==3.0.0\n"})
    path = str(tmp_path / "deps.txt")
    assert [c.purl for c in read([path], as_format="requirements").components] == ["pkg:pypi/flask@3.0.0"]
    assert "did you mean requirements?" in complaint(path, as_format="requirement")
    assert "one of: " in complaint(path, as_format="zzz")


def test_an_include_does_not_lead_out_of_the_project(tmp_path):
    put(tmp_path, {"secret-requirements.txt": "secret==1\n"})
    project = put(tmp_path / "project", {"requirements.txt": "-r ../secret-requirements.txt\nflask==3.0.0\n"})
    inventory = read([project])
    assert [component.name for component in inventory.components] == ["flask"]
    assert [gap.subject for gap in inventory.gaps] == ["requirements.txt: line 1"]


def test_a_link_does_not_lead_out_of_the_project(tmp_path):
    put(tmp_path, {"outside.json": LOCK})
    project = put(tmp_path / "project", {"Dockerfile": "FROM alpine:3\n"})
    os.symlink(tmp_path / "outside.json", tmp_path / "project" / "package-lock.json")
    assert [source.path for source in read([project]).sources] == ["Dockerfile"]


def test_a_neighbour_with_an_impossible_name_is_none(tmp_path):
    path = put(tmp_path, {"requirements.txt": f"-r {'x' * 5000}.txt\n-r a\0b.txt\n"})
    assert len(read([path]).gaps) == 2


def test_a_named_pipe_is_no_input(tmp_path):
    os.mkfifo(tmp_path / "yarn.lock")
    assert "is not a regular file" in complaint(tmp_path / "yarn.lock")


def test_several_paths_make_one_project(tmp_path):
    put(tmp_path, {"a/Dockerfile": "FROM alpine:3\n", "b/Dockerfile": "FROM debian:12\n"})
    inventory = read([str(tmp_path / "a"), str(tmp_path / "b")])
    assert inventory.project == "a + b"
    assert [component.name for component in inventory.components] == ["library/alpine", "library/debian"]


def test_each_file_is_read_once_whatever_leads_to_it(tmp_path):
    project = put(tmp_path, {"web/package-lock.json": LOCK})
    os.symlink(tmp_path / "web" / "package-lock.json", tmp_path / "package-lock.json")
    inventory = read([project, str(tmp_path / "web"), str(tmp_path / "web" / "package-lock.json")])
    assert [source.path for source in inventory.sources] == ["package-lock.json"]
    assert len(inventory.components) == 1


def test_vendored_folders_are_read_where_they_are_named(tmp_path):
    put(
        tmp_path,
        {"Dockerfile": "FROM alpine:3\n", "vendor/lib/package-lock.json": LOCK, ".venv/requirements.txt": "a==1\n"},
    )
    assert [source.path for source in read([str(tmp_path)]).sources] == ["Dockerfile"]
    inventory = read([str(tmp_path / "vendor"), str(tmp_path / ".venv")])
    assert [source.path for source in inventory.sources] == ["lib/package-lock.json", "requirements.txt"]


@pytest.mark.parametrize(
    "name", ["shard.lock", "buf.lock", "bun.lockb", "yarn.lock", "deps-lock.json", "bom.json", "app.cdx.xml"]
)
def test_what_looks_like_an_input_and_is_of_no_format_is_named(tmp_path, name):
    project = put(tmp_path, {"Dockerfile": "FROM alpine:3\n", f"web/{name}": '{"something": "else"}' + " " * 80})
    assert read([project]).gaps == (Gap(stage="read", subject=f"web/{name}", reason=REASON),)


@pytest.mark.parametrize("name", ["README.md", "values.yaml", "data.json", "block.py", "clock.json", "unlock.toml"])
def test_what_does_not_look_like_an_input_is_passed_over(tmp_path, name):
    project = put(tmp_path, {"Dockerfile": "FROM alpine:3\n", name: '{"something": "else"}' + " " * 80})
    assert read([project]).gaps == ()


def test_the_lock_of_a_process_is_no_input(tmp_path):
    project = put(tmp_path, {"Dockerfile": "FROM alpine:3\n", "db.lock": "4711\n", ".#notes.lock": ""})
    assert read([project]).gaps == ()
