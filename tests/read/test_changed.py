"""Which files of a commit are inputs: those that a walk over the project would have taken."""

from pathlib import Path

import pytest

from scanner.read.changed import inputs
from scanner.read.formats import choose
from scanner.read.walk import walk


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {
        "package-lock.json": "{}",
        "deep/poetry.lock": "",
        "node_modules/a/package-lock.json": "{}",
        "examples/requirements.txt": "a==1",
        "notes.txt": "hello",
        "conf/mosquitto.conf": "x",
        "words.yaml": "hello: world",
        "k8s/pod.yaml": "apiVersion: v1\nkind: Pod\n",
    }
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    return list(files)


def tells(path):
    return path.endswith(".conf")


def test_they_are_what_a_walk_would_have_taken(tree):
    taken = [path for path in walk(Path(), ["examples"]) if tells(path) or choose(path, Path(path).read_bytes())]
    assert inputs(tree, ["examples"], tells) == taken
    assert taken == ["conf/mosquitto.conf", "deep/poetry.lock", "k8s/pod.yaml", "package-lock.json"]


def test_each_file_counts_once_and_in_order(tree):
    assert inputs([*reversed(tree), *tree], [], tells) == sorted(set(inputs(tree, [], tells)))


def test_a_file_that_cannot_be_opened_is_left_to_the_reader(tree, monkeypatch):
    def denied(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    assert inputs(["package-lock.json"], [], tells) == ["package-lock.json"]
