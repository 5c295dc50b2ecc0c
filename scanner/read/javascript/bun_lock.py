"""bun.lock of Bun, version 0 and later (the text format).

Format: https://bun.com/docs/pm/lockfile (JSON with trailing commas; its fields are not documented)
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import SCOPES, Component, Scope
from scanner.read import graph, registry
from scanner.read.javascript import manifest
from scanner.read.source import MAX_NESTING, Source

FILES = ("bun.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})
LINE = r'^[ \t]*"([^"]+)"\s*:\s*\[\s*"'
LOOSE = re.compile(
    rb'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*+[}\]])|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL
)
VERSION = re.compile(r"\d[\w.+-]*$")
"""What comes from elsewhere than a registry has an address or a path in this place."""
LOCAL = ("workspace:", "root:", "link:", "file:")


class Needs(msgspec.Struct, rename="camel"):
    dependencies: dict[str, str] = {}
    optional_dependencies: dict[str, str] = {}
    peer_dependencies: dict[str, str] = {}


class Workspace(Needs, rename="camel"):
    name: str = ""
    dev_dependencies: dict[str, str] = {}


class Lock(msgspec.Struct, rename="camel"):
    lockfile_version: int
    workspaces: dict[str, Workspace] = {}
    packages: dict[str, list[object]] = {}
    """"name@version" first; then, depending on where it comes from, registry, needs and integrity."""


def read(source: Source) -> Iterator[Component]:
    """Every installed package; the workspace's own, and folders, are no suppliers."""
    lock = _strict(source).json(Lock)
    needs = {key: source.convert(_first(entry, dict) or {}, Needs) for key, entry in lock.packages.items()}
    usual = registry.usual("npm", map(_registry, lock.packages.values()))
    lines = source.lines(LINE)
    components: dict[str, Component] = {}
    for key, entry in lock.packages.items():
        name, reference = _parse(source, key, entry)
        if reference.startswith(LOCAL):
            continue
        components[key] = source.component(
            "npm",
            name,
            reference if VERSION.match(reference) else None,
            line=lines.get(key),
            hashes=tuple(str(part) for part in entry[1:] if str(part).startswith("sha512-")),
            qualifiers=_origin(reference, _registry(entry), usual),
        )
    edges = {key: list(_resolve(key, _all(need), lock.packages)) for key, need in needs.items()}
    return graph.link(components, edges, _roots(lock))


def _strict(source: Source) -> Source:
    """The same in JSON proper; what is dropped becomes blank, so that places stay true."""
    data = LOOSE.sub(lambda match: match[1] or re.sub(rb"[^\n]", b" ", match[0]), source.data)
    return Source(source.path, data)


def _parse(source: Source, key: str, entry: list[object]) -> tuple[str, str]:
    head = entry[0] if entry else None
    if not isinstance(head, str) or "@" not in head[1:]:
        source.error("is no package", f"$.packages[{key[:60]!r}]")
    name, _, reference = head[1:].partition("@")
    return head[0] + name, reference


def _first(entry: list[object], kind: type) -> object:
    return next((part for part in entry[1:] if isinstance(part, kind)), None)


def _registry(entry: list[object]) -> str | None:
    """Of a package from a registry the second part is its address, or "" for the usual one."""
    return entry[1] if len(entry) == 4 and isinstance(entry[1], str) and "://" in entry[1] else None


def _origin(reference: str, address: str | None, usual: frozenset[str]) -> Mapping[str, str] | None:
    return manifest.origin(reference, None) or manifest.origin(None, address, usual)


def _all(needs: Needs) -> Mapping[str, str]:
    return {**needs.peer_dependencies, **needs.optional_dependencies, **needs.dependencies}


def _resolve(key: str, names: Mapping[str, str], packages: Mapping[str, object]) -> Iterator[str]:
    """Keys are paths of names: what "a/b" needs is at "a/b/c", else "a/c", else "c"."""
    for name in names:
        place = key
        for _ in range(MAX_NESTING):
            if f"{place}/{name}".lstrip("/") in packages:
                yield f"{place}/{name}".lstrip("/")
                break
            if not place:
                break
            place = place.rpartition("/")[0]
            if place.rpartition("/")[2].startswith("@"):  # half a scoped name
                place = place.rpartition("/")[0]


def _roots(lock: Lock) -> dict[str, Scope]:
    wanted: list[tuple[str, Scope]] = []
    for workspace in lock.workspaces.values():
        groups: tuple[tuple[Scope, Mapping[str, str]], ...] = (
            ("runtime", {**workspace.peer_dependencies, **workspace.dependencies}),
            ("optional", workspace.optional_dependencies),
            ("development", workspace.dev_dependencies),
        )
        wanted += [(key, scope) for scope, names in groups for key in _resolve(workspace.name, names, lock.packages)]
    return dict(sorted(wanted, key=lambda item: SCOPES.index(item[1]), reverse=True))
