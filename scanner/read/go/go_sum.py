"""go.sum, for what go.mod beside it does not say.

Format: https://go.dev/ref/mod#go-sum-files
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source

FILES = ("go.sum",)
CARRIES = frozenset({"lines", "hashes"})


def read(source: Source) -> Iterator[Component]:
    """Nothing where go.mod is there, which is read with this file; else the modules whose content was needed."""
    return iter(()) if source.neighbour("go.mod") else read_all(source)


def read_all(source: Source) -> Iterator[Component]:
    """The modules whose content was needed; of several versions all, for the file does not say which was chosen."""
    for number, path, version, hash in _lines(source):
        if not version.endswith("/go.mod"):
            yield source.component("golang", path, version, line=number, hashes=(hash,))


def hashes(source: Source) -> dict[tuple[str, str], tuple[str, ...]]:
    """By path and version."""
    return {(path, version): (hash,) for _, path, version, hash in _lines(source)}


def _lines(source: Source) -> Iterator[tuple[int, str, str, str]]:
    for number, text in enumerate(source.text.splitlines(), 1):
        words = text.split()
        if len(words) == 3:
            yield number, words[0], words[1], words[2]
        elif words:
            source.error("is not a module, a version and a hash", f"line {number}")
