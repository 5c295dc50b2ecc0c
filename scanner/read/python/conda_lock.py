"""conda-lock.yml of conda-lock, version 1.

Format: https://conda.github.io/conda-lock/output/#unified-lockfile
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from scanner.model import SCOPES, Component
from scanner.read import graph, registry
from scanner.read.python import conda
from scanner.read.python.pyproject import group_scope
from scanner.read.source import Source

FILES = ("conda-lock.yml", "conda-lock.yaml", "*.conda-lock.yml")
CARRIES = frozenset({"scope", "edges", "lines", "hashes"})
LINE = r"^[ \t]*(?:-[ \t]+)?name:[ \t]*[\"']?([^\s\"'#]+)"


class Package(msgspec.Struct):
    name: str
    version: str
    manager: str = "conda"
    dependencies: dict[str, object] = {}
    url: str = ""
    hash: dict[str, str] = {}
    category: str = "main"
    optional: bool = False


class Lock(msgspec.Struct):
    version: str
    package: list[Package]


Node = tuple[str, str, str]


def read(source: Source) -> Iterator[Component]:
    """Every package once, whatever the platforms it is locked for, with the hashes of all of them."""
    lock = source.yaml(Lock)
    if lock.version != "1":
        source.error(f"version {lock.version} is not known; 1 is", "version")
    lines = source.lines(LINE)
    components: dict[Node, Component] = {}
    edges: defaultdict[Node, list[Node]] = defaultdict(list)
    named: defaultdict[str, dict[Node, None]] = defaultdict(dict)
    for package in lock.package:
        named[package.name][_node(package)] = None
    for package in lock.package:
        node = _node(package)
        found = _component(source, package, lines.get(package.name))
        old = components.get(node)
        components[node] = _merged(old, found) if old else found
        edges[node] += [need for name in package.dependencies for need in list(named.get(name, ()))[: graph.MAX_SAME]]
    return graph.link(components, edges)


def _node(package: Package) -> Node:
    return package.manager, package.name, package.version


def _merged(old: Component, new: Component) -> Component:
    hashes = tuple(dict.fromkeys((*old.hashes, *new.hashes)))
    return replace(old, hashes=hashes, scope=min(old.scope, new.scope, key=SCOPES.index))


def _component(source: Source, package: Package, line: int | None) -> Component:
    archive = conda.archive(package.url) if package.manager == "conda" else None
    scope = group_scope(package.category)
    url = package.url if package.manager == "pip" and package.url.startswith("git+") else ""
    return source.component(
        "pypi" if package.manager == "pip" else "conda",
        package.name,
        package.version,
        line=line,
        scope="optional" if package.optional and scope == "runtime" else scope,
        hashes=tuple(f"{name}:{value}" for name, value in sorted(package.hash.items())),
        qualifiers=archive.qualifiers if archive else registry.git(url) if url else None,
    )
