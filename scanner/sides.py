"""The two sides of a comparison: what is at a path, in a saved report, or in a git revision."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from scanner.config import Config
from scanner.errors import UsageError
from scanner.model import Project, Scan, Threshold
from scanner.pipeline import Progress, scan
from scanner.read.formats import by_name
from scanner.rulebook import Rulebook, open_rulebook

SHOWN = 12
"""Digits of a commit's id, which people read; as many as git itself shows of a large repository."""


class Side(NamedTuple):
    """One side, and what the user calls it."""

    name: str
    scan: Scan


class How(NamedTuple):
    """What both sides are scanned with."""

    config: Config
    rulebook: Rulebook
    exclude: Sequence[str]
    offline: bool
    threshold: Threshold
    progress: Progress | None


def sides(
    old: str,
    new: str | None,
    *,
    config: Config,
    rules: Sequence[Path] = (),
    exclude: Sequence[str] = (),
    offline: bool = False,
    threshold: Threshold = "watch",
    progress: Progress | None = None,
) -> tuple[Side, Side]:
    """Both sides of a comparison; `old` alone may be "A..B" or "A...B", or else `new` is the working directory.

    Raises OutlastError where one of them is nothing that can be read.
    """
    how = How(config, open_rulebook([*config.rules, *rules], config.cache), exclude, offline, threshold, progress)
    if new is None and not os.path.exists(old):
        before, after = _range(old)
    else:
        before, after = old, new or "."
    for name in (before, after):
        _look_up(name)
    return _side(before, how), _side(after, how)


def _look_up(name: str) -> None:
    """Complain of a side that there is not before the other is scanned."""
    if name == "-":
        raise UsageError("diff reads no standard input; save it to a file first")
    if not os.path.exists(name):
        from scanner.read.revision import commit

        commit(name)


def _range(text: str) -> tuple[str, str]:
    if "..." in text:
        from scanner.read.revision import merge_base

        old, _, new = text.partition("...")
        return merge_base(old or "HEAD", new or "HEAD")[:SHOWN], new or "HEAD"
    old, dots, new = text.partition("..")
    return (old or "HEAD", new or "HEAD") if dots else (text, ".")


def _side(text: str, how: How) -> Side:
    if os.path.exists(text):
        return Side(text, _at_path(text, how))
    return Side(text, _at_revision(text, how))


def _at_path(path: str, how: How) -> Scan:
    if path.endswith(".json") and os.path.isfile(path):
        from scanner.report.json import is_report, parse

        data = Path(path).read_bytes()
        if is_report(data):
            return parse(path, data)
    return _scan(path, how)


def _at_revision(name: str, how: How) -> Scan:
    from scanner.read.revision import revision

    def wants(path: str) -> bool:
        return bool(by_name(path))

    with revision(name, wants) as folder:
        found = _scan(str(folder), how)
    project = Project(name=Path.cwd().name, path=name)
    return msgspec.structs.replace(found, project=project)


def _scan(path: str, how: How) -> Scan:
    return scan(
        [path],
        config=how.config,
        rulebook=how.rulebook,
        exclude=how.exclude,
        offline=how.offline,
        threshold=how.threshold,
        progress=how.progress,
    )
