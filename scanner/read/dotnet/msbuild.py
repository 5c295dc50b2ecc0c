"""What MSBuild's files say of packages: items, properties and versions managed for all projects of a folder.

Format: https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files and
https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import ReadError
from scanner.read.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CENTRAL = "Directory.Packages.props"
MAX_ABOVE = 8
"""Folders above a project in which the central file is looked for."""
PROPERTY = re.compile(r"\$\(([\w.]+)\)")
EXACT = re.compile(r"\[?\s*(\d[\w.+-]*)\s*(?:,\s*)?\]?$")
LINE = r"<(?:PackageReference|PackageVersion|GlobalPackageReference)\b[^<>]*?\b(?:Include|Update)\s*=\s*[\"']([^\"']+)"


class Item(NamedTuple):
    """A package as an item names it."""

    name: str
    version: str
    private: bool
    """Its assets go to nobody who uses the project: an analyser, a generator, a build task."""


def items(root: "Element", kind: str, properties: Mapping[str, str]) -> list[Item]:
    """All items of a kind; what depends on a condition is there too."""
    found = []
    for element in root.iter(kind):
        name = element.get("Include") or element.get("Update") or ""
        version = _field(element, "VersionOverride") or _field(element, "Version")
        private = "all" in _field(element, "PrivateAssets").lower()
        names = filter(None, map(str.strip, _expand(name, properties).split(";")))
        found += [Item(one, _expand(version, properties), private) for one in names]
    return found


def properties(root: "Element") -> dict[str, str]:
    """The properties that a file sets itself."""
    return {str(item.tag): (item.text or "").strip() for group in root.iter("PropertyGroup") for item in group}


def exact(version: str) -> str | None:
    """The version, where it is one and no range or wildcard; NuGet takes "1.0" as the least that will do."""
    match = EXACT.match(version.strip())
    return match[1] if match else None


def central(source: Source) -> dict[str, str]:
    """Versions by lower-case name from the nearest central file; none where that cannot be read, with a gap."""
    for above in range(MAX_ABOVE):
        found = source.neighbour("../" * above + CENTRAL)
        if found is None:
            continue
        try:
            root = found.xml()
        except ReadError as error:
            source.gap(f"{CENTRAL} cannot be read: {error.message}")
            return {}
        return {item.name.lower(): item.version for item in items(root, "PackageVersion", properties(root))}
    return {}


def _field(element: "Element", name: str) -> str:
    return element.get(name) or element.findtext(name) or ""


def _expand(text: str, values: Mapping[str, str]) -> str:
    return PROPERTY.sub(lambda match: values.get(match[1], match[0]), text).strip()
