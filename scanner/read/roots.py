"""The projects of a monorepo: which folders are roots of their own.

A root is a folder with a lockfile, or with a manifest where no folder above is a root. What lies in no root belongs
to the folder as a whole.
"""

import posixpath
from collections.abc import Sequence
from pathlib import Path

from scanner.read.formats import HEAD, Format, by_name, choose
from scanner.read.walk import walk

NOT_PROJECTS = frozenset({"sbom", "deploy", "toolchain"})
"""Families of files that say what a project runs on or was, and make no folder a project."""
MANIFESTS = frozenset(
    {
        "cargo-toml", "composer-json", "directory-packages", "gemfile", "go-work", "gradle-build", "package-json",
        "pipfile", "pom-xml", "project-file", "pubspec-yaml", "pyproject-toml", "version-catalog",
    }
)  # fmt: skip


def roots(folder: Path, exclude: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """Each root below `folder`, "." for itself, with the paths below it that are not its own; sorted."""
    locked: set[str] = set()
    declared: set[str] = set()
    rest: list[str] = []
    for path in walk(folder, exclude):
        found = [format for format in by_name(path) if _family(format) not in NOT_PROJECTS]
        names = {format.name for format in found}
        if not found:
            rest.append(path)
        else:
            (declared if names <= MANIFESTS else locked).add(posixpath.dirname(path) or ".")
    known = set(locked)
    for place in sorted(declared, key=lambda place: (place.count("/"), place)):
        if not any(above in known for above in _above(place)):
            known.add(place)
    if any(not known.intersection(_above(posixpath.dirname(path) or ".")) and _is_input(folder, path) for path in rest):
        known.add(".")
    return {root: _others(root, known) for root in sorted(known)}


def _is_input(folder: Path, path: str) -> bool:
    """Whether a reader is for the file; many are for some *.yaml only."""
    try:
        with (folder / path).open("rb") as file:
            return choose(path, file.read(HEAD)) is not None
    except OSError:
        return False


def _family(format: Format) -> str:
    return format.module.split(".")[2]


def _above(place: str) -> list[str]:
    """The folder itself and those above it, up to "."."""
    parts = [] if place == "." else place.split("/")
    return ["/".join(parts[:count]) or "." for count in range(len(parts), -1, -1)]


def _others(root: str, known: set[str]) -> tuple[str, ...]:
    """Roots below a root, relative to it."""
    return tuple(sorted(posixpath.relpath(other, root) for other in known if other != root and root in _above(other)))
