"""composer.lock of Composer.

Format: https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control
"""

from collections.abc import Collection, Iterator, Mapping

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("composer.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
LINE = r'"name"\s*:\s*"([^"/]+/[^"/]+)"'


class Place(msgspec.Struct):
    type: str = ""
    url: str = ""
    reference: str | None = None
    shasum: str | None = None


class Package(msgspec.Struct, rename="kebab"):
    name: str
    version: str | None = None
    source: Place | None = None
    dist: Place | None = None
    require: dict[str, str] | list[str] = {}
    notification_url: str | None = None
    """Of the registry it comes from; missing on what does not come from one."""
    licence: list[str] | str = msgspec.field(name="license", default_factory=list)


class Lock(msgspec.Struct, rename="kebab"):
    packages: list[Package]
    packages_dev: list[Package] | None = None


class Manifest(msgspec.Struct, rename="kebab"):
    require: dict[str, str] | list[str] = {}
    require_dev: dict[str, str] | list[str] = {}


def read(source: Source) -> Iterator[Component]:
    """Every locked package; those at a path of the project are its own parts. Direct ones are in composer.json."""
    lock = source.json(Lock)
    lines = source.lines(LINE)
    groups: tuple[tuple[Scope, list[Package]], ...] = (
        ("runtime", lock.packages),
        ("development", lock.packages_dev or []),
    )
    usual = registry.usual("composer", [package.notification_url for _, packages in groups for package in packages])
    components = {
        package.name: _component(source, package, scope, lines.get(package.name), usual)
        for scope, packages in groups
        for package in packages
        if not (package.dist and package.dist.type == "path")
    }
    edges = {package.name: list(package.require) for _, packages in groups for package in packages}
    wanted = _wanted(source)
    roots = None
    if wanted is not None:
        roots = {name: components[name].scope for name in wanted if name in components}
    return graph.link(components, edges, roots)


def _component(source: Source, package: Package, scope: Scope, line: int | None, usual: Collection[str]) -> Component:
    licences = [package.licence] if isinstance(package.licence, str) else package.licence
    shasum = package.dist.shasum if package.dist else None
    return source.component(
        "composer",
        package.name,
        package.version,
        line=line,
        scope=scope,
        licence=" OR ".join(licences) or None,
        hashes=(f"sha1:{shasum}",) if shasum else (),
        qualifiers=_origin(package, usual),
    )


def _origin(package: Package, usual: Collection[str]) -> Mapping[str, str] | None:
    if host := registry.host_of(package.notification_url):
        return None if host in usual else {"repository_url": f"https://{host}"}
    if package.notification_url:
        return None
    if not package.source:
        address = package.dist.url if package.dist else ""
        return {"download_url": registry.without_secrets(address)} if "://" in address else None
    if package.source.type == "git":
        return registry.git(package.source.url, package.source.reference)
    return {"vcs_url": f"{package.source.type}+{registry.without_secrets(package.source.url)}"}


def _wanted(source: Source) -> set[str] | None:
    """What composer.json beside it asks for, in the lower case that lockfiles have."""
    manifest = source.beside("composer.json", Manifest)
    if manifest is None:
        return None
    return {name.lower() for group in (manifest.require, manifest.require_dev) for name in group}
