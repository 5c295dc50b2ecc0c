"""Which files of a directory are looked at."""

import os

from scanner.read.walk import walk


def tree(root, *paths, **contents):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(contents.get(path, ""))
    return root


def test_paths_are_sorted_and_relative(tmp_path):
    assert list(walk(tree(tmp_path, "b", "a/c", "a/b"))) == ["a/b", "a/c", "b"]


def test_vendored_folders_are_left_out(tmp_path):
    assert list(walk(tree(tmp_path, "a", "node_modules/x/b", "web/.venv/c", ".git/d"))) == ["a"]


def test_what_git_ignores_is_left_out_with_the_nearest_file_deciding(tmp_path):
    tree(tmp_path, "keep", "out.log", "build/x", "sub/out.log", "sub/other.tmp")
    (tmp_path / ".gitignore").write_text("*.log\nbuild/\n*.tmp\n")
    (tmp_path / "sub" / ".gitignore").write_text("!*.log\n")
    assert list(walk(tmp_path)) == [".gitignore", "keep", "sub/.gitignore", "sub/out.log"]


def test_a_negated_pattern_brings_back_what_an_earlier_one_leaves_out(tmp_path):
    tree(tmp_path, "a.lock", "keep.lock", "sub/a.lock", "sub/keep.lock")
    (tmp_path / ".gitignore").write_text("*.lock\n!keep.lock\n")
    assert list(walk(tmp_path)) == [".gitignore", "keep.lock", "sub/keep.lock"]


def test_a_nested_pattern_counts_from_its_own_folder_and_not_beyond(tmp_path):
    tree(tmp_path, "a/x/f", "a/y/x/f", "x/f")
    (tmp_path / "a" / ".gitignore").write_text("/x\n")
    assert list(walk(tmp_path)) == ["a/.gitignore", "a/y/x/f", "x/f"]


def test_nothing_below_an_ignored_folder_comes_back(tmp_path):
    tree(tmp_path, "build/keep/f", "f")
    (tmp_path / ".gitignore").write_text("build/\n!build/keep/f\n")
    (tmp_path / "build" / ".gitignore").write_text("!*\n")
    assert list(walk(tmp_path)) == [".gitignore", "f"]


def test_excluded_paths_are_left_out_with_all_below_them(tmp_path):
    assert list(walk(tree(tmp_path, "a/b", "docs/x/y", "c.lock"), ["docs", "*.lock"])) == ["a/b"]


def test_links_are_followed_to_files_within_the_tree_and_never_to_folders(tmp_path):
    root = tree(tmp_path / "in", "a", "folder/b")
    tree(tmp_path, "outside")
    os.symlink(root / "a", root / "inside")
    os.symlink(tmp_path / "outside", root / "out")
    os.symlink(root / "folder", root / "again")
    os.symlink(root / "nowhere", root / "dangling")
    assert list(walk(root)) == ["a", "folder/b", "inside"]
