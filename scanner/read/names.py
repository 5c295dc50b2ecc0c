"""Which files the readers are for, without importing them: eighty modules take 200 ms to import and 5 ms to skim.

A reader says it in a plain `FILES = (…)` at the start of a line, and its name, if it is not the module's, in `NAME`.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_FILES = re.compile(r"^FILES = \(([^()]*)\)", re.MULTILINE)
_NAME = re.compile(r"^NAME = \"([a-z0-9-]+)\"$", re.MULTILINE)
_WORD = re.compile(r"\"([^\"]+)\"")
_HEAD = 8_192
"""Both stand in this many first characters of a module."""


class Declared(NamedTuple):
    """A reader's module: the name of its format, the files it is for, and where it is."""

    name: str
    files: tuple[str, ...]
    module: str


@cache
def declared() -> tuple[Declared, ...]:
    """All readers, by name."""
    root = os.path.dirname(__file__)
    families = sorted(entry.name for entry in os.scandir(root) if os.path.isfile(f"{entry.path}/__init__.py"))
    return tuple(sorted(reader for family in families for reader in _family(f"{root}/{family}", family)))


def _family(folder: str, family: str) -> Iterator[Declared]:
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".py"):
            continue
        with open(f"{folder}/{file}", encoding="utf-8") as text:
            head = text.read(_HEAD)
        if files := _FILES.search(head):
            module = file.removesuffix(".py")
            name = _NAME.search(head)
            shown = name[1] if name else module.replace("_", "-")
            yield Declared(shown, tuple(_WORD.findall(files[1])), f"scanner.read.{family}.{module}")
