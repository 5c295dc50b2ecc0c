"""Which projects there are: the SOURCEs of a batch to entries, one at a time, for a million must not need memory.

    directory  with projects.json: an export of Dependency-Track (see dependency_track.py)
               with .git or a lockfile of its own: a checkout, one project
               else each bill of materials in it is a project, and each folder: a checkout, or more of the same
    file       a bill of materials or lockfile is a project; *.csv and other text is a list of projects
    archive    .zip, .tar, .tar.gz …: each bill of materials in it is a project
    glob       "boms/**/*.json": each file or folder it matches is a project
    -          a list on standard input

A list has a path a line, or comma-separated columns: path, project, owner, criticality, labels. Paths in it are
relative to it.
"""

import glob
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from scanner.errors import ReadError, UsageError
from scanner.portfolio import archives, dependency_track
from scanner.portfolio.listing import bare, listed
from scanner.portfolio.records import Entry
from scanner.read.encoding import utf8
from scanner.read.formats import HEAD, by_content, by_name
from scanner.read.walk import VENDORED

STDIN = "-"
_MAGIC = re.compile(r"[*?\[]")
_MAY_BE_BOM = (".json", ".xml", ".spdx", ".yaml", ".yml", ".rdf", ".tag")


def entries(sources: Sequence[str], stdin: bytes = b"") -> Iterator[Entry]:
    """The projects at `sources`, in their order. Raises OutlastError for a source that cannot be used."""
    for source in sources:
        yield from _entries(source, stdin)


def is_bom(path: str, head: bytes) -> bool:
    """Whether a file is a bill of materials, by its name and first bytes."""
    head = utf8(head)
    formats = [*by_name(path)] or ([format] if (format := by_content(head)) else [])
    return any(
        ".sbom." in format.module and (format.recognises is None or format.recognises(head)) for format in formats
    )


def _entries(source: str, stdin: bytes) -> Iterator[Entry]:
    if source == STDIN:
        yield from listed("stdin", stdin, Path())
    elif os.path.isdir(source):
        yield from _directory(source)
    elif os.path.isfile(source):
        yield from _file(source)
    elif _MAGIC.search(source):
        yield from _matching(source)
    else:
        raise ReadError(source, "no such file or directory")


def _matching(pattern: str) -> Iterator[Entry]:
    fixed = _MAGIC.split(pattern)[0].rpartition("/")[0]
    found = sorted(glob.iglob(pattern, recursive=True))
    if not found:
        raise UsageError(f"{pattern}: matches nothing")
    for path in found:
        yield _entry(path, os.path.relpath(path, fixed or "."))


def _file(path: str) -> Iterator[Entry]:
    """A project if some reader is for it, several if it is an archive, else a list."""
    if archives.is_archive(path):
        yield from _archive(path)
        return
    head = _head(path)
    if not path.lower().endswith(".csv") and (by_name(path) or by_content(head)):
        yield _entry(path, os.path.basename(path))
        return
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    yield from listed(path, data, Path(path).parent)


def _archive(path: str) -> Iterator[Entry]:
    for name, head in archives.members(path, HEAD):
        if name.lower().endswith(_MAY_BE_BOM) and is_bom(name, head):
            yield _entry(os.path.join(path, name), name)


def _directory(path: str) -> Iterator[Entry]:
    if dependency_track.is_export(path):
        yield from dependency_track.entries(path)
    elif _is_checkout(path):
        yield _entry(path, os.path.basename(os.path.realpath(path)))
    else:
        yield from _collection(path, "")


def _collection(root: str, folder: str) -> Iterator[Entry]:
    """The bills of materials and the projects in a folder; `folder` is relative to `root`, "" or ending in a slash."""
    for entry in _scan(os.path.join(root, folder)):
        name = f"{folder}{entry.name}"
        if entry.name.startswith(".") or entry.name in VENDORED:
            continue
        if entry.is_dir():
            if _is_checkout(entry.path) or not _has_bom(entry.path):
                yield _entry(entry.path, name)
            elif not entry.is_symlink():
                yield from _collection(root, f"{name}/")
        elif _bom(entry):
            yield _entry(entry.path, name)


def _is_checkout(path: str) -> bool:
    """Whether files beside each other tell of one project: its history, or an input that is no bill of materials."""
    found = _scan(path)
    return any(entry.name == ".git" for entry in found) or any(
        entry.is_file() and by_name(entry.name) and not _bom(entry) for entry in found
    )


def _has_bom(path: str) -> bool:
    return any(_bom(entry) for entry in _scan(path))


def _bom(entry: "os.DirEntry[str]") -> bool:
    return entry.is_file() and entry.name.lower().endswith(_MAY_BE_BOM) and is_bom(entry.name, _head(entry.path))


def _scan(path: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(path) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _head(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _entry(path: str, name: str) -> Entry:
    return Entry(name=bare(name), path=os.fsencode(path))
