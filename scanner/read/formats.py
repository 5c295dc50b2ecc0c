"""The readers, found by folder: every module in a family's folder that has FILES and read().

FILES        globs of file names it reads ("package-lock.json", "*.cdx.json"), or of the ends of paths, where
             they have a slash ("requirements/*.txt")
read         Source -> components
recognises   optional: whether the first bytes are this format, for names that say nothing
NAME         optional: the format's name; the module's otherwise

A module is imported when a file of its name turns up.
"""

import importlib
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NamedTuple, cast

from scanner.model import Component
from scanner.read.encoding import utf8
from scanner.read.names import declared
from scanner.read.source import Source

HEAD = 16_384
"""How many first bytes `recognises` gets."""


class Format(NamedTuple):
    """A reader and what it is for."""

    name: str
    files: tuple[str, ...]
    module: str

    @property
    def read(self) -> Callable[[Source], Iterable[Component]]:
        """The components that a source declares."""
        return cast("Callable[[Source], Iterable[Component]]", self._loaded.read)

    @property
    def recognises(self) -> Callable[[bytes], bool] | None:
        """Whether first bytes are of this format; None where the name alone says it."""
        return getattr(self._loaded, "recognises", None)

    @property
    def _loaded(self) -> Any:
        return importlib.import_module(self.module)


@cache
def formats() -> tuple[Format, ...]:
    """All formats, by name."""
    return tuple(Format(*reader) for reader in declared())


def by_name(path: str) -> tuple[Format, ...]:
    """The formats that read a file of this path."""
    exact, globs, paths = _names()
    name = path.rpartition("/")[2]
    found = list(exact.get(name, ()))
    for patterns, text in ((paths, f"/{path}"), (globs, name)):
        for tail, pattern, format in patterns:
            if text.endswith(tail) and fnmatchcase(text, pattern) and format not in found:
                found.append(format)
    return tuple(found)


def choose(path: str, head: bytes) -> Format | None:
    """The format of a file by its path and, where that is not enough, by its first bytes."""
    head = utf8(head)
    for format in by_name(path):
        if format.recognises is None or format.recognises(head):
            return format
    return None


def by_content(head: bytes) -> Format | None:
    """The format that recognises these first bytes."""
    head = utf8(head)
    return next((format for format in formats() if format.recognises and format.recognises(head)), None)


Globs = list[tuple[str, str, Format]]
"""With the end that a fitting name has, since few have it and making an expression of each glob takes 3 ms."""


@cache
def _names() -> tuple[dict[str, list[Format]], Globs, Globs]:
    """Names, globs of names, and globs of paths."""
    exact: dict[str, list[Format]] = {}
    globs: Globs = []
    paths: Globs = []
    for format in formats():
        for pattern in format.files:
            if "/" in pattern:
                paths.append((_tail(f"/{pattern}"), f"*/{pattern}", format))
            elif _tail(pattern) != pattern:
                globs.append((_tail(pattern), pattern, format))
            else:
                exact.setdefault(pattern, []).append(format)
    return exact, globs, paths


def _tail(pattern: str) -> str:
    """What comes after the last sign of a glob."""
    return pattern[max(map(pattern.rfind, "*?]")) + 1 :]
