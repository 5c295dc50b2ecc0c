"""Which of some files, such as those of a commit, a walk over the project would have taken for inputs."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from scanner.read.formats import HEAD, by_name, choose
from scanner.read.walk import VENDORED, excluded


def inputs(files: Iterable[str], exclude: Sequence[str], tells: Callable[[str], bool]) -> list[str]:
    """Those that a reader is for or whose path alone `tells` something, and that are still there; sorted."""
    named = (path.replace(os.sep, "/") for path in sorted(set(files)) if tells(path) or by_name(path))
    return [path for path in named if not _left_out(path, exclude) and (tells(path) or _is_format(path))]


def _left_out(path: str, exclude: Sequence[str]) -> bool:
    """As in a walk, leaving a folder out leaves out all that is in it."""
    parts = path.split("/")
    if VENDORED.intersection(parts[:-1]) or not os.path.isfile(path) or os.path.islink(path):
        return True
    return bool(exclude) and any(excluded(above, exclude) for above in _with_folders(parts))


def _with_folders(parts: Sequence[str]) -> Iterator[str]:
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _is_format(path: str) -> bool:
    """Whether its first bytes do not speak against it; of a file that cannot be opened the reader complains."""
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD)
    except OSError:
        return True
    return choose(path, head) is not None
