""".tool-versions of asdf, which mise reads too.

Format: https://asdf-vm.com/manage/configuration.html#tool-versions
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = (".tool-versions",)
CARRIES = frozenset({"scope", "direct", "lines"})


def read(source: Source) -> Iterator[Component]:
    """Every tool at the first of its versions; those behind it are for when it is missing."""
    for number, text in enumerate(source.text.splitlines(), 1):
        words = text.partition("#")[0].split()
        if not words:
            continue
        if len(words) == 1 or not tools.TOOL.match(words[0]):
            source.error("is not a tool and its versions", f"line {number}")
        yield tools.component(source, words[0], words[1], number)
