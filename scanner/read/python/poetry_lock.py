"""poetry.lock of Poetry, lock versions 0 to 2.

Format: https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock (TOML; its fields are not documented)
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import SCOPES, Component, Scope
from scanner.read import graph, registry
from scanner.read.python import pyproject
from scanner.read.source import Source

FILES = ("poetry.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})


class Origin(msgspec.Struct):
    type: str = ""
    url: str = ""
    resolved_reference: str | None = None
    reference: str | None = None


class File(msgspec.Struct):
    hash: str | None = None


class Package(msgspec.Struct):
    name: str
    version: str
    category: str | None = None
    optional: bool = False
    groups: list[str] = []
    dependencies: dict[str, object] = {}
    files: list[File] = []
    source: Origin = msgspec.field(default_factory=Origin)


class Metadata(msgspec.Struct):
    """Before lock version 2 the hashes stand here, by name and without a version."""

    files: dict[str, list[File]] = {}
    hashes: dict[str, list[str]] = {}


class Lock(msgspec.Struct):
    package: list[Package] = []
    metadata: Metadata = msgspec.field(default_factory=Metadata)


def read(source: Source) -> Iterator[Component]:
    """Every locked package; those at a path of the project are its own parts. Direct ones are in pyproject.toml."""
    lock = source.toml(Lock)
    registries = [package.source.url for package in lock.package if package.source.type in ("", "legacy")]
    usual = registry.usual("pypi", registries)
    nodes = graph.by_name(canonicalize_name(package.name) for package in lock.package)
    edges = {
        index: [node for name in package.dependencies for node in nodes.get(canonicalize_name(name), ())]
        for index, package in enumerate(lock.package)
    }
    components = {
        index: _component(source, package, lock.metadata, line, usual)
        for index, (package, line) in enumerate(source.tables(lock.package, "package"))
        if package.source.type != "directory"
    }
    return _link(source, lock.package, components, edges, nodes)


def _component(
    source: Source, package: Package, metadata: Metadata, line: int | None, usual: Iterable[str]
) -> Component:
    old = [*metadata.hashes.get(package.name, ()), *(file.hash for file in metadata.files.get(package.name, ()))]
    return source.component(
        "pypi",
        package.name,
        package.version,
        line=line,
        scope=_scope(package),
        hashes=tuple(hash for hash in [*(file.hash for file in package.files), *old] if hash),
        qualifiers=_origin(package.source, usual),
    )


def _origin(origin: Origin, usual: Iterable[str]) -> Mapping[str, str] | None:
    if origin.type == "git":
        return registry.git(origin.url, origin.resolved_reference or origin.reference)
    if origin.type in ("url", "file") and origin.url:
        return {"download_url": origin.url}
    return registry.qualifiers(origin.url, usual) if origin.type == "legacy" else None


def _scope(package: Package) -> Scope:
    groups = package.groups or ([package.category] if package.category else [])
    scopes = {pyproject.group_scope(group) for group in groups} or {"runtime"}
    strongest = min(scopes, key=SCOPES.index)
    return "optional" if package.optional and strongest == "runtime" else strongest


def _link(
    source: Source,
    packages: list[Package],
    components: Mapping[int, Component],
    edges: Mapping[int, list[int]],
    nodes: Mapping[str, list[int]],
) -> Iterator[Component]:
    """Scopes are the lockfile's own where it has them, else follow from pyproject.toml."""
    wanted = pyproject.read(source)
    if wanted is None:
        return graph.link(components, edges)
    roots = {node: scope for name, scope in wanted.items() for node in nodes.get(name, ())}
    parts = {index for index in edges if index not in components}
    roots |= {need: roots.get(part, "runtime") for part in parts for need in edges[part]}
    if any(package.groups or package.category for package in packages):
        roots = {node: components[node].scope for node in roots if node in components}
    return graph.link(components, edges, roots)
