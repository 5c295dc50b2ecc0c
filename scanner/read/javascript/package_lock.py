"""npm lockfiles, versions 1 to 3: package-lock.json and npm-shrinkwrap.json.

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.javascript import manifest
from scanner.read.source import MAX_NESTING, Source

FILES = ("package-lock.json", "npm-shrinkwrap.json", ".package-lock.json")
NAME = "package-lock"
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
INSTALLED = "node_modules/"
LINE = r'\n[ \t]*+"([^"]++)"\s*+:\s*+\{'
NESTED = r'\n[ \t]*+"([^"]++)"\s*+:\s*+\{\s*+"version"\s*+:'
TOP = 2
"""Levels that an entry at the top of a version 1 tree looks in: the top and its own."""


class Entry(msgspec.Struct, rename="camel"):
    """One installed package of versions 2 and 3, or the project and its workspaces."""

    name: str | None = None
    version: str | None = None
    resolved: str | bool | None = None
    integrity: str | None = None
    link: bool = False
    dev: bool = False
    optional: bool = False
    dev_optional: bool = False
    licence: object = msgspec.field(name="license", default=None)
    dependencies: dict[str, str] = {}
    dev_dependencies: dict[str, str] = {}
    optional_dependencies: dict[str, str] = {}
    peer_dependencies: dict[str, str] = {}


class Nested(msgspec.Struct):
    """One installed package of version 1, with those installed below it."""

    version: str | None = None
    integrity: str | None = None
    dev: bool = False
    optional: bool = False
    requires: dict[str, str] | bool = False
    dependencies: dict[str, "Nested"] = {}


class Lock(msgspec.Struct, rename="camel"):
    lockfile_version: int = 1
    packages: dict[str, Entry] | None = None
    dependencies: dict[str, Nested] = {}


def read(source: Source) -> Iterator[Component]:
    """Every installed package, with the tree's own resolution as edges."""
    lock = source.json(Lock)
    if lock.lockfile_version not in (1, 2, 3):
        source.error(f"lockfileVersion {lock.lockfile_version} is not known; 1, 2 and 3 are", "$.lockfileVersion")
    if lock.packages is not None:
        return _read_packages(source, lock.packages)
    return _read_nested(source, lock.dependencies)


def _read_packages(source: Source, packages: Mapping[str, Entry]) -> Iterator[Component]:
    folders = _folders(packages)
    direct = {
        _resolve(path, name, packages, folders)
        for path, entry in packages.items()
        if INSTALLED not in path
        for name in _asks_for(entry)
    }
    components = _components(source, packages, direct)
    edges = {path: _needs(path, packages, folders) for path in components}
    return graph.link(components, edges)


def _components(source: Source, packages: Mapping[str, Entry], direct: Collection[str | None]) -> dict[str, Component]:
    """By path, without the project, its workspaces and links to them."""
    lines = source.lines(LINE)
    usual = registry.usual("npm", (entry.resolved for entry in packages.values() if isinstance(entry.resolved, str)))
    return {
        path: source.component(
            "npm",
            entry.name or path.rpartition(INSTALLED)[2],
            _version(entry.version),
            line=lines.get(path),
            scope=_scope(entry),
            direct=path in direct,
            licence=entry.licence if isinstance(entry.licence, str) else None,
            hashes=(entry.integrity,) if entry.integrity else (),
            qualifiers=manifest.origin(entry.version, entry.resolved, usual),
        )
        for path, entry in packages.items()
        if INSTALLED in path and not entry.link
    }


def _needs(path: str, packages: Mapping[str, Entry], folders: Mapping[str, str]) -> list[str]:
    entry = packages[path]
    names = {**entry.dependencies, **entry.optional_dependencies, **entry.peer_dependencies}
    return [place for name in names if (place := _resolve(path, name, packages, folders))]


def _version(version: str | None) -> str | None:
    """Version 1 and links write an address or an alias where the version should be."""
    if version and version.startswith("npm:"):
        return version.rpartition("@")[2]
    return None if version and ("/" in version or ":" in version) else version


