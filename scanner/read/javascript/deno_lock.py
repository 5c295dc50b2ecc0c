"""deno.lock of Deno, versions 2 to 5.

Format: https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.javascript import manifest
from scanner.read.source import Source

FILES = ("deno.lock",)
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})
LINE = r'^[ \t]*"([^"]+)"\s*:\s*\{'
REMOTE = r'^[ \t]*"(https://[^"]+)"\s*:\s*"'
LAND = re.compile(r"https://deno\.land/((?:x/)?[^/@]+)@v?([^/]+)/")
ALIAS = re.compile(r"^@?[^@:]+@(?=(?:npm|jsr):)")
"""What a package is called by the one that needs it: "width-cjs@npm:string-width@4.2.3"."""
HOST = re.compile(r"https?://([^/]+)/")


class Entry(msgspec.Struct):
    integrity: str | None = None
    tarball: str | None = None
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
    npm: msgspec.Raw = msgspec.Raw(b"{}")
    """Entries; in version 2 what later stands in `packages`."""
    packages: Packages | None = None
    """In version 3."""
    workspace: Wishes | None = None
    remote: dict[str, str] = {}


Node = tuple[str, str]


def read(source: Source) -> Iterator[Component]:
    """Packages of JSR, npm and deno.land; modules from elsewhere on the web have only an address: a gap."""
    lock = source.json(Lock)
    if lock.version not in ("2", "3", "4", "5"):
        source.error(f"version {lock.version[:20]} is not known; 2 to 5 are", "$.version")
    packages = _packages(source, lock)
    entries: dict[Node, Entry] = {("jsr", key): entry for key, entry in packages.jsr.items()}
    entries |= {("npm", key): entry for key, entry in packages.npm.items()}
    names = {(type, _split(key)[0]): (type, key) for type, key in entries}
    lines = source.lines(LINE)
    components = {
        (type, key): source.component(
            type,
            *_split(key),
            line=lines.get(key),
            hashes=(entry.integrity,) if entry.integrity else (),
            qualifiers=manifest.origin(None, entry.tarball, registry.public(type)),
        )
        for (type, key), entry in entries.items()
    }
    edges = {
        node: [found for need in _needs(entry) if (found := _resolve(node[0], need, packages, entries, names))]
        for node, entry in entries.items()
    }
    roots: dict[Node, Scope] | None = None
    if lock.workspace:
        wanted = (_resolve("npm", wish, packages, entries, names) for wish in _wishes(lock.workspace))
        roots = dict.fromkeys((node for node in wanted if node), "runtime")
    yield from graph.link(components, edges, roots)
    yield from _remote(source, lock)


def _packages(source: Source, lock: Lock) -> Packages:
    """The same in all versions."""
    if lock.version == "2":
        old = source.part(lock.npm, Packages)
        return Packages(specifiers=old.specifiers, npm=old.packages)
    if lock.version == "3":
        return lock.packages or Packages()
    return Packages(specifiers=lock.specifiers, jsr=lock.jsr, npm=source.part(lock.npm, dict[str, Entry]))


def _split(key: str) -> tuple[str, str]:
    """Name and version of "@scope/name@1.0.0_peer@2.0.0"."""
    name, _, version = key[1:].partition("@")
    return key[:1] + name, version.partition("_")[0]


def _needs(entry: Entry) -> list[str]:
    return list(entry.dependencies.values()) if isinstance(entry.dependencies, dict) else entry.dependencies


def _resolve(
    type: str, wish: str, packages: Packages, entries: Mapping[Node, Entry], names: Mapping[Node, Node]
) -> Node | None:
    """The package that "npm:chalk@5", "chalk@5.3.0" or "chalk" stands for; without a prefix it is of `type`."""
    wish = ALIAS.sub("", wish)
    prefix, colon, rest = wish.partition(":")
    type, rest = (prefix, rest) if colon else (type, wish)
    answer = packages.specifiers.get(wish, packages.specifiers.get(rest, ""))
    name = rest[:1] + rest[1:].partition("@")[0]
    for key in (answer.rpartition(":")[2], f"{name}@{answer}", rest):
        if (type, key) in entries:
            return type, key
    return names.get((type, name)) if name == rest else None


def _wishes(workspace: Wishes) -> Iterator[str]:
    yield from workspace.dependencies
    for inner in (*workspace.members.values(), *([workspace.package_json] if workspace.package_json else [])):
        yield from _wishes(inner)


def _remote(source: Source, lock: Lock) -> Iterator[Component]:
    """Modules by address: "https://deno.land/x/oak@v12.0.0/mod.ts" is of the package deno.land/x/oak."""
    lines = source.lines(REMOTE)
    found = {match.groups(): address for address in lock.remote if (match := LAND.match(address))}
    for (name, version), address in sorted(found.items()):
        yield source.component("generic", f"deno.land/{name}", version, line=lines.get(address))
    hosts = {match[1] for address in lock.remote if not LAND.match(address) and (match := HOST.match(address))}
    for host in sorted(hosts):
        source.gap(f"modules from {host} are named by their address only")
