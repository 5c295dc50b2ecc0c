"""uv.lock of uv, version 1.

Format: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile (TOML; its fields are not documented)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from scanner.model import SCOPES, Component, Scope
from scanner.read import graph, registry
from scanner.read.python.pyproject import group_scope
from scanner.read.source import Source

FILES = ("uv.lock", "*.py.lock")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Exactly one of these is there. `editable`, `virtual` and `directory` are parts of the project."""

    registry: str | None = None
    git: str | None = None
    url: str | None = None
    path: str | None = None
    editable: str | None = None
    virtual: str | None = None
    directory: str | None = None


class Need(msgspec.Struct, frozen=True, gc=False):
    name: str
    version: str | None = None


class File(msgspec.Struct, frozen=True, gc=False):
    hash: str | None = None


class Package(msgspec.Struct, rename="kebab"):
    name: str
    version: str | None = None
    source: Origin = Origin()
    dependencies: list[Need] = []
    optional_dependencies: dict[str, list[Need]] = {}
    dev_dependencies: dict[str, list[Need]] = {}
    sdist: File = File()
    wheels: list[File] = []


class Manifest(msgspec.Struct):
    requirements: list[Need] = []
    """What a script asks for; a project's wishes stand in its own entry."""


class Lock(msgspec.Struct):
    version: int = 1
    manifest: Manifest = msgspec.field(default_factory=Manifest)
    package: list[Package] = []


def read(source: Source) -> Iterator[Component]:
    """Every locked package. What the project's own parts ask for is direct, and gives the others their scope."""
    lock = source.toml(Lock)
    if lock.version != 1:
        source.error(f"version {lock.version} is not known; 1 is", "version")
    registries = [package.source.registry for package in lock.package if package.source.registry]
    usual = registry.usual("pypi", registries)
    nodes = graph.by_name(package.name for package in lock.package)
    components = {
        index: _component(source, package, line, usual)
        for index, (package, line) in enumerate(source.tables(lock.package, "package"))
        if not _is_part(package)
    }
    edges = {
        index: [node for _, need in _needs(package) for node in _find(need, nodes, lock.package)]
        for index, package in enumerate(lock.package)
    }
    return graph.link(components, edges, _roots(lock, nodes))


def _is_part(package: Package) -> bool:
    origin = package.source
    return (origin.editable, origin.virtual, origin.directory) != (None, None, None)


def _component(source: Source, package: Package, line: int | None, usual: Iterable[str]) -> Component:
    files = [package.sdist, *package.wheels]
    return source.component(
        "pypi",
        package.name,
        package.version,
        line=line,
        hashes=tuple(file.hash for file in files if file.hash),
        qualifiers=_origin(package.source, usual),
    )


def _origin(origin: Origin, usual: Iterable[str]) -> Mapping[str, str] | None:
    if origin.git:  # "https://host/owner/repository?rev=main#commit"
        address, _, commit = origin.git.partition("#")
        return registry.git(address.partition("?")[0], commit)
    if origin.url or origin.path:
        return {"download_url": origin.url or origin.path or ""}
    return registry.qualifiers(origin.registry, usual)


def _needs(package: Package) -> list[tuple[Scope, Need]]:
    found: list[tuple[Scope, Need]] = [("runtime", need) for need in package.dependencies]
    for needs in package.optional_dependencies.values():
        found += [("optional", need) for need in needs]
    for group, needs in package.dev_dependencies.items():
        found += [(group_scope(group), need) for need in needs]
    return found


def _find(need: Need, nodes: Mapping[str, list[int]], packages: list[Package]) -> Sequence[int]:
    """A need names a version only where the lockfile holds several of its package."""
    found = nodes.get(need.name, ())
    return found if need.version is None else [node for node in found if packages[node].version == need.version]


def _roots(lock: Lock, nodes: Mapping[str, list[int]]) -> dict[int, Scope] | None:
    parts = [package for package in lock.package if _is_part(package)]
    wishes = [wish for part in parts for wish in _needs(part)]
    wishes += [("runtime", need) for need in lock.manifest.requirements]
    if not parts and not wishes:
        return None
    wanted = [(node, scope) for scope, need in wishes for node in _find(need, nodes, lock.package)]
    return dict(sorted(wanted, key=lambda item: SCOPES.index(item[1]), reverse=True))
