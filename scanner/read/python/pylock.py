"""pylock.toml, the lockfile format that Python's tools share (PEP 751).

Format: https://packaging.python.org/en/latest/specifications/pylock-toml/
"""

from collections.abc import Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import Component
from scanner.read import graph, registry
from scanner.read.python import pyproject
from scanner.read.source import Source

FILES = ("pylock.toml", "pylock.*.toml")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})


class Need(msgspec.Struct):
    name: str


class File(msgspec.Struct):
    url: str | None = None
    path: str | None = None
    hashes: dict[str, str] = {}


class Vcs(msgspec.Struct, rename="kebab"):
    type: str = "git"
    url: str | None = None
    commit_id: str | None = None


class Package(msgspec.Struct):
    name: str
    version: str | None = None
    dependencies: list[Need] = []
    index: str | None = None
    vcs: Vcs | None = None
    directory: object = None
    archive: File | None = None
    sdist: File | None = None
    wheels: list[File] = []


class Lock(msgspec.Struct, rename="kebab"):
    lock_version: str
    packages: list[Package]


def read(source: Source) -> Iterator[Component]:
    """Every locked package; folders are the project's own parts. Direct ones and scopes come from pyproject.toml."""
    lock = source.toml(Lock)
    if lock.lock_version.partition(".")[0] != "1":
        source.error(f"lock-version {lock.lock_version} is not known; 1.x is", "lock-version")
    nodes = graph.by_name(canonicalize_name(package.name) for package in lock.packages)
    usual = registry.usual("pypi", (package.index for package in lock.packages))
    components = {
        index: source.component(
            "pypi",
            package.name,
            package.version,
            line=line,
            hashes=_hashes(package),
            qualifiers=_origin(package, usual),
        )
        for index, (package, line) in enumerate(source.tables(lock.packages, "packages"))
        if package.directory is None
    }
    edges = {
        index: [node for need in package.dependencies for node in nodes.get(canonicalize_name(need.name), ())]
        for index, package in enumerate(lock.packages)
    }
    wanted = pyproject.read(source)
    roots = {node: scope for name, scope in wanted.items() for node in nodes.get(name, ())} if wanted else None
    return graph.link(components, edges, roots)


def _hashes(package: Package) -> tuple[str, ...]:
    files = [file for file in (package.archive, package.sdist, *package.wheels) if file]
    return tuple(f"{algorithm}:{value}" for file in files for algorithm, value in file.hashes.items())


def _origin(package: Package, usual: frozenset[str]) -> Mapping[str, str] | None:
    if package.vcs and package.vcs.url:
        commit = f"@{package.vcs.commit_id}" if package.vcs.commit_id else ""
        return {"vcs_url": f"{package.vcs.type}+{registry.without_secrets(package.vcs.url)}{commit}"}
    if package.archive and (package.archive.url or package.archive.path):
        return {"download_url": registry.without_secrets(package.archive.url or package.archive.path or "")}
    return registry.qualifiers(package.index, usual)
