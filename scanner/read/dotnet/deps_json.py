"""*.deps.json, which the .NET SDK writes beside a program.

Format: https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.dotnet import libraries
from scanner.read.source import Source

FILES = ("*.deps.json",)
CARRIES = frozenset({"direct", "edges", "lines", "hashes"})


def read(source: Source) -> Iterator[Component]:
    """Every package; projects and the parts of .NET itself are none."""
    return libraries.read(source, source.json(libraries.File))
