"""What project.assets.json and *.deps.json have in common: libraries, and targets with what they depend on.

Format: https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.source import Source

LINE = r'^[ \t]*"([^"/]+/[^"/]+)"\s*:\s*\{'


class Library(msgspec.Struct):
    """`type` is package or project, or says that it is part of .NET itself."""

    type: str = ""
    sha512: str | None = None


class Entry(msgspec.Struct):
    dependencies: dict[str, str] = {}


class File(msgspec.Struct):
    targets: dict[str, dict[str, Entry]]
    libraries: dict[str, Library]


def read(source: Source, file: File) -> Iterator[Component]:
    """Every library that is a package. What a project asks for is direct."""
    lines = source.lines(LINE)
    edges, roots = _graph(file)
    components = {
        key: source.component(
            "nuget",
            key.partition("/")[0],
            key.partition("/")[2],
            line=lines.get(key),
            hashes=(_hash(library.sha512),) if library.sha512 else (),
        )
        for key, library in file.libraries.items()
        if library.type == "package"
    }
    return graph.link(components, edges, roots or None)


def _graph(file: File) -> tuple[dict[str, list[str]], dict[str, Scope]]:
    edges: dict[str, list[str]] = {key: [] for key in file.libraries}
    roots: dict[str, Scope] = {}
    projects = {key for key, library in file.libraries.items() if library.type == "project"}
    for entries in file.targets.values():
        nodes = {key.partition("/")[0].lower(): key for key in entries}
        for key, entry in entries.items():
            needs = [nodes[name.lower()] for name in entry.dependencies if name.lower() in nodes]
            edges.setdefault(key, []).extend(needs)
            if key in projects:
                roots |= dict.fromkeys(needs, "runtime")
    return edges, roots


def _hash(value: str) -> str:
    return value if value.startswith("sha512-") else f"sha512-{value}"
