"""conan.lock of Conan, versions 0.4 (Conan 1) and 0.5 (Conan 2).

Format: https://docs.conan.io/2/tutorial/versioning/lockfiles.html
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.source import Source

FILES = ("conan.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines"})
LINE = r'"([^"\s]+/[^"\s]+)"'
REFERENCE = re.compile(r"([^/@#\s]+)/([^/@#\s]+)(?:@([^/#]*)/([^#]*))?(?:#.*)?$")


class Node(msgspec.Struct):
    ref: str = ""
    requires: list[str] = []
    build_requires: list[str] = []
    path: str | None = None
    context: str | None = None


class Graph(msgspec.Struct):
    nodes: dict[str, Node] = {}


class Lock(msgspec.Struct):
    version: str
    graph_lock: Graph | None = None
    """Of version 0.4: nodes by number; the project is the one without a revision."""
    requires: list[str] = []
    build_requires: list[str] = []
    python_requires: list[str] = []


def read(source: Source) -> Iterator[Component]:
    """Every locked package. The newer version of the format does not say what requires what."""
    lock = source.json(Lock)
    if lock.graph_lock:
        return _read_graph(source, lock.graph_lock.nodes)
    return _read_lists(source, lock)


def _read_lists(source: Source, lock: Lock) -> Iterator[Component]:
    groups: tuple[tuple[Scope, list[str]], ...] = (
        ("runtime", lock.requires),
        ("build", lock.build_requires),
        ("build", lock.python_requires),
    )
    for scope, references in groups:
        for reference in references:
            found = _component(source, reference, scope)
            if found is None:
                source.error(f"{reference[:80]!r} is no reference")
            yield found


def _read_graph(source: Source, nodes: dict[str, Node]) -> Iterator[Component]:
    edges = {key: [*node.requires, *node.build_requires] for key, node in nodes.items()}
    required = {need for needs in edges.values() for need in needs}
    components: dict[str, Component] = {}
    for key, node in nodes.items():
        own = node.path or (key not in required and "#" not in node.ref)
        found = None if own else _component(source, node.ref, "build" if node.context == "build" else "runtime")
        if found:
            components[key] = found
    roots: dict[str, Scope] = {}
    for key in nodes.keys() - components.keys():
        roots.update(dict.fromkeys(nodes[key].build_requires, "build"))
        roots.update(dict.fromkeys(nodes[key].requires, "runtime"))
    return graph.link(components, edges, roots if len(components) < len(nodes) else None)


def _component(source: Source, reference: str, scope: Scope) -> Component | None:
    """Of "name/version@user/channel#revision%time"; None where it is no reference."""
    match = REFERENCE.match(reference)
    if match is None:
        return None
    name, version, user, channel = match.groups()
    own = user and user != "_"
    return source.component(
        "conan",
        f"{user}/{name}" if own else name,
        version,
        line=source.lines(LINE).get(reference),
        scope=scope,
        qualifiers={"channel": channel} if own and channel else None,
    )
