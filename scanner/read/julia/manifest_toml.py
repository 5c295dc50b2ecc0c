"""Manifest.toml of Julia's Pkg, formats 1 and 2.

Format: https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("Manifest.toml", "JuliaManifest.toml", "Manifest-v*.toml")
CARRIES = frozenset({"scope", "direct", "edges", "lines"})
LINE = r"^\[\[(?:deps\.)?([A-Za-z][\w-]*)\]\]"


class Package(msgspec.Struct, rename="kebab"):
    """The standard library has neither a tree nor a repository: it comes with Julia."""

    uuid: str
    version: str | None = None
    deps: list[str] | dict[str, str] = []
    git_tree_sha1: str | None = None
    repo_url: str | None = None
    repo_rev: str | None = None
    path: str | None = None


class Lock(msgspec.Struct):
    julia_version: str | None = None
    deps: dict[str, list[Package]] = {}


class Targets(msgspec.Struct):
    test: list[str] = []


class Project(msgspec.Struct):
    deps: dict[str, str] = {}
    weakdeps: dict[str, str] = {}
    extras: dict[str, str] = {}
    targets: Targets = msgspec.field(default_factory=Targets)


def recognises(head: bytes) -> bool:
    """What Pkg writes says how it came to be; other programs have files of this name too."""
    return (
        b"[[deps." in head
        or re.search(rb"^julia_version|^# This file is machine-generated", head, re.MULTILINE) is not None
    )


def read(source: Source) -> Iterator[Component]:
    """Every package that is neither of the standard library nor a folder of the project.

    Project.toml tells the direct ones.
    """
    lock = _lock(source)
    packages = {package.uuid: (name, package) for name, found in lock.deps.items() for package in found}
    uuids = {name: found[0].uuid for name, found in lock.deps.items() if found}
    lines = source.lines(LINE)
    components = {
        uuid: _component(source, name, package, lines.get(name))
        for uuid, (name, package) in packages.items()
        if (package.git_tree_sha1 or package.repo_url) and not package.path
    }
    edges = {
        uuid: [*package.deps.values()]
        if isinstance(package.deps, dict)
        else [uuids.get(name, "") for name in package.deps]
        for uuid, (_, package) in packages.items()
    }
    return graph.link(components, edges, _roots(source))


def _lock(source: Source) -> Lock:
    """Format 1 has the packages at the top, format 2 below `deps`."""
    document = source.toml(dict[str, object])
    if "manifest_format" not in document and "deps" not in document:
        document = {"deps": {name: value for name, value in document.items() if isinstance(value, list)}}
    return source.convert(document, Lock)


def _component(source: Source, name: str, package: Package, line: int | None) -> Component:
    qualifiers = {"uuid": package.uuid}
    if package.repo_url:
        qualifiers |= registry.git(package.repo_url, package.repo_rev)
    return source.component("julia", name, package.version, line=line, qualifiers=qualifiers)


def _roots(source: Source) -> dict[str, Scope] | None:
    project = source.beside("Project.toml", Project) or source.beside("JuliaProject.toml", Project)
    if project is None:
        return None
    tests = {project.extras[name] for name in project.targets.test if name in project.extras}
    roots: dict[str, Scope] = dict.fromkeys(tests, "test")
    roots |= dict.fromkeys(project.weakdeps.values(), "optional")
    return roots | dict.fromkeys(project.deps.values(), "runtime")
