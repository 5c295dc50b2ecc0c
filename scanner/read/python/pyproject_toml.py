"""pyproject.toml without a lockfile: what a project asks for.

Format: https://packaging.python.org/en/latest/specifications/pyproject-toml/ and, for Poetry,
https://python-poetry.org/docs/pyproject/
"""

from collections.abc import Iterator

from scanner.model import SCOPES, Component
from scanner.read import unlocked
from scanner.read.python import pyproject
from scanner.read.python.requirements import named
from scanner.read.source import Source

FILES = ("pyproject.toml",)
CARRIES = frozenset({"scope", "direct", "lines"})
LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock", "pixi.lock", "requirements.txt")
LINE = r"(?:^[ \t]*|[\[,][ \t]*)[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)"


def read(source: Source) -> Iterator[Component]:
    """Nothing where a lockfile, beside it or that of a workspace above, tells more."""
    if unlocked.has_lock(source, LOCKS):
        return
    wanted = sorted(pyproject.wishes(source.toml(pyproject.File)), key=lambda item: SCOPES.index(item[0]))
    lines = source.lines(LINE)
    seen: set[str] = set()
    for scope, wish in wanted:
        match, found = pyproject.NAME.match(wish), named(wish)
        name = pyproject.name_of(wish)
        if match is None or name is None or name in seen:
            continue
        seen.add(name)
        yield source.component(
            "pypi",
            name,
            found[1] if found else None,
            line=lines.get(match[1]),
            scope=scope,
            direct=True,
            qualifiers=found[2] if found else None,
        )
    unlocked.gap(source, len(seen))
