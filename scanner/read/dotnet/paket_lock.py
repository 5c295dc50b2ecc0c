"""paket.lock of Paket.

Format: https://fsprojects.github.io/Paket/lock-file.html (an indented text of its own)
"""

import re
from collections.abc import Iterator, Mapping

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("paket.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines"})

SECTION = re.compile(r"(NUGET|GITHUB|GIT|GIST|HTTP|GROUP (.+)|[A-Z-]+:.*)$")
REMOTE = re.compile(r"  remote: (\S+)")
PACKAGE = re.compile(r"    ([^\s()]+) \(([^()]+)\)")
NEED = re.compile(r"      ([^\s()]+)")
WANTED = re.compile(r"\s*nuget\s+([^\s:]+)", re.IGNORECASE)

Node = tuple[str, str]


def read(source: Source) -> Iterator[Component]:
    """Every package from NuGet, by group. Those from GitHub or the web are single files: gaps. Direct ones are in
    paket.dependencies.
    """
    components: dict[Node, Component] = {}
    edges: dict[Node, list[Node]] = {}
    group = section = remote = ""
    here: Node | None = None
    remotes = [match[1] for match in map(REMOTE.match, source.text.splitlines()) if match]
    usual = registry.usual("nuget", remotes)
    for number, text in enumerate(source.text.splitlines(), 1):
        if match := SECTION.match(text):
            group, section, here = match[2] or group, "" if match[2] else match[1], None
        elif match := REMOTE.match(text):
            remote, here = match[1], None
            if section in ("GITHUB", "GIT", "GIST", "HTTP"):
                source.gap(f"files from {registry.without_secrets(remote)} are no packages", f"line {number}")
        elif section == "NUGET" and (match := PACKAGE.match(text)):
            here = (group, match[1].lower())
            components[here] = source.component(
                "nuget", match[1], match[2], line=number, scope=_scope(group), qualifiers=_origin(remote, usual)
            )
        elif here and (match := NEED.match(text)):
            edges.setdefault(here, []).append((group, match[1].lower()))
    if not section and not components and source.text.strip():
        source.error("is no lockfile of Paket")
    return graph.link(components, edges, _roots(source, components))


def _origin(remote: str, usual: frozenset[str]) -> Mapping[str, str] | None:
    return registry.qualifiers(remote, usual)


def _scope(group: str) -> Scope:
    name = group.lower()
    return "test" if "test" in name else "build" if name in ("build", "fake", "docs", "tools") else "runtime"


def _roots(source: Source, components: Mapping[Node, Component]) -> dict[Node, Scope] | None:
    neighbour = source.neighbour("paket.dependencies")
    if neighbour is None:
        return None
    wanted = {match[1].lower() for match in map(WANTED.match, neighbour.text.splitlines()) if match}
    return {node: component.scope for node, component in components.items() if node[1] in wanted}
