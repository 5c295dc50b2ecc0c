"""project.assets.json, which NuGet writes when it restores a project.

Format: https://learn.microsoft.com/en-us/nuget/reference/nuget-client-sdk (its fields are not documented)
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from scanner.model import Component
from scanner.read.dotnet import libraries
from scanner.read.source import Source

FILES = ("project.assets.json",)
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})


class File(libraries.File, rename="camel"):
    project_file_dependency_groups: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """By framework, "Newtonsoft.Json >= 13.0.1"."""


def read(source: Source) -> Iterator[Component]:
    """Every restored package; direct is what the project itself, or one of the same solution, asks for."""
    file = source.json(File)
    wanted = {
        wish.partition(" ")[0].lower() for group in file.project_file_dependency_groups.values() for wish in group
    }
    for component in libraries.read(source, file):
        yield replace(component, direct=bool(component.direct) or component.name.lower() in wanted)
