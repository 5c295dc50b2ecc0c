"""Which of many globs a path matches, found by its name: to compile 600 regular expressions would take 35 ms.

A glob is as in .gitignore files: `*` and `?` stop at slashes, `**/` is any folder or none.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache


class Globs:
    """Globs by the last part of theirs: a name, an ending such as ".yaml", or anything else."""

    def __init__(self, globs: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = {}
        self._ending: dict[str, list[str]] = {}
        self._others: list[str] = []
        for glob in globs:
            last = glob.rpartition("/")[2]
            if not _has_sign(last):
                self._named.setdefault(last, []).append(glob)
            elif last.startswith("*.") and not _has_sign(last[1:]):
                self._ending.setdefault(last[1:], []).append(glob)
            else:
                self._others.append(glob)
        self._any_other = re.compile("|".join(map(_translated, self._others)) or r"(?!)")

    def matching(self, path: str) -> list[str]:
        """The globs that match `path`, which has slashes and is relative."""
        return [glob for glob in self._near(path) if _regex(glob).match(path)]

    def _near(self, path: str) -> Iterator[str]:
        name = path.rpartition("/")[2]
        yield from self._named.get(name, ())
        dot = name.find(".")
        while dot >= 0:
            yield from self._ending.get(name[dot:], ())
            dot = name.find(".", dot + 1)
        if self._any_other.match(path):
            yield from self._others


def _has_sign(text: str) -> bool:
    return "*" in text or "?" in text


@cache
def _regex(glob: str) -> re.Pattern[str]:
    return re.compile(_translated(glob))


def _translated(glob: str) -> str:
    parts = re.split(r"(\*\*/|\*|\?)", glob)
    signs = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(part, re.escape(part)) for part in parts) + r"\Z"
