"""cabal.project.freeze of Cabal.

Format: https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source

FILES = ("cabal.project.freeze", "cabal.config")
CARRIES = frozenset({"lines"})
PINNED = re.compile(r"(?:any\.)?([A-Za-z0-9][A-Za-z0-9-]*)\s*==\s*([0-9.]+)(\s*\|\|.*)?$")
FIELD = re.compile(r"([a-z-]+):(.*)")


def read(source: Source) -> Iterator[Component]:
    """Every pinned package; what is "installed" comes with the compiler, and flags are no packages."""
    field = ""
    for number, text in enumerate(source.text.splitlines(), 1):
        match = FIELD.match(text)
        field = match[1] if match else field
        if field != "constraints":
            continue
        for part in (match[2] if match else text).split(","):
            pinned = PINNED.match(part.strip())
            if pinned:
                yield source.component("hackage", pinned[1], None if pinned[3] else pinned[2], line=number)
    if not field and source.text.strip():
        source.error("has no fields")
