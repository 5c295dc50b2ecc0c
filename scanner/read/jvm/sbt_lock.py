"""build.sbt.lock of sbt-dependency-lock.

Format: https://stringbean.github.io/sbt-dependency-lock/file-formats/version-1.html
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read.source import Source

FILES = ("build.sbt.lock",)
CARRIES = frozenset({"scope", "lines", "hashes"})
LINE = r'"name"\s*:\s*"([^"]+)"\s*,\s*"version"'
RUNS = frozenset({"compile", "runtime", "provided", "optional"})


class Artifact(msgspec.Struct):
    hash: str | None = None


class Dependency(msgspec.Struct):
    org: str
    name: str
    version: str
    artifacts: list[Artifact] = []
    configurations: list[str] = []


class Lock(msgspec.Struct, rename="camel"):
    lock_version: int
    dependencies: list[Dependency] = []


def read(source: Source) -> Iterator[Component]:
    """Every locked module, with the scope that its configurations tell."""
    lock = source.json(Lock)
    if lock.lock_version != 1:
        source.error(f"lockVersion {lock.lock_version} is not known; 1 is", "$.lockVersion")
    for dependency, line in source.lines_of(lock.dependencies, LINE):
        yield source.component(
            "maven",
            f"{dependency.org}/{dependency.name}",
            dependency.version,
            line=line,
            scope=_scope(set(dependency.configurations)),
            hashes=tuple(artifact.hash for artifact in dependency.artifacts if artifact.hash),
        )


def _scope(configurations: set[str]) -> Scope:
    if configurations & RUNS or not configurations:
        return "runtime"
    return "test" if any("test" in name or name == "it" for name in configurations) else "build"
