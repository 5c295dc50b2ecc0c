"""Pipfile without its lockfile: what a project asks for.

Format: https://pipenv.pypa.io/en/latest/pipfile.html
"""

from collections.abc import Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import Component, Scope
from scanner.read import registry, unlocked
from scanner.read.python.pyproject import EXACT
from scanner.read.source import Source

FILES = ("Pipfile",)
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("Pipfile.lock",)
LINE = r"^[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)[\"']?[ \t]*="


class Pipfile(msgspec.Struct, rename="kebab"):
    packages: dict[str, object] = {}
    dev_packages: dict[str, object] = {}


def read(source: Source) -> Iterator[Component]:
    """Nothing where the lockfile is beside it."""
    if unlocked.has_lock(source, LOCKS, above=False):
        return
    pipfile = source.toml(Pipfile)
    groups: tuple[tuple[Mapping[str, object], Scope], ...]
    groups = (pipfile.packages, "runtime"), (pipfile.dev_packages, "development")
    lines, seen = source.lines(LINE), set()
    for group, scope in groups:
        for written, wish in group.items():
            name = canonicalize_name(written)
            options = wish if isinstance(wish, dict) else {"version": wish}
            if name in seen or "path" in options:
                continue
            seen.add(name)
            exact = EXACT.match(str(options.get("version")).strip())
            git = options.get("git")
            yield source.component(
                "pypi",
                name,
                exact[1] if exact else None,
                line=lines.get(written),
                scope=scope,
                direct=True,
                qualifiers=registry.git(git, None) if isinstance(git, str) else None,
            )
    unlocked.gap(source, len(seen))
