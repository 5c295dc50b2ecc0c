"""packages.config of NuGet.

Format: https://learn.microsoft.com/en-us/nuget/reference/packages-config
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source

FILES = ("packages.config",)
CARRIES = frozenset({"scope", "lines"})
LINE = r"<package\b[^<>]*?\bid\s*=\s*[\"']([^\"']+)[\"']"


def read(source: Source) -> Iterator[Component]:
    """Every installed package; the file does not tell the direct ones from the others."""
    root = source.xml()
    if root.tag != "packages":
        source.error(f"has {root.tag[:60]!r} where packages is expected")
    lines = source.lines(LINE)
    for element in root.iter("package"):
        name = element.get("id")
        if not name:
            source.error("holds a package without an id")
        yield source.component(
            "nuget",
            name,
            element.get("version"),
            line=lines.get(name),
            scope="development" if element.get("developmentDependency") == "true" else "runtime",
        )
