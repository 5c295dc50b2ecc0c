"""global.json of .NET: the SDK that builds a project.

Format: https://learn.microsoft.com/en-us/dotnet/core/tools/global-json
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.source import Source

FILES = ("global.json",)
CARRIES = frozenset({"scope", "direct", "lines"})
LINE = r'^[ \t]*"(version|[A-Za-z][\w.]+)"[ \t]*:[ \t]*"'


class Sdk(msgspec.Struct):
    version: str | None = None


class File(msgspec.Struct, rename="kebab"):
    sdk: Sdk | None = None
    msbuild_sdks: dict[str, str] = {}


def read(source: Source) -> Iterator[Component]:
    """The SDK, and those of MSBuild that are packages."""
    file = source.json(File)
    lines = source.lines(LINE)
    if file.sdk and file.sdk.version:
        line = lines.get("version")
        yield source.component("generic", "dotnet-sdk", file.sdk.version, line=line, scope="build", direct=True)
    for name, version in file.msbuild_sdks.items():
        yield source.component("nuget", name, version, line=lines.get(name), scope="build", direct=True)