def _scope(entry: Entry | Nested) -> Scope:
    if entry.dev or getattr(entry, "dev_optional", False):
        return "development"
    return "optional" if entry.optional else "runtime"


def _asks_for(entry: Entry) -> Iterator[str]:
    for group in (entry.dependencies, entry.dev_dependencies, entry.optional_dependencies, entry.peer_dependencies):
        yield from group


def _folders(packages: Iterable[str]) -> dict[str, str]:
    """The node_modules of each folder that has one, with the slash that follows."""
    heads = {path.rpartition(INSTALLED)[0] for path in packages if INSTALLED in path}
    return {head.rstrip("/"): f"{head}{INSTALLED}" for head in heads}


def _resolve(path: str, name: str, packages: Mapping[str, Entry], folders: Mapping[str, str]) -> str | None:
    """Where Node.js would find `name` from `path`: in its own node_modules or that of a folder above."""
    for _ in range(MAX_NESTING):
        if path in folders and (place := folders[path] + name) in packages:
            return place
        if not path:
            break
        path = path.rpartition(f"/{INSTALLED}")[0]
    return None


def _read_nested(source: Source, tree: dict[str, Nested]) -> Iterator[Component]:
    """Version 1 has no root entry: what the project asks for itself stands in package.json."""
    wanted = manifest.read(source)
    installed = list(_walk(tree))
    own = [item for item in installed if _is_part(item.entry)]
    direct = {id(hit) for item in own for hit in item.needs.values()}
    direct |= {id(item.entry) for item in installed if len(item.levels) == TOP and item.name in (wanted or ())}
    for item, line in source.lines_of(installed, NESTED):
        if _is_part(item.entry):
            continue
        yield source.component(
            "npm",
            _alias(item.name, item.entry),
            _version(item.entry.version),
            line=line,
            scope=_scope(item.entry),
            direct=id(item.entry) in direct if wanted is not None else None,
            requires=tuple(_nested_purl(source, name, hit) for name, hit in item.needs.items() if not _is_part(hit)),
            hashes=(item.entry.integrity,) if item.entry.integrity else (),
            qualifiers=manifest.origin(item.entry.version, None),
        )


class Installed(NamedTuple):
    """An entry of version 1, with the levels of the tree in which it looks for what it needs, its own last."""

    name: str
    entry: Nested
    levels: tuple[Mapping[str, Nested], ...]

    @property
    def needs(self) -> dict[str, Nested]:
        names = self.entry.requires if isinstance(self.entry.requires, dict) else {}
        return {name: hit for name in names if (hit := _find(name, self.levels))}


def _walk(tree: dict[str, Nested]) -> Iterator[Installed]:
    """All entries in the order of the file."""
    open_: list[tuple[str, Nested, tuple[Mapping[str, Nested], ...]]]
    open_ = [(name, entry, (tree,)) for name, entry in reversed(tree.items())]
    while open_:
        name, entry, levels = open_.pop()
        own = (*levels, entry.dependencies)
        yield Installed(name, entry, own)
        open_ += [(inner, below, own) for inner, below in reversed(entry.dependencies.items())]


def _is_part(entry: Nested) -> bool:
    """A folder of the project, such as a workspace; an archive in it is somebody else's."""
    version = entry.version or ""
    return version.startswith("file:") and not version.endswith((".tgz", ".tar.gz"))


def _find(name: str, levels: tuple[Mapping[str, Nested], ...]) -> Nested | None:
    return next((level[name] for level in reversed(levels) if name in level), None)


def _alias(name: str, entry: Nested) -> str:
    """`"version": "npm:real-name@1.0.0"` installs another package under this name."""
    alias = entry.version or ""
    return alias.removeprefix("npm:").rpartition("@")[0] if alias.startswith("npm:") else name


def _nested_purl(source: Source, name: str, entry: Nested) -> str:
    qualifiers = manifest.origin(entry.version, None)
    return source.component("npm", _alias(name, entry), _version(entry.version), qualifiers=qualifiers).purl
