"""Directory.Packages.props of NuGet: the versions that all projects below a folder share.

Format: https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.dotnet import msbuild
from scanner.read.source import Source

FILES = ("Directory.Packages.props",)
CARRIES = frozenset({"scope", "direct", "lines"})


def read(source: Source) -> Iterator[Component]:
    """Every package with a version; those for all projects build them."""
    root = source.xml()
    if root.tag != "Project":
        source.error("is no project of MSBuild")
    lines, properties = source.lines(msbuild.LINE), msbuild.properties(root)
    for kind in ("PackageVersion", "GlobalPackageReference"):
        for item in msbuild.items(root, kind, properties):
            yield source.component(
                "nuget",
                item.name,
                msbuild.exact(item.version),
                line=lines.get(item.name),
                scope="build" if kind == "GlobalPackageReference" else "runtime",
                direct=True,
            )
