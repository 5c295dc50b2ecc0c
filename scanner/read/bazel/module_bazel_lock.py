"""MODULE.bazel.lock of Bazel, and MODULE.bazel beside it.

Format: https://bazel.build/external/lockfile (its fields are not documented; source.json of a module is fetched only
if its version was selected)
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("MODULE.bazel.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines"})
SELECTED = re.compile(r"(.+)/modules/([a-z0-9][a-z0-9._-]*)/([^/]+)/source\.json$", re.IGNORECASE)
LINE = r'^[ \t]*"([^"]+)":'
WISH = re.compile(r"^[ \t]*bazel_dep\(([^)]{0,2000})\)", re.MULTILINE)
NAME = re.compile(r"\bname\s*=\s*[\"']([^\"']+)")
ROOT = "<root>"


class Module(msgspec.Struct):
    """Of lockfiles before Bazel 7.2."""

    name: str
    version: str = ""
    deps: dict[str, str] = {}


class Lock(msgspec.Struct, rename="camel"):
    lock_file_version: int
    registry_file_hashes: dict[str, str | None] = {}
    module_dep_graph: dict[str, Module] = {}


def read(source: Source) -> Iterator[Component]:
    """Every selected module."""
    lock = source.json(Lock)
    return _old(source, lock.module_dep_graph) if lock.module_dep_graph else _new(source, lock.registry_file_hashes)


def _new(source: Source, files: Mapping[str, str | None]) -> Iterator[Component]:
    lines, wanted = source.lines(LINE), _wanted(source)
    selected = {address: match for address in files if (match := SELECTED.match(address))}
    usual = registry.usual("bazel", selected)
    for address, match in selected.items():
        yield source.component(
            "bazel",
            match[2],
            match[3],
            line=lines.get(address),
            scope=(wanted or {}).get(match[2], "runtime"),
            direct=match[2] in wanted if wanted is not None else None,
            qualifiers=registry.qualifiers(match[1], usual),
        )


def _old(source: Source, modules: Mapping[str, Module]) -> Iterator[Component]:
    lines, wanted = source.lines(LINE), _wanted(source) or {}
    components = {
        key: source.component("bazel", module.name, module.version or None, line=lines.get(key))
        for key, module in modules.items()
        if key != ROOT
    }
    edges = {key: list(module.deps.values()) for key, module in modules.items()}
    roots: dict[str, Scope] = {
        need: wanted.get(modules[need].name, "runtime") for need in edges.get(ROOT, ()) if need in components
    }
    return graph.link(components, edges, roots)


def _wanted(source: Source) -> dict[str, Scope] | None:
    """The modules that MODULE.bazel asks for; None where it is not there."""
    manifest = source.neighbour("MODULE.bazel")
    if manifest is None:
        return None
    wishes = {name[1]: match[1] for match in WISH.finditer(manifest.text) if (name := NAME.search(match[1]))}
    return {name: "development" if "dev_dependency" in wish else "runtime" for name, wish in wishes.items()}
