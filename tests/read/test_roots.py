"""Which folders of a monorepo are projects of their own."""

import pytest

from scanner.read.roots import roots


@pytest.fixture
def found(tmp_path):
    def make(*paths: str, content: str = "") -> dict[str, tuple[str, ...]]:
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content)
        return roots(tmp_path)

    return make


def test_a_folder_with_a_lockfile_is_a_root(found):
    assert found("web/yarn.lock", "api/uv.lock") == {"api": (), "web": ()}


def test_members_of_a_workspace_belong_to_the_root_that_has_the_lockfile(found):
    assert found("web/yarn.lock", "web/package.json", "web/packages/a/package.json") == {"web": ()}


def test_a_root_in_a_root_is_left_to_itself(found):
    assert found("yarn.lock", "tools/x/Cargo.lock") == {".": ("tools/x",), "tools/x": ()}


def test_a_manifest_without_any_lockfile_is_a_root_with_those_below_it(found):
    assert found("a/package.json", "a/b/package.json", "c/pom.xml") == {"a": (), "c": ()}


def test_what_lies_in_no_root_belongs_to_the_folder_as_a_whole(found):
    assert found("web/yarn.lock", "web/Dockerfile", "deploy/compose.yaml") == {".": ("web",), "web": ()}


def test_deployment_files_and_boms_make_no_folder_a_root(found):
    assert found("uv.lock", "deploy/main.tf", "boms/a.cdx.json", "ci/.tool-versions") == {".": ()}


def test_vendored_folders_hold_no_root(found):
    assert found("yarn.lock", "node_modules/a/package.json") == {".": ()}


def test_a_file_that_no_reader_is_for_makes_no_root(found):
    assert found("web/yarn.lock", "notes.yaml") == {"web": ()}
