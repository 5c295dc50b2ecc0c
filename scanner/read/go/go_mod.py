"""go.mod, and go.sum beside it.

Format: https://go.dev/ref/mod#go-mod-file and https://go.dev/ref/mod#go-sum-files
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from scanner.errors import ReadError
from scanner.model import Component
from scanner.read.go import go_sum
from scanner.read.source import Source

FILES = ("go.mod",)
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})

TOKEN = re.compile(r"\"((?:[^\"\\]|\\.)*+)(?:\"|\\?$)|`([^`]*)`|(=>|[()]|[^\s\"`()]+)")
INDIRECT = re.compile(r"//\s*indirect\b")
MAX_PARTS = 32
PRUNED = (1, 17)
"""From this version of Go on, go.mod lists indirect dependencies too."""


class Line(NamedTuple):
    number: int
    verb: str
    words: list[str]
    indirect: bool


class Module(NamedTuple):
    path: str
    version: str


def read(source: Source) -> Iterator[Component]:
    """The required modules, replaced ones as they are replaced; of an old project also those of go.sum.

    A module replaced by a folder is a part of the project.
    """
    lines = list(directives(source))
    if not any(line.verb == "module" for line in lines):
        source.error("has no module directive")
    replaced = dict(replacements(lines))
    sums = source.neighbour("go.sum")
    hashes = _hashes(source, sums) if sums else {}
    tools = set(_tools(lines))
    seen = set()
    for line, asked in _required(source, lines):
        module = replaced.get(asked, replaced.get(Module(asked.path, ""), asked))
        seen |= {asked.path, module.path}
        if not module.path.startswith((".", "/")):
            yield source.component(
                "golang",
                module.path,
                module.version,
                line=line.number,
                scope="build" if asked.path in tools and not line.indirect else "runtime",
                direct=not line.indirect,
                hashes=hashes.get(module, ()),
            )
    if sums and hashes and _version(lines) < PRUNED:
        others = (component for component in go_sum.read_all(sums) if component.name not in seen)
        yield from (replace(component, direct=False) for component in others)


def _required(source: Source, lines: list[Line]) -> Iterator[tuple[Line, Module]]:
    for line in lines:
        if line.verb == "require":
            if len(line.words) == 1:
                source.error("require has no version", f"line {line.number}")
            if line.words:
                yield line, Module(line.words[0], line.words[1])


def _tools(lines: list[Line]) -> Iterator[str]:
    """Paths that a tool is below, one of which is its module: golang.org/x/tools of golang.org/x/tools/cmd/stringer."""
    for line in lines:
        if line.verb == "tool" and line.words:
            parts = line.words[0].split("/", MAX_PARTS)
            yield from ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _hashes(source: Source, sums: Source) -> dict[tuple[str, str], tuple[str, ...]]:
    try:
        return go_sum.hashes(sums)
    except ReadError as error:
        source.gap(f"go.sum beside it cannot be read: {error.message}", error.place)
        return {}


def _version(lines: list[Line]) -> tuple[int, int]:
    """Of Go, as the file asks for it; 1.16 where it does not say."""
    words = next((line.words for line in lines if line.verb == "go" and line.words), [""])
    match = re.match(r"(\d+)\.(\d+)", words[0])
    return (int(match[1]), int(match[2])) if match else (1, 16)


def replacements(lines: list[Line]) -> Iterator[tuple[Module, Module]]:
    """`old [version] => new [version]`; without a version any of `old` is replaced."""
    for line in lines:
        if line.verb == "replace" and "=>" in line.words:
            middle = line.words.index("=>")
            old, new = line.words[:middle], line.words[middle + 1 :]
            if old and new:
                yield Module(old[0], old[1] if len(old) > 1 else ""), Module(new[0], new[1] if len(new) > 1 else "")


def directives(source: Source) -> Iterator[Line]:
    """Directives, those in a block as if each had the verb itself."""
    block = ""
    for number, text in enumerate(source.text.splitlines(), 1):
        bare, _, _ = text.partition("//")
        words = [match[match.lastindex or 0] for match in TOKEN.finditer(bare) if match[0]]
        if not words:
            continue
        if block:
            if words[0] == ")":
                block = ""
            else:
                yield Line(number, block, words, bool(INDIRECT.search(text)))
        elif words[1:] == ["("]:
            block = words[0]
        else:
            yield Line(number, words[0], words[1:], bool(INDIRECT.search(text)))
    if block:
        source.error(f"the block of {block} is not closed")
