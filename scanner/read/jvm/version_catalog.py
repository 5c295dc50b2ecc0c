"""libs.versions.toml, the version catalogue of Gradle.

Format: https://docs.gradle.org/current/userguide/version_catalogs.html
"""

from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component
from scanner.read.source import Source

FILES = ("*.versions.toml",)
CARRIES = frozenset({"scope", "direct", "lines"})
LINE = r"^[ \t]*[\"']?([A-Za-z0-9_.-]+)[\"']?\s*=\s*(?:\{\s*(?:module|group|name|id)\b|[\"'][^\"'\n]*:)"
PORTAL = "https://plugins.gradle.org/m2"


class Rich(msgspec.Struct):
    ref: str | None = None
    strictly: str | None = None
    require: str | None = None
    prefer: str | None = None


class Library(msgspec.Struct):
    module: str | None = None
    group: str | None = None
    name: str | None = None
    id: str | None = None
    version: str | Rich | None = None


class Catalogue(msgspec.Struct):
    versions: dict[str, str | Rich] = {}
    libraries: dict[str, str | Library] = {}
    plugins: dict[str, str | Library] = {}


def read(source: Source) -> Iterator[Component]:
    """Every library and plug-in of the catalogue: what the builds may ask for by these names."""
    catalogue = source.toml(Catalogue)
    lines = source.lines(LINE)
    for alias, entry in catalogue.libraries.items():
        library = _parse(entry)
        module = library.module or f"{library.group or ''}:{library.name or ''}"
        group, _, name = module.partition(":")
        if not group or not name:
            source.error(f"library {alias!r} names no module", f"$.libraries.{alias}")
        version = _version(library.version, catalogue.versions)
        yield source.component("maven", f"{group}/{name}", version, line=lines.get(alias), direct=True)
    for alias, entry in catalogue.plugins.items():
        plugin = (
            Library(id=entry.partition(":")[0], version=entry.partition(":")[2]) if isinstance(entry, str) else entry
        )
        if not plugin.id:
            source.error(f"plug-in {alias!r} has no id", f"$.plugins.{alias}")
        yield source.component(
            "maven",
            f"{plugin.id}/{plugin.id}.gradle.plugin",
            _version(plugin.version, catalogue.versions),
            line=lines.get(alias),
            scope="build",
            direct=True,
            qualifiers={"repository_url": PORTAL},
        )


def _parse(entry: str | Library) -> Library:
    """A library may be written "group:name:version"."""
    if isinstance(entry, Library):
        return entry
    module, _, version = entry.rpartition(":")
    return Library(module=module, version=version) if ":" in module else Library(module=entry)


def _version(version: str | Rich | None, versions: Mapping[str, str | Rich]) -> str | None:
    """The version that is asked for, unless it is a range."""
    if isinstance(version, Rich) and version.ref:
        version = versions.get(version.ref)
    if isinstance(version, Rich):
        version = version.strictly or version.require or version.prefer
    return version if version and not set(version) & set("[]()+,") else None
