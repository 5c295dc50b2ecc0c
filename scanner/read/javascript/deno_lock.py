"""deno.lock of Deno, versions 2 to 5.

Format: https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.source import Source

FILES = ("deno.lock",)
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})
LINE = r'^\s*"([^"]+)"\s*:\s*\{'
LAND = re.compile(r"https://deno\.land/((?:x/)?[^/@]+)@v?([^/]+)/")
HOST = re.compile(r"https?://([^/]+)/")


class Entry(msgspec.Struct):
    integrity: str | None = None
    dependencies: list[str] | dict[str, str] = []


class Packages(msgspec.Struct):
    specifiers: dict[str, str] = {}
    jsr: dict[str, Entry] = {}
    npm: dict[str, Entry] = {}
    packages: dict[str, Entry] = {}
    """In version 2, of npm only."""


class Wishes(msgspec.Struct, rename="camel"):
    dependencies: list[str] = []
    package_json: "Wishes | None" = None
    members: dict[str, "Wishes"] = {}


class Lock(msgspec.Struct):
    version: str
    specifiers: dict[str, str] = {}
    jsr: dict[str, Entry] = {}
    npm: Packages | dict[str, Entry] = {}
    packages: Packages | None = None
    workspace: Wishes | None = None
    remote: dict[str, str] = {}


Node = tuple[str, str]


def read(source: Source) -> Iterator[Component]:
    """Packages of JSR, npm and deno.land; modules from elsewhere on the web have only an address: a gap."""
    lock = source.json(_Typed)
    specifiers, groups = _parts(lock)
    components: dict[Node, Component] = {}
    edges: dict[Node, list[Node]] = {}
    lines = source.lines(LINE)
    nodes = {(type, key) for type, entries in groups.items() for key in entries}
    for type, entries in groups.items():
        for key, entry in entries.items():
            name, version = _split(key)
            components[type, key] = source.component(
                type, name, version, line=lines.get(key), hashes=(entry.integrity,) if entry.integrity else ()
            )
            needs = entry.dependencies.values() if isinstance(entry.dependencies, dict) else entry.dependencies
            edges[type, key] = [node for need in needs if (node := _resolve(type, need, specifiers, nodes))]
    roots: dict[Node, Scope] | None = None
    if lock.workspace:
        wanted = (_resolve("npm", wish, specifiers, nodes) for wish in _wishes(lock.workspace))
        roots = dict.fromkeys((node for node in wanted if node), "runtime")
    yield from graph.link(components, edges, roots)
    yield from _remote(source, lock)


class _Typed(msgspec.Struct):
    """The lockfile with npm left open, for its shape differs between versions."""

    version: str
    specifiers: dict[str, str] = {}
    jsr: dict[str, Entry] = {}
    npm: dict[str, Entry | dict[str, object]] = {}
    packages: Packages | None = None
    workspace: Wishes | None = None
    remote: dict[str, str] = {}
