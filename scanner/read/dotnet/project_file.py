"""*.csproj and the like of .NET without a lockfile: the packages that a project names.

Format: https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files
"""

from collections.abc import Iterator

from scanner.model import Component, Scope
from scanner.read import unlocked
from scanner.read.dotnet import msbuild
from scanner.read.source import Source

FILES = ("*.csproj", "*.fsproj", "*.vbproj", "Directory.Build.props", "Directory.Build.targets")
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("packages.lock.json", "obj/project.assets.json", "packages.config")


def read(source: Source) -> Iterator[Component]:
    """Its packages with the versions that it or the central file names; nothing where a lockfile tells more."""
    root = source.xml()
    if root.tag != "Project":
        source.error("is no project of MSBuild")
    if any(source.neighbour(name) for name in LOCKS):
        return
    versions, lines = msbuild.central(source), source.lines(msbuild.LINE)
    found = msbuild.items(root, "PackageReference", msbuild.properties(root))
    for item in found:
        version = item.version or versions.get(item.name.lower(), "")
        scope: Scope = "build" if item.private else "runtime"
        line = lines.get(item.name)
        yield source.component("nuget", item.name, msbuild.exact(version), line=line, scope=scope, direct=True)
    unlocked.gap(source, len(found))
