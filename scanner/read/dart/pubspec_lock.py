"""pubspec.lock of Pub.

Format: https://dart.dev/tools/pub/glossary#lockfile (YAML; its fields are not documented)
"""

from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component
from scanner.read import registry
from scanner.read.source import Source

FILES = ("pubspec.lock",)
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"^  [\"']?([\w.-]+)[\"']?:\s*$"

FORMERLY = "pub.dartlang.org"
"""The public registry's host until 2022."""


class Description(msgspec.Struct, rename="kebab"):
    url: str | None = None
    sha256: str | None = None
    resolved_ref: str | None = None


class Package(msgspec.Struct):
    dependency: str = "transitive"
    description: Description | str = ""
    source: str = "hosted"
    version: str | None = None


class Lock(msgspec.Struct):
    packages: dict[str, Package] | None = None
    sdks: object = None


def read(source: Source) -> Iterator[Component]:
    """Every locked package; those at a path are the project's own parts."""
    lock = source.yaml(Lock)
    if lock.packages is None and lock.sdks is None:
        source.error("has no packages")
    packages = lock.packages or {}
    usual = registry.usual("pub", (_description(package).url for package in packages.values() if _is_hosted(package)))
    usual |= {FORMERLY}
    lines = source.lines(LINE)
    for name, package in packages.items():
        if package.source == "path":
            continue
        checksum = _description(package).sha256
        yield source.component(
            "pub",
            name,
            package.version,
            line=lines.get(name),
            scope="development" if package.dependency == "direct dev" else "runtime",
            direct=package.dependency.startswith("direct"),
            hashes=(f"sha256:{checksum}",) if checksum else (),
            qualifiers=_origin(package, usual),
        )


def _description(package: Package) -> Description:
    """Of a part of an SDK the description is just its name."""
    return package.description if isinstance(package.description, Description) else Description()


def _is_hosted(package: Package) -> bool:
    return package.source == "hosted"


def _origin(package: Package, usual: frozenset[str]) -> Mapping[str, str] | None:
    description = _description(package)
    if package.source == "git" and description.url:
        return registry.git(description.url, description.resolved_ref)
    return registry.qualifiers(description.url, usual)
