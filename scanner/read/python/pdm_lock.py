"""pdm.lock of PDM, lock versions 2 to 4.

Format: https://pdm-project.org/latest/usage/lockfile/ (TOML; its fields are not documented)
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import SCOPES, Component, Scope
from scanner.read import graph, registry
from scanner.read.python import pyproject
from scanner.read.source import Source

FILES = ("pdm.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})


class File(msgspec.Struct):
    hash: str | None = None


class Package(msgspec.Struct):
    """A package, or the same with extras, whose dependencies are then more."""

    name: str
    version: str | None = None
    groups: list[str] = []
    dependencies: list[str] = []
    files: list[File] = []
    git: str | None = None
    revision: str | None = None
    url: str | None = None
    path: str | None = None


class Metadata(msgspec.Struct):
    """In old files the hashes stand here, by "name version"."""

    files: dict[str, list[File]] = {}


class Lock(msgspec.Struct):
    package: list[Package] = []
    metadata: Metadata = msgspec.field(default_factory=Metadata)


Node = tuple[str, str | None]


def read(source: Source) -> Iterator[Component]:
    """Every locked package once, with the edges of all its extras; those at a path of the project are its own parts."""
    lock = source.toml(Lock)
    components: dict[Node, Component] = {}
    edges: defaultdict[Node, list[Node]] = defaultdict(list)
    locked = list(dict.fromkeys((package.name, package.version) for package in lock.package))
    places = graph.by_name(canonicalize_name(name) for name, _ in locked)
    nodes = {name: [locked[place] for place in found] for name, found in places.items()}
    for package, line in source.tables(lock.package, "package"):
        node = (package.name, package.version)
        names = filter(None, map(pyproject.name_of, package.dependencies))
        edges[node] += [found for name in names for found in nodes.get(name, ()) if found != node]
        if node not in components and not package.path:
            components[node] = _component(source, package, line, lock.metadata)
    return graph.link(components, edges, _roots(source, lock, components, nodes))


def _component(source: Source, package: Package, line: int | None, metadata: Metadata) -> Component:
    old = metadata.files.get(f"{package.name} {package.version}", ())
    scopes = {pyproject.group_scope(group) for group in package.groups} or {"runtime"}
    return source.component(
        "pypi",
        package.name,
        package.version,
        line=line,
        scope=min(scopes, key=SCOPES.index),
        hashes=tuple(file.hash for file in (*package.files, *old) if file.hash),
        qualifiers=_origin(package),
    )


def _origin(package: Package) -> Mapping[str, str] | None:
    if package.git:
        return registry.git(package.git, package.revision)
    return {"download_url": registry.without_secrets(package.url.partition("#")[0])} if package.url else None


def _roots(
    source: Source, lock: Lock, components: Mapping[Node, Component], nodes: Mapping[str, list[Node]]
) -> dict[Node, Scope] | None:
    """Scopes are the lockfile's own where it has groups, else follow from pyproject.toml."""
    wanted = pyproject.read(source)
    if wanted is None:
        return None
    roots = {node: scope for name, scope in wanted.items() for node in nodes.get(name, ())}
    if any(package.groups for package in lock.package):
        return {node: components[node].scope for node in roots if node in components}
    return roots
