"""packages.lock.json of NuGet, versions 1 and 2.

Format: https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files#locking-dependencies
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.source import Source

FILES = ("packages.lock.json", "packages.*.lock.json")
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})
LINE = r'\n[ \t]*+"([^"]++)"\s*+:\s*+\{'

Node = tuple[str, str | None]


class Entry(msgspec.Struct, rename="camel"):
    type: Literal["Direct", "Transitive", "CentralTransitive", "Project"] = "Transitive"
    resolved: str | None = None
    content_hash: str | None = None
    dependencies: dict[str, str] = {}


class Lock(msgspec.Struct):
    version: int
    dependencies: dict[str, dict[str, Entry]] = {}
    """By target framework, then by name."""


def read(source: Source) -> Iterator[Component]:
    """Every locked package of all frameworks; what a project of the solution asks for is direct."""
    lock = source.json(Lock)
    if lock.version not in (1, 2):
        source.error(f"version {lock.version} is not known; 1 and 2 are", "$.version")
    components: dict[Node, Component] = {}
    edges: dict[Node, list[Node]] = {}
    roots: dict[Node, Scope] = {}
    for entries in lock.dependencies.values():
        nodes = {name.lower(): (name.lower(), entry.resolved) for name, entry in entries.items()}
        for name, entry in entries.items():
            node = nodes[name.lower()]
            needs = [nodes[need.lower()] for need in entry.dependencies if need.lower() in nodes]
            if entry.type == "Project":
                roots |= dict.fromkeys(needs, "runtime")
                continue
            if entry.type == "Direct":
                roots[node] = "runtime"
            edges.setdefault(node, []).extend(needs)
            components[node] = components.get(node) or source.component(
                "nuget",
                name,
                entry.resolved,
                line=source.lines(LINE).get(name),
                hashes=(f"sha512-{entry.content_hash}",) if entry.content_hash else (),
            )
    return graph.link(components, edges, roots)
