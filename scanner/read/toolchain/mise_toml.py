"""mise.toml of mise: the languages and tools of a project.

Format: https://mise.jdx.dev/configuration.html and https://mise.jdx.dev/dev-tools/backends/
"""

from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = ("mise.toml", ".mise.toml", "mise.*.toml", ".mise.*.toml", "mise/config.toml")
CARRIES = frozenset({"scope", "direct", "lines"})
LINE = r"^[ \t]*(?:tools\.)?[\"']?([^\s\"'=\[\]#]+)[\"']?[ \t]*="
BACKENDS = {
    "npm": "npm", "pipx": "pypi", "cargo": "cargo", "gem": "gem", "go": "golang", "dotnet": "nuget",
    "aqua": "github", "ubi": "github", "github": "github", "gitlab": "gitlab",
}  # fmt: skip
"""Where mise gets a tool from, as purl types."""


class Tool(msgspec.Struct):
    version: str = ""


Wish = str | float | Tool | list[str | float | Tool]


class Config(msgspec.Struct):
    tools: dict[str, Wish] = {}


def read(source: Source) -> Iterator[Component]:
    """Every tool at the first of its versions."""
    lines = source.lines(LINE)
    for name, wish in source.toml(Config).tools.items():
        line = lines.get(name)
        version = _version(wish)
        backend, _, package = name.partition(":")
        if not package or backend in ("core", "asdf", "vfox"):
            yield tools.component(source, package or name, version, line)
        elif backend in BACKENDS:
            package = package.partition("[")[0]
            if BACKENDS[backend] == "github" and package.count("/") != 1:
                source.gap(f"{name[:80]!r} is no repository", f"line {line}" if line else "")
                continue
            exact = version if tools.VERSION.match(version) else None
            yield source.component(BACKENDS[backend], package, exact, line=line, scope="build", direct=True)
        else:
            source.gap(f"{name[:80]!r} comes from a place that outlast does not know", f"line {line}" if line else "")


def _version(wish: Wish) -> str:
    first = (wish[0] if wish else "") if isinstance(wish, list) else wish
    return first.version if isinstance(first, Tool) else str(first)
