"""pixi.lock of Pixi, versions 4 to 6.

Format: https://pixi.sh/latest/workspace/lockfile/
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.python import artefact, conda
from scanner.read.python.pyproject import group_scope
from scanner.read.source import Source

FILES = ("pixi.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
LINE = r"^- (?:conda|pypi|kind): *[\"']?([^\s\"'#]+)"
KNOWN = ("4", "5", "6")
NAME = re.compile(r"\s*([A-Za-z0-9_][\w.-]*)")


class Entry(msgspec.Struct):
    """A package; before version 6 `kind` says of which ecosystem, later the key under which its address stands."""

    conda: str | None = None
    pypi: str | None = None
    kind: str | None = None
    name: str | None = None
    version: str | None = None
    url: str | None = None
    path: str | None = None
    sha256: str | None = None
    depends: list[str] = []
    requires_dist: list[str] = []
    licence: str | None = msgspec.field(name="license", default=None)


class Lock(msgspec.Struct):
    version: str
    packages: list[Entry]


class Feature(msgspec.Struct, rename="kebab"):
    dependencies: dict[str, object] = {}
    pypi_dependencies: dict[str, object] = {}
    build_dependencies: dict[str, object] = {}
    host_dependencies: dict[str, object] = {}


class Manifest(Feature, rename="kebab"):
    feature: dict[str, Feature] = {}
    target: dict[str, Feature] = {}


class Package(NamedTuple):
    type: str
    name: str
    version: str | None
    qualifiers: Mapping[str, str] | None


def read(source: Source) -> Iterator[Component]:
    """Every package once, whatever the platforms; those at a path are the project's own parts."""
    lock = source.yaml(Lock)
    if lock.version not in KNOWN:
        source.error(f"version {lock.version} is not known; 4, 5 and 6 are", "version")
    components: dict[tuple[str, str | None], Component] = {}
    edges: defaultdict[tuple[str, str | None], list[str]] = defaultdict(list)
    for entry, line in source.lines_of(lock.packages, LINE):
        package = _package(source, entry)
        if package is None:
            continue
        node = (canonicalize_name(package.name), package.version)
        edges[node] += [match[1] for need in (*entry.depends, *entry.requires_dist) if (match := NAME.match(need))]
        if node not in components:
            components[node] = source.component(
                package.type,
                package.name,
                package.version,
                line=line,
                licence=entry.licence,
                hashes=(f"sha256:{entry.sha256}",) if entry.sha256 else (),
                qualifiers=package.qualifiers,
            )
    nodes = list(components)
    places = graph.by_name(name for name, _ in nodes)
    linked = {
        node: [nodes[place] for name in dict.fromkeys(names) for place in places.get(canonicalize_name(name), ())]
        for node, names in edges.items()
    }
    wanted = _wanted(source)
    roots = None if wanted is None else {node: wanted[node[0]] for node in nodes if node[0] in wanted}
    return graph.link(components, linked, roots)


def _package(source: Source, entry: Entry) -> Package | None:
    address = entry.conda or entry.pypi or entry.url or entry.path or ""
    if entry.conda or entry.kind == "conda":
        archive = conda.archive(address)
        if archive:
            return Package("conda", archive.name, archive.version, archive.qualifiers)
        if "://" in address:
            source.gap(f"{address[:120]!r} is no archive of a Conda package")
        return None
    if not entry.name or artefact.is_path(address):
        return None
    found = artefact.origin(address) if address.startswith("git+") else None
    return Package("pypi", entry.name, entry.version, found)


def _wanted(source: Source) -> dict[str, Scope] | None:
    """What pixi.toml asks for, by feature; a feature called test is for tests, others are for development."""
    manifest = source.beside("pixi.toml", Manifest)
    if manifest is None:
        return None
    features = [*((group_scope(name), feature) for name, feature in manifest.feature.items())]
    own: list[tuple[Scope, Feature]] = [
        ("runtime", manifest),
        *(("runtime", part) for part in manifest.target.values()),
    ]
    wanted: dict[str, Scope] = {}
    for scope, feature in (*features, *own):
        wanted |= {canonicalize_name(name): "build" for name in feature.build_dependencies}
        for names in (feature.host_dependencies, feature.dependencies, feature.pypi_dependencies):
            wanted |= {canonicalize_name(name): scope for name in names}
    return wanted
