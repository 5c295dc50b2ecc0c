"""vcpkg.json, the manifest of vcpkg.

Format: https://learn.microsoft.com/en-us/vcpkg/reference/vcpkg-json
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read.source import Source

FILES = ("vcpkg.json",)
CARRIES = frozenset({"scope", "direct", "lines"})
LINE = r'(?:^|[\[,{])[ \t]*(?:"name"\s*:\s*)?"([a-z0-9-]+)"\s*(?=[,\]}\n]|$)'


class Wish(msgspec.Struct, rename="kebab"):
    name: str
    host: bool = False
    version: str | None = msgspec.field(name="version>=", default=None)


class Override(msgspec.Struct, rename="kebab"):
    name: str
    version: str | None = None
    version_semver: str | None = None
    version_date: str | None = None
    version_string: str | None = None


class Feature(msgspec.Struct):
    dependencies: list[str | Wish] = []


class Manifest(msgspec.Struct, rename="kebab"):
    name: str | None = None
    dependencies: list[str | Wish] = []
    features: dict[str, Feature] = {}
    overrides: list[Override] = []


def read(source: Source) -> Iterator[Component]:
    """Every declared dependency; only an override fixes its version. Those of features are optional."""
    manifest = source.json(Manifest)
    lines = source.lines(LINE)
    fixed = {
        override.name: override.version or override.version_semver or override.version_date or override.version_string
        for override in manifest.overrides
    }
    groups: list[tuple[Scope, list[str | Wish]]] = [("runtime", manifest.dependencies)]
    groups += [("optional", feature.dependencies) for feature in manifest.features.values()]
    seen = {manifest.name}  # features ask for others of their own package
    for scope, wishes in groups:
        for wish in (Wish(name=wish) if isinstance(wish, str) else wish for wish in wishes):
            if wish.name in seen:
                continue
            seen.add(wish.name)
            yield source.component(
                "vcpkg",
                wish.name,
                fixed.get(wish.name),
                line=lines.get(wish.name),
                scope="build" if wish.host else scope,
                direct=True,
            )
