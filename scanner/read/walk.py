"""Find the inputs below a directory: no vendored trees, no ignored files, no link out of the tree."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

VENDORED = frozenset(
    {
        ".git", ".hg", ".svn", "node_modules", "bower_components", "vendor", ".venv", "venv", "site-packages",
        "__pycache__", ".tox", ".nox", ".eggs", ".mypy_cache", ".terraform", ".gradle", "Pods", "_build", "deps",
    }
)  # fmt: skip
"""Folders whose inputs describe somebody else's project, or a copy of what a lockfile outside says."""
MAX_DEPTH = 64
MAX_IGNORE = 2**20
"""Bytes of a .gitignore."""
MAX_STARS = 3
"""A pattern with more runs of stars is passed over: matching it can take for ever, and without it more is read."""
STARS = re.compile(r"\*+")

Skipped = Callable[[str, str], None]
"""Is told a folder that was not looked into, and why."""


def walk(root: Path, exclude: Sequence[str] = (), skipped: Skipped = lambda *_: None) -> Iterator[str]:
    """Paths of files below `root`, relative to it with slashes, sorted. `exclude` are globs of such paths."""
    yield from _walk(root, "", (), exclude, skipped)


def excluded(path: str, exclude: Sequence[str]) -> bool:
    """Whether one of these globs leaves a path out."""
    return any(fnmatch(path, glob) for glob in exclude)


def _walk(
    root: Path,
    folder: str,
    ignores: tuple[tuple[str, "GitIgnoreSpec"], ...],
    exclude: Sequence[str],
    skipped: Skipped,
) -> Iterator[str]:
    if folder.count("/") >= MAX_DEPTH:
        skipped(folder, f"lies more than {MAX_DEPTH} folders deep")
        return
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        skipped(folder, (error.strerror or str(error)).lower())
        return
    if any(entry.name == ".gitignore" and entry.is_file(follow_symlinks=False) for entry in entries):
        ignores = (*ignores, (folder, _ignore(root / folder / ".gitignore")))
    for entry in entries:
        path = f"{folder}/{entry.name}".lstrip("/")
        if excluded(path, exclude):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in VENDORED and not _ignored(f"{path}/", ignores):
                yield from _walk(root, path, ignores, exclude, skipped)
        elif _is_inside(root, entry) and not _ignored(path, ignores):
            yield path


def _is_inside(root: Path, entry: "os.DirEntry[str]") -> bool:
    """A regular file, or a link to one that stays within the tree."""
    if not entry.is_symlink():
        return entry.is_file()
    target = Path(os.path.realpath(entry.path))
    return target.is_file() and target.is_relative_to(os.path.realpath(root))


def _ignored(path: str, ignores: tuple[tuple[str, "GitIgnoreSpec"], ...]) -> bool:
    for folder, spec in reversed(ignores):
        result = spec.check_file(path.removeprefix(f"{folder}/" if folder else ""))
        if result.include is not None:
            return bool(result.include)
    return False


@lru_cache(maxsize=256)
def _ignore(path: Path) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(MAX_IGNORE).splitlines()
    except OSError:
        lines = []
    return GitIgnoreSpec.from_lines(line for line in lines if len(STARS.findall(line)) <= MAX_STARS)
