"""composer.json without a lockfile: what a project asks for.

Format: https://getcomposer.org/doc/04-schema.md
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import unlocked
from scanner.read.source import Source

FILES = ("composer.json",)
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("composer.lock",)
LINE = r'^[ \t]*"([\w.-]+/[\w.-]+)"[ \t]*:'
EXACT = re.compile(r"v?(\d+(?:\.\d+){1,3}[\w.+-]*)$")


class Manifest(msgspec.Struct, rename="kebab"):
    require: dict[str, str] | list[None] = {}
    require_dev: dict[str, str] | list[None] = {}


def read(source: Source) -> Iterator[Component]:
    """Nothing where the lockfile tells more. PHP and its extensions ("ext-json"), without a slash, are no packages."""
    if unlocked.has_lock(source, LOCKS, above=False):
        return
    manifest = source.json(Manifest)
    lines = source.lines(LINE)
    groups: tuple[tuple[Scope, object], ...] = (("runtime", manifest.require), ("development", manifest.require_dev))
    wanted = [
        (scope, name, wish)
        for scope, group in groups
        for name, wish in (group.items() if isinstance(group, dict) else ())
        if "/" in name
    ]
    for scope, name, wish in wanted:
        exact = EXACT.match(wish.strip())
        version = exact[1] if exact else None
        yield source.component("composer", name, version, line=lines.get(name), scope=scope, direct=True)
    unlocked.gap(source, len(wanted))
