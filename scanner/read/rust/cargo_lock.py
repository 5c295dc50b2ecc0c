"""Cargo.lock of Cargo, versions 1 to 4.

Format: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html (TOML; its fields are not documented)
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from scanner.model import SCOPES, Component, Scope
from scanner.read import graph, registry
from scanner.read.rust import cargo_toml
from scanner.read.source import Source

FILES = ("Cargo.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})


class Package(msgspec.Struct):
    """`source` is missing on the project's own crates."""

    name: str
    version: str
    source: str | None = None
    checksum: str | None = None
    dependencies: list[str] = []


class Lock(msgspec.Struct):
    version: int = 1
    package: list[Package] = []
    root: Package | None = None
    """In files of before 2018, the project itself."""
    metadata: dict[str, str] = {}
    """In version 1, "checksum name version (source)"."""


def read(source: Source) -> Iterator[Component]:
    """Every locked crate but the project's own. Cargo.toml tells what these ask for to run, to build and to test."""
    lock = source.toml(Lock)
    packages = [*lock.package, *([lock.root] if lock.root else [])]
    nodes = graph.by_name(package.name for package in packages)
    edges = {index: list(_resolve(package, nodes, packages)) for index, package in enumerate(packages)}
    usual = _usual(packages)
    components = {
        index: _component(source, package, line, usual, lock.metadata)
        for index, (package, line) in enumerate(source.tables(lock.package, "package"))
        if package.source
    }
    return graph.link(components, edges, _roots(source, packages, edges))


def _component(
    source: Source, package: Package, line: int | None, usual: Collection[str], checksums: Mapping[str, str]
) -> Component:
    old = checksums.get(f"checksum {package.name} {package.version} ({package.source})")
    checksum = package.checksum or old
    return source.component(
        "cargo",
        package.name,
        package.version,
        line=line,
        hashes=(f"sha256:{checksum}",) if checksum and checksum != "<none>" else (),
        qualifiers=_origin(package.source or "", usual),
    )


def _usual(packages: Sequence[Package]) -> set[str]:
    """Sources that stand for the usual registry: the public one's, and what most crates come from."""
    counts = Counter(package.source for package in packages if package.source and not package.source.startswith("git+"))
    public = {name for name in counts if any(host in name for host in registry.public("cargo"))}
    return public | {name for name, _ in counts.most_common(1)}


def _origin(name: str, usual: Collection[str]) -> Mapping[str, str] | None:
    """Of a source such as "git+https://host/repository?branch=main#commit" or "registry+https://host/index"."""
    if name in usual:
        return None
    if name.startswith("git+"):
        address, _, commit = name.partition("#")
        return registry.git(address.partition("?")[0], commit)
    return registry.qualifiers(name.partition("+")[2] or name)


def _resolve(package: Package, nodes: Mapping[str, list[int]], packages: Sequence[Package]) -> Iterator[int]:
    """A dependency is "name", "name version" where there are several, or "name version (source)"."""
    for need in package.dependencies:
        name, _, rest = need.partition(" ")
        version, _, place = rest.partition(" ")
        for node in nodes.get(name, ()):
            found = packages[node]
            if version in ("", found.version) and place in ("", f"({found.source})"):
                yield node


def _roots(source: Source, packages: Sequence[Package], edges: Mapping[int, list[int]]) -> dict[int, Scope] | None:
    parts = [index for index, package in enumerate(packages) if not package.source]
    if not parts:
        return None
    manifests = cargo_toml.read(source, [packages[part].name for part in parts])
    wanted: list[tuple[int, Scope]] = []
    for part in parts:
        scopes = manifests.get(packages[part].name, {})
        wanted += [(need, scopes.get(packages[need].name, "runtime")) for need in edges[part]]
    return dict(sorted(wanted, key=lambda item: SCOPES.index(item[1]), reverse=True))
