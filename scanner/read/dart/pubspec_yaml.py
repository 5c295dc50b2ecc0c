"""pubspec.yaml without its lockfile: what a package of Dart or Flutter asks for.

Format: https://dart.dev/tools/pub/dependencies
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import registry, unlocked
from scanner.read.source import Source

FILES = ("pubspec.yaml", "pubspec.yml")
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("pubspec.lock",)
LINE = r"^  ([A-Za-z0-9_]+):"
EXACT = re.compile(r"\d+\.\d+\.\d+[\w.+-]*$")

Wish = str | None | dict[str, object]


class Pubspec(msgspec.Struct):
    dependencies: dict[str, Wish] | None = None
    dev_dependencies: dict[str, Wish] | None = None


def read(source: Source) -> Iterator[Component]:
    """Nothing where the lockfile, also that of a workspace above, tells more. What the SDK brings is no package."""
    if unlocked.has_lock(source, LOCKS):
        return
    pubspec = source.yaml(Pubspec)
    groups: tuple[tuple[dict[str, Wish] | None, Scope], ...]
    groups = (pubspec.dependencies, "runtime"), (pubspec.dev_dependencies, "development")
    lines, seen = source.lines(LINE), set()
    for group, scope in groups:
        for name, wish in (group or {}).items():
            options: dict[str, object] = wish if isinstance(wish, dict) else {"version": wish}
            if name in seen or "sdk" in options or "path" in options:
                continue
            seen.add(name)
            version = options.get("version")
            known = version if isinstance(version, str) and EXACT.match(version) else None
            yield source.component(
                "pub", name, known, line=lines.get(name), scope=scope, direct=True, qualifiers=_origin(options)
            )
    unlocked.gap(source, len(seen))


def _origin(options: dict[str, object]) -> dict[str, str] | None:
    git, hosted = options.get("git"), options.get("hosted")
    address = git.get("url") if isinstance(git, dict) else git
    if isinstance(address, str):
        return registry.git(address)
    place = hosted.get("url") if isinstance(hosted, dict) else hosted
    return registry.qualifiers(place, registry.public("pub")) if isinstance(place, str) else None
