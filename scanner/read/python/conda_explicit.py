"""Explicit specifications of Conda: `conda list --explicit` and conda-lock's conda-linux-64.lock.

Format: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html#building-identical-conda-environments
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.python import conda
from scanner.read.source import Source

FILES = ("conda-*.lock", "*spec-file*.txt", "*explicit*.txt")
CARRIES = frozenset({"lines", "hashes"})
MARK = "@EXPLICIT"


def recognises(head: bytes) -> bool:
    """Whether the list begins in these first bytes."""
    return MARK.encode() in head


def read(source: Source) -> Iterator[Component]:
    """Every archive of the list."""
    begun = False
    for number, text in enumerate(source.text.splitlines(), 1):
        bare = text.strip()
        begun = begun or bare == MARK
        if not begun or not bare or bare.startswith(("#", "@")):
            continue
        found = conda.archive(bare)
        if found is None:
            source.error("is no archive of a Conda package", f"line {number}")
        hashes = (f"md5:{found.md5}",) if found.md5 else ()
        yield source.component(
            "conda", found.name, found.version, line=number, hashes=hashes, qualifiers=found.qualifiers
        )
    if not begun:
        source.error(f"has no {MARK}")
