"""Globs found by name match just what each of them would match by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.rulebook.globs import Globs

PARTS = st.lists(st.text("ab.*?", min_size=1, max_size=4), min_size=1, max_size=3)
PATHS = st.lists(st.text("ab.", min_size=1, max_size=4), min_size=1, max_size=3).map("/".join)


@given(st.lists(PARTS.map("/".join), unique=True, max_size=6), PATHS)
def test_many_together_match_as_each_alone(globs, path):
    together = Globs(globs).matching(path)
    assert sorted(together) == sorted(glob for glob in globs if Globs([glob]).matching(path))


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("Makefile", "Makefile", True),
        ("Makefile", "deep/Makefile", False),
        ("**/Makefile", "Makefile", True),
        ("**/Makefile", "very/deep/Makefile", True),
        ("**/*.c", "src/main.c", True),
        ("**/*.c", "src/main.cc", False),
        ("**/*.tar.gz", "a.b.tar.gz", True),
        (".github/workflows/*.yml", ".github/workflows/a.yml", True),
        (".github/workflows/*.yml", ".github/workflows/deep/a.yml", False),
        ("**/Dockerfile.*", "deep/Dockerfile.dev", True),
        ("**/k8s/**/*.yaml", "a/k8s/b/c/d.yaml", True),
        ("a?.txt", "ab.txt", True),
        ("a?.txt", "a/.txt", False),
        ("a.txt", "aXtxt", False),
    ],
)
def test_a_glob_is_as_in_gitignore_files(glob, path, matches):
    assert bool(Globs([glob]).matching(path)) is matches
