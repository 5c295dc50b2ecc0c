"""flake.lock of Nix, versions 5 to 7.

Format: https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-flake.html#lock-files
"""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from scanner.model import Component
from scanner.read import graph, registry
from scanner.read.source import MAX_NESTING, Source

FILES = ("flake.lock",)
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})
LINE = r'^    "([^"]+)": *\{'
FORGES = {"github": "github", "gitlab": "gitlab"}
SOURCEHUT = "sourcehut"
"""A forge without a purl type."""


class Locked(msgspec.Struct, rename="camel"):
    type: str
    owner: str = ""
    repo: str = ""
    rev: str | None = None
    url: str = ""
    host: str = ""
    nar_hash: str | None = None


class Node(msgspec.Struct):
    """An input; `inputs` are names of nodes, or paths of names from the root to follow."""

    inputs: dict[str, str | list[str]] = {}
    locked: Locked | None = None


class Lock(msgspec.Struct):
    nodes: dict[str, Node]
    root: str
    version: int


def read(source: Source) -> Iterator[Component]:
    """Every input that is not a folder of the project."""
    lock = source.json(Lock)
    if lock.version not in (5, 6, 7):
        source.error(f"version {lock.version} is not known; 5 to 7 are", "$.version")
    lines = source.lines(LINE)
    components = {
        name: _component(source, name, node.locked, lines.get(name))
        for name, node in lock.nodes.items()
        if node.locked and node.locked.type != "path"
    }
    edges = {
        name: [found for wish in node.inputs.values() if (found := _find(wish, lock))]
        for name, node in lock.nodes.items()
    }
    return graph.link(components, edges, dict.fromkeys(edges.get(lock.root, ()), "runtime"))


def _find(wish: str | list[str], lock: Lock) -> str | None:
    """The node that an input is: named, or found by following inputs from the root."""
    name, open_ = lock.root, [*reversed(wish)] if isinstance(wish, list) else []
    if isinstance(wish, str):
        return wish
    for _ in range(MAX_NESTING):
        if not open_:
            return name
        node = lock.nodes.get(name)
        follow = node.inputs.get(open_.pop()) if node else None
        if follow is None:
            return None
        if isinstance(follow, list):
            name, open_ = lock.root, [*open_, *reversed(follow)][-MAX_NESTING:]
        else:
            name = follow
    return None


def _component(source: Source, name: str, locked: Locked, line: int | None) -> Component:
    hashes = (locked.nar_hash,) if locked.nar_hash else ()
    if locked.type in FORGES and locked.owner and locked.repo:
        origin = {"repository_url": locked.host} if locked.host else None
        type, name = FORGES[locked.type], f"{unquote(locked.owner)}/{locked.repo}"
        return source.component(type, name, locked.rev, line=line, hashes=hashes, qualifiers=origin)
    if locked.type == SOURCEHUT and locked.owner and locked.repo:
        address = f"https://{locked.host or 'git.sr.ht'}/{locked.owner}/{locked.repo}"
        return source.component(
            "generic", locked.repo, locked.rev, line=line, hashes=hashes, qualifiers=registry.git(address, locked.rev)
        )
    if locked.type in ("git", "hg"):
        found: Mapping[str, str] | None = registry.git(locked.url, locked.rev)
    else:
        found = {"download_url": registry.without_secrets(locked.url)} if locked.url else None
    return source.component("generic", name, locked.rev, line=line, hashes=hashes, qualifiers=found)
