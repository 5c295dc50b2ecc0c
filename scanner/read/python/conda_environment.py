"""environment.yml of Conda: what an environment is made of, by hand or by `conda env export`.

Format: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.python import artefact, conda
from scanner.read.python.requirements import named
from scanner.read.source import Source

FILES = (
    "environment.yml",
    "environment.yaml",
    "environment[-_.]*.yml",
    "environment[-_.]*.yaml",
    "*[-_.]environment.yml",
)
CARRIES = frozenset({"direct", "lines"})
LINE = r"^[ \t]*-[ \t]+[\"']?([^\s#\"'][^\s\"']*(?:[ \t]{1,8}[^\s#\"'][^\s\"']*)*)"


class Environment(msgspec.Struct):
    dependencies: list[str | dict[str, object]]
    prefix: str | None = None
    """Stands in exported environments, where every package is pinned, also those that nobody asked for."""


def recognises(head: bytes) -> bool:
    """Other files have this name too, and other lists of dependencies are mappings."""
    return re.search(rb"^dependencies\s*:\s*(?:#[^\n]*\n\s*){0,20}(?:- |\[)", head, re.MULTILINE) is not None


def read(source: Source) -> Iterator[Component]:
    """Every package of Conda, and those that pip adds."""
    environment = source.yaml(Environment)
    lines = source.lines(LINE)
    exported = environment.prefix is not None
    direct = None if exported else True
    for wish in environment.dependencies:
        if isinstance(wish, dict):
            for requirement in source.convert(wish.pop("pip", None) or (), list[str]):
                yield from _pip(source, requirement, lines.get(requirement), direct)
            for other in wish:
                source.gap(f"{other[:80]!r} is no package")
            continue
        line = lines.get(wish)
        found = conda.archive(wish) if "://" in wish else conda.spec(wish, exported=exported)
        if found is None:
            source.gap(f"{wish[:80]!r} is no package", f"line {line}" if line else "")
            continue
        qualifiers = {"channel": found.channel} if found.channel else None
        yield source.component("conda", found.name, found.version, line=line, direct=direct, qualifiers=qualifiers)


def _pip(source: Source, text: str, line: int | None, direct: bool | None) -> Iterator[Component]:
    found = named(text) or artefact.identify(text)
    if found:
        yield source.component("pypi", found[0], found[1], line=line, direct=direct, qualifiers=found[2])
    elif not artefact.is_path(text) and not text.startswith("-"):
        source.gap(f"{text[:80]!r} is no requirement", f"line {line}" if line else "")
    elif text.startswith(("-r", "-c", "--req", "--cons")):
        source.gap(f"pip's {text[:80]!r} is not followed; the file is read by itself", f"line {line}" if line else "")
