"""Gemfile or gems.rb without its lockfile: what a project asks for, as far as the usual forms of the program say it.

Format: https://bundler.io/man/gemfile.5.html
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read import registry, unlocked
from scanner.read.ruby import gemfile
from scanner.read.source import Source

FILES = ("Gemfile", "gems.rb")
NAME = "gemfile"
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("Gemfile.lock", "gems.locked")
EXACT = re.compile(r"\s*,\s*[\"'](?:=\s*)?(\d[\w.-]*)[\"']\s*(?:,\s*[^\"'\s].*)?$")
ORIGIN = re.compile(r"\b(git|github|path)(?::|[\"']?\s*=>)\s*[\"']([^\"']+)")


def read(source: Source) -> Iterator[Component]:
    """Nothing where the lockfile is beside it; a gem at a path is a part of the project."""
    if unlocked.has_lock(source, LOCKS, above=False):
        return
    seen: set[str] = set()
    for gem in gemfile.gems(source.text):
        exact, origin = EXACT.match(gem.rest), ORIGIN.search(gem.rest)
        if gem.name in seen or (origin and origin[1] == "path"):
            continue
        seen.add(gem.name)
        place = f"https://github.com/{origin[2]}" if origin and origin[1] == "github" else origin[2] if origin else ""
        yield source.component(
            "gem",
            gem.name,
            exact[1] if exact else None,
            line=gem.line,
            scope=gem.scope,
            direct=True,
            qualifiers=registry.git(place) if place else None,
        )
    unlocked.gap(source, len(seen))
