"""pnpm-lock.yaml of pnpm, lockfile versions 5 to 9.

Format: https://github.com/pnpm/spec/tree/master/lockfile
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from scanner.model import SCOPES, Component, Scope
from scanner.read import graph, registry
from scanner.read.javascript import manifest
from scanner.read.source import Source

FILES = ("pnpm-lock.yaml",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})
LINE = r"\n  ['\"]?([^\s'\"][^'\":\n]*+(?::[^'\":\n]*+)*?)['\"]?: *(?:\{.*)?\r?$"
KNOWN = range(5, 10)


class Wish(msgspec.Struct):
    version: str = ""


class Importer(msgspec.Struct, rename="camel"):
    """One project of the workspace; before version 6 a wish is just the resolved version."""

    dependencies: dict[str, str | Wish] | None = None
    dev_dependencies: dict[str, str | Wish] | None = None
    optional_dependencies: dict[str, str | Wish] | None = None
    config_dependencies: dict[str, str | Wish] | None = None
    package_manager_dependencies: dict[str, str | Wish] | None = None


class Resolution(msgspec.Struct, frozen=True, gc=False):
    integrity: str | None = None
    tarball: str | None = None
    repo: str | None = None
    commit: str | None = None
    type: str | None = None


class Entry(msgspec.Struct, rename="camel", gc=False):
    """A package, or of version 9 a snapshot: a package with its peers, which has the edges."""

    resolution: Resolution = Resolution()
    name: str | None = None
    version: str | None = None
    dev: bool | None = None
    optional: bool | None = None
    dependencies: dict[str, str] | None = None
    optional_dependencies: dict[str, str] | None = None

    def wishes(self) -> Mapping[str, str] | None:
        """All that it depends on."""
        if self.dependencies and self.optional_dependencies:
            return {**self.dependencies, **self.optional_dependencies}
        return self.dependencies or self.optional_dependencies


class Lock(Importer, rename="camel"):
    lockfile_version: str = ""
    importers: dict[str, Importer] | None = None
    packages: dict[str, Entry] | None = None
    snapshots: dict[str, Entry] | None = None


class Package(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A package in this module's own terms: what its key says, whatever version wrote it."""

    key: str
    name: str
    version: str
    host: str
    """Of a registry that is not the usual one."""
    part: bool
    """Whether it is a folder or archive of the project itself, such as Rush makes them."""
    entry: Entry


def read(source: Source) -> Iterator[Component]:
    """Every locked package but the projects themselves, with edges; a package of several peers is one."""
    for document in source.yaml_all():
        yield from _read(source, source.convert(document, Lock))


def _read(source: Source, lock: Lock) -> Iterator[Component]:
    if not lock.lockfile_version:
        source.error("has no lockfileVersion")
    if lock.lockfile_version.partition(".")[0] not in map(str, KNOWN):
        source.error(f"lockfileVersion {lock.lockfile_version} is not known; 5 to 9 are", "lockfileVersion")
    nodes = _nodes(lock)
    edges: dict[Package, list[Package]] = {node: [] for node in nodes.values()}
    for key, entry in chain((lock.packages or {}).items(), (lock.snapshots or {}).items()):
        wishes = entry.wishes()
        if wishes and (node := nodes.get(key) or nodes.get(_bare(key))):
            edges[node] += _resolve(wishes, nodes)
    roots = _roots([lock, *(lock.importers or {}).values()], nodes)
    parts = [node for node in edges if node.part]
    roots |= {need: roots.get(part, "runtime") for part in parts for need in edges[part] if need not in roots}
    return graph.link(_components(source, edges), edges, roots or None)


def _nodes(lock: Lock) -> dict[str, Package]:
    """The packages by their keys, and by these without peers: keys that differ in them alone are for one package."""
    old = lock.lockfile_version.startswith("5")
    nodes: dict[str, Package] = {}
    for key, entry in (lock.packages or {}).items():
        bare = _bare_old(key) if old else _bare(key)
        nodes[key] = nodes.get(bare) or nodes.setdefault(bare, _package(key, bare, entry, old))
    return nodes


