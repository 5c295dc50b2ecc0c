"""*.bicep: the types of the resources that Azure makes, and modules from registries. Only what stands outright is read.

Format: https://learn.microsoft.com/azure/azure-resource-manager/bicep/file
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source

FILES = ("*.bicep",)
CARRIES = frozenset({"direct", "lines"})
RESOURCE = r"^[ \t]*resource[ \t]+\w+[ \t]+'([^'@\n]+)@"
MODULE = r"^[ \t]*module[ \t]+\w+[ \t]+'(br[:/][^'\n]+)'"
PUBLIC = "mcr.microsoft.com/bicep"
REGISTRY = re.compile(r"br(?::([^/:]+(?::\d+)?)/|/(\w[\w-]*):)(.+?):([^:/]+)$")


def read(source: Source) -> Iterator[Component]:
    """Modules of registries, which are OCI artefacts; a module at a path is our own. Types of resources are keys."""
    if "\0" in source.text:
        source.error("is no text")
    for type, line in source.lines(RESOURCE).items():
        source.key(type, line)
    for written, line in source.lines(MODULE).items():
        match = REGISTRY.match(written)
        if match is None or (match[2] and match[2] != "public"):
            source.gap(f"module {written[:120]!r}: which registry that is stands elsewhere", f"line {line}")
            continue
        place = f"{match[1] or PUBLIC}/{match[3]}"
        qualifiers = {"repository_url": place, "tag": match[4]}
        yield source.component("oci", place.rpartition("/")[2], None, line=line, direct=True, qualifiers=qualifiers)
