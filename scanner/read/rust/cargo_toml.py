"""Cargo.toml beside a lockfile: what the project's own crates ask for, and for what.

Format: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from scanner.model import Scope
from scanner.read.source import Source


class Wish(msgspec.Struct):
    version: str | None = None
    package: str | None = None
    path: str | None = None
    optional: bool = False


Wishes = dict[str, str | Wish]


class Target(msgspec.Struct, rename="kebab"):
    dependencies: Wishes = {}
    dev_dependencies: Wishes = {}
    build_dependencies: Wishes = {}


class Package(msgspec.Struct):
    name: str = ""


class Workspace(msgspec.Struct):
    members: list[str] = []


class Manifest(Target, rename="kebab"):
    package: Package = msgspec.field(default_factory=Package)
    workspace: Workspace = msgspec.field(default_factory=Workspace)
    target: dict[str, Target] = {}


def read(source: Source, crates: Iterable[str]) -> dict[str, dict[str, Scope]]:
    """By crate of the project: the scopes of the packages it names. Crates whose Cargo.toml is not found are left out.

    `crates` are their names, for workspaces that list members by a pattern such as "crates/*".
    """
    found: dict[str, dict[str, Scope]] = {}
    seen: set[str] = set()
    open_ = ["."]
    while open_:
        folder = posixpath.normpath(open_.pop())
        if folder in seen:
            continue
        seen.add(folder)
        manifest = source.beside(posixpath.normpath(f"{folder}/Cargo.toml"), Manifest)
        if manifest:
            found[manifest.package.name] = dict(_scopes(manifest))
            open_ += [posixpath.join(folder, place) for place in _places(manifest, crates)]
    return found


def _places(manifest: Manifest, crates: Iterable[str]) -> Iterator[str]:
    """Folders of other crates of the project: workspace members and dependencies by path."""
    for member in manifest.workspace.members:
        if "*" in member:
            yield from (member.replace("*", crate) for crate in crates)
        else:
            yield member
    for _, wishes in _groups(manifest):
        yield from (wish.path for wish in wishes.values() if isinstance(wish, Wish) and wish.path)


def _scopes(manifest: Manifest) -> Iterator[tuple[str, Scope]]:
    for scope, name, wish in wishes(manifest):
        renamed = isinstance(wish, Wish) and wish.package
        yield renamed or name, scope


def wishes(manifest: Manifest) -> Iterator[tuple[Scope, str, str | Wish]]:
    """What a manifest asks for: scope, the name it has here, and how."""
    for scope, group in _groups(manifest):
        for name, wish in group.items():
            optional = isinstance(wish, Wish) and wish.optional and scope == "runtime"
            yield "optional" if optional else scope, name, wish


def _groups(manifest: Manifest) -> Iterator[tuple[Scope, Mapping[str, str | Wish]]]:
    """Weakest first, so that a package asked for twice has its strongest scope."""
    targets = [manifest, *manifest.target.values()]
    yield from (("development", target.dev_dependencies) for target in targets)
    yield from (("build", target.build_dependencies) for target in targets)
    yield from (("runtime", target.dependencies) for target in targets)
