"""Cartfile.resolved of Carthage.

Format: https://github.com/Carthage/Carthage/blob/master/Documentation/Artifacts.md#cartfileresolved
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read import registry
from scanner.read.source import Source

FILES = ("Cartfile.resolved",)
CARRIES = frozenset({"direct", "lines"})
LINE = re.compile(r"(github|git|binary)\s+\"([^\"]+)\"\s+\"([^\"]+)\"$")
WISH = r"^[ \t]*(?:github|git|binary)\s+\"([^\"]+)\""


def read(source: Source) -> Iterator[Component]:
    """Every dependency. Cartfile beside it tells which are direct."""
    manifests = [found for name in ("Cartfile", "Cartfile.private") if (found := source.neighbour(name))]
    wanted = {name for manifest in manifests for name in manifest.lines(WISH)} if manifests else None
    for number, text in enumerate(source.text.splitlines(), 1):
        bare = text.strip()
        if not bare or bare.startswith("#"):
            continue
        match = LINE.match(bare)
        if match is None:
            source.error("is no dependency of Carthage", f"line {number}")
        kind, place, version = match.groups()
        direct = None if wanted is None else place in wanted
        address = registry.without_secrets(place)
        if kind == "github" and "://" not in place:
            yield source.component("swift", f"github.com/{place}", version, line=number, direct=direct)
        else:
            name = address.rstrip("/").rpartition("/")[2].removesuffix(".git").removesuffix(".json") or address
            origin = {"download_url": address} if kind == "binary" else registry.git(address)
            yield source.component("generic", name, version, line=number, direct=direct, qualifiers=origin)