def _components(source: Source, packages: Iterable[Package]) -> dict[Package, Component]:
    lines = source.lines(LINE, under="packages")
    usual = registry.usual("npm", [package.entry.resolution.tarball for package in packages])
    return {
        package: source.component(
            "npm",
            package.name,
            package.version,
            line=lines.get(package.key),
            scope="development" if package.entry.dev else "optional" if package.entry.optional else "runtime",
            hashes=(package.entry.resolution.integrity,) if package.entry.resolution.integrity else (),
            qualifiers=_origin(package, usual),
        )
        for package in packages
        if not package.part
    }


def _package(key: str, bare: str, entry: Entry, old: bool) -> Package:
    """What a key says without its peers: "/name/1.0.0" (`old`, version 5), "/name@1.0.0" (6), "name@1.0.0" (9).

    Those of another registry start with its host; what does not come from a registry has its name in the entry.
    """
    if old:
        head, _, version = bare.rpartition("/")
        host, _, name = head.partition("/")
    else:
        host = ""
        name, _, version = bare.removeprefix("/").rpartition("@")
    part = entry.resolution.type == "directory"
    if ":" in bare:  # "name@https://...", "file:...": the version stands in the entry
        name, version = bare[0] + bare[1:].partition("@")[0], ""
        part = part or bare.rpartition("@")[2].startswith("file:")
    return Package(key, entry.name or name or bare, entry.version or version, "" if entry.name else host, part, entry)


def _bare(key: str) -> str:
    """A key without its peers, as in "/name@1.0.0(peer@2.0.0)"."""
    return key.partition("(")[0]


def _bare_old(key: str) -> str:
    """The same of version 5, as in "/name/1.0.0_peer@2.0.0"."""
    head, slash, version = key.rpartition("/")
    return f"{head}{slash}{version.partition('_')[0]}"


def _origin(package: Package, usual: Iterable[str]) -> Mapping[str, str] | None:
    resolution = package.entry.resolution
    if package.host:
        return registry.qualifiers(f"https://{package.host}", usual)
    if resolution.repo:
        return registry.git(resolution.repo, resolution.commit)
    return manifest.origin(None, resolution.tarball, usual) if resolution.tarball else None


def _resolve(wishes: Mapping[str, str], nodes: Mapping[str, Package]) -> list[Package]:
    """The packages that the resolved versions of `wishes` stand for; a link to a project stands for none."""
    return [
        node
        for name, version in wishes.items()
        if (node := nodes.get(f"{name}@{version}") or _older(name, version, nodes))
    ]


def _older(name: str, version: str, nodes: Mapping[str, Package]) -> Package | None:
    """As versions 5 and 6 write it, or without the peers that the key has not."""
    keys = (f"/{name}/{version}", f"/{name}@{version}", version, f"/{version}", f"{name}@{version}")
    node = next((nodes[key] for key in keys if key in nodes), None)
    return node or next((nodes[key] for key in map(_bare, keys) if key in nodes), None)


def _roots(importers: Sequence[Importer], nodes: Mapping[str, Package]) -> dict[Package, Scope]:
    wanted: list[tuple[Package, Scope]] = []
    for importer in importers:
        groups: tuple[tuple[Mapping[str, str | Wish] | None, Scope], ...] = (
            (importer.dependencies, "runtime"),
            (importer.optional_dependencies, "optional"),
            (importer.dev_dependencies, "development"),
            (importer.config_dependencies, "build"),
            (importer.package_manager_dependencies, "build"),
        )
        wanted += [(node, scope) for wishes, scope in groups for node in _resolve(_versions(wishes), nodes)]
    return dict(sorted(wanted, key=lambda item: SCOPES.index(item[1]), reverse=True))


def _versions(wishes: Mapping[str, str | Wish] | None) -> dict[str, str]:
    return {name: wish.version if isinstance(wish, Wish) else wish for name, wish in (wishes or {}).items()}
