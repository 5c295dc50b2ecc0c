"""Gemfile beside a lockfile: which groups the gems are in. It is a Ruby program; only its usual forms are understood.

Format: https://bundler.io/man/gemfile.5.html
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scanner.model import SCOPES, Scope
from scanner.read.source import Source

GROUP = re.compile(r"group\b(.*)\bdo\b")
GEM = re.compile(r"gem[\s(]+[\"']([^\"']+)[\"'](.*)")
INLINE = re.compile(r"\bgroups?(?::|\s*=>|[\"']\s*=>)\s*(\[[^\]]*\]|:\w+|[\"']\w+[\"'])")
NAME = re.compile(r":(\w+)|[\"'](\w+)[\"']")
OPENS = re.compile(r"(?:if|unless|case|begin|while|def)\b|.*\bdo(?:\s*\|[^|]*\|)?$")
MAX_LINE = 1000
KNOWN: dict[str, Scope] = {"test": "test", "development": "development", "dev": "development", "ci": "development"}


def read(source: Source) -> dict[str, Scope]:
    """The scope of each gem that is in a group for development or test; others are there to run."""
    neighbour = source.neighbour("Gemfile") or source.neighbour("gems.rb")
    return {gem.name: gem.scope for gem in gems(neighbour.text) if gem.grouped} if neighbour else {}


class Gem(NamedTuple):
    """A gem that is asked for, and what stands after its name."""

    line: int
    name: str
    rest: str
    scope: Scope
    grouped: bool


def gems(text: str) -> Iterator[Gem]:
    """Every gem that is asked for in a usual form."""
    blocks: list[list[str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw[:MAX_LINE].partition("#")[0].strip()
        if match := GROUP.match(line):
            blocks.append(_names(match[1]))
        elif match := GEM.match(line):
            inline = INLINE.search(match[2])
            groups = [*(name for block in blocks for name in block), *(_names(inline[1]) if inline else ())]
            scope = min((KNOWN.get(name, "runtime") for name in groups or ("default",)), key=SCOPES.index)
            yield Gem(number, match[1], match[2], scope, bool(groups))
        elif OPENS.match(line):
            blocks.append([])
        elif line == "end" and blocks:
            blocks.pop()


def _names(text: str) -> list[str]:
    return [match[1] or match[2] for match in NAME.finditer(text)]
