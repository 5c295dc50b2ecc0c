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
