"""Compile the records into one compact index, so that a start costs milliseconds and a look-up is a probe.

The index of an installed wheel is built with it; the index of a checkout or of overlay directories lives in the
cache, under a name made of the records' paths, sizes and times, so it is never stale.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from scanner.collector import without_collector
from scanner.errors import RuleError
from scanner.model import Binding, Implementation
from scanner.rulebook import load
from scanner.rulebook.implementations import count
from scanner.rulebook.record import ActorRecord, TechnologyRecord

Bindings = list[Binding]
BUILT_IN = "index.msgpack"
SIZE_AND_TIME = attrgetter("st_size", "st_mtime_ns")
ANY_FILE = ""
"""The glob of a key that says what it means in any file."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A technology's record with its implementations counted; None where they are unknown."""

    record: TechnologyRecord
    implementations: tuple[Implementation, ...] | None


class Index(msgspec.Struct):
    """What is kept between runs. Records stay encoded until someone asks for them.

    Patterns share their groups of bindings, which makes reading the index three times as quick.
    """

    groups: list[Bindings]
    exact: dict[str, bytes]
    """purl type to its table, still encoded: key of a package to its place in `groups`. A project has few types."""
    prefixes: dict[str, int]
    files: dict[str, int]
    keys: dict[str, dict[str, int]]
    """Glob of files to patterns of the words in them."""
    technologies: dict[str, bytes]
    actors: dict[str, bytes]
    owners: dict[str, str]

    def packages(self, type: str) -> dict[str, int]:
        """The table of one purl type; empty where there is none."""
        return msgspec.msgpack.decode(self.exact[type], type=dict[str, int]) if type in self.exact else {}

    def all_packages(self) -> Iterator[str]:
        """The keys of all packages."""
        return (key for type in self.exact for key in self.packages(type))


class Matches(NamedTuple):
    """What the records match, by pattern."""

    exact: dict[str, Bindings]
    prefixes: dict[str, Bindings]
    files: dict[str, Bindings]
    keys: dict[tuple[str, str], Bindings]


def open_index(roots: Sequence[Path], cache: Path | None) -> Index:
    """The index of the records below `roots`, later ones winning by id. Compiled where the cache has none.

    Raises RuleError where a record is broken.
    """
    if len(roots) == 1 and (roots[0] / BUILT_IN).is_file():
        return _decode((roots[0] / BUILT_IN).read_bytes())
    stored = cache / f"{_kind(roots)}-{_stamp(roots)}.msgpack" if cache else None
    if stored and stored.is_file():
        try:
            return _decode(stored.read_bytes())
        except msgspec.MsgspecError:
            stored.unlink(missing_ok=True)
    index = compile_index(roots, cache)
    if stored:
        _store(stored, index)
    return index


def compile_index(roots: Sequence[Path], cache: Path | None = None) -> Index:
    """Read all records below `roots` and compile them. Raises RuleError naming the broken record.

    The first root's are taken from its own index where others lie on top: a company's few records compile at once.
    """
    actors: dict[str, ActorRecord] = {}
    technologies: dict[str, TechnologyRecord] = {}
    if len(roots) > 1:
        first, *roots = roots
        below = open_index([first], cache)
        actors = {id: msgspec.msgpack.decode(data, type=ActorRecord) for id, data in below.actors.items()}
        entries = (msgspec.msgpack.decode(data, type=Entry) for data in below.technologies.values())
        technologies = {entry.record.id: entry.record for entry in entries}
    for root in roots:
        actors |= {record.id: record for _, record in load.actors(root)}
        technologies |= {record.id: record for _, record in load.technologies(root)}
    owners = {id: _owner(id, actors) for id in actors}
    matches = Matches({}, {}, {}, {})
    for record in technologies.values():
        _add_matches(matches, record)
    groups: dict[tuple[Binding, ...], int] = {}
    exact, prefixes, files = (
        {pattern: groups.setdefault(tuple(found), len(groups)) for pattern, found in patterns.items()}
        for patterns in matches[:3]
    )
    keys: dict[str, dict[str, int]] = {}
    for (glob, key), found in matches.keys.items():
        keys.setdefault(glob, {})[key] = groups.setdefault(tuple(found), len(groups))
    return Index(
        groups=[list(group) for group in groups],
        exact={type: msgspec.msgpack.encode(table) for type, table in _by_type(exact).items()},
        prefixes=prefixes,
        files=files,
        keys=keys,
        technologies={
            id: msgspec.msgpack.encode(Entry(record, count(record, lambda id: owners.get(id, id))))
            for id, record in technologies.items()
        },
        actors={id: msgspec.msgpack.encode(record) for id, record in actors.items()},
        owners=owners,
    )


def _by_type(exact: dict[str, int]) -> dict[str, dict[str, int]]:
    tables: dict[str, dict[str, int]] = {}
    for key, group in exact.items():
        tables.setdefault(key.partition("/")[0], {})[key] = group
    return tables


def encode(index: Index) -> bytes:
    """The bytes that `open_index` reads back."""
    return msgspec.msgpack.encode(index)


def match_key(pattern: str) -> tuple[str, bool]:
    """The key of a purl pattern, and whether it is a prefix. Raises ValueError where it is no purl pattern."""
    from scanner import purl

    if not pattern.endswith("*"):
        return purl.key(purl.canonical(pattern)), False
    stem = pattern.removesuffix("*")
    if stem.startswith("pkg:") and stem.count("/") == 1 and stem.endswith("/"):
        return stem[4:], True
    # A purl may not end in "/", so the stem is made canonical with a letter that is taken off again.
    return purl.key(purl.canonical(f"{stem}x"))[:-1], True


def _add_matches(matches: Matches, record: TechnologyRecord) -> None:
    for match in record.matches:
        binding = Binding(id=record.id, relation=match.relation)
        if match.key:
            matches.keys.setdefault((match.file or ANY_FILE, match.key), []).append(binding)
        elif match.file:
            matches.files.setdefault(match.file, []).append(binding)
        if match.purl:
            try:
                key, is_prefix = match_key(match.purl)
            except ValueError as error:
                raise RuleError(f"{record.id}: {match.purl} is no purl: {error}") from error
            bindings = (matches.prefixes if is_prefix else matches.exact).setdefault(key, [])
            if binding not in bindings:
                bindings.append(binding)


def _owner(id: str, actors: dict[str, ActorRecord]) -> str:
    seen = [id]
    while (parent := actors[seen[-1]].parent if seen[-1] in actors else None) is not None:
        if parent in seen:
            raise RuleError(f"actor {id}: its parents go in a circle: {' -> '.join([*seen, parent])}")
        seen.append(parent)
    return seen[-1]


@without_collector()
def _decode(data: bytes) -> Index:
    return msgspec.msgpack.decode(data, type=Index)


def _kind(roots: Sequence[Path]) -> str:
    """Of each kind the cache keeps the last one."""
    return "rules" if len(roots) == 1 else "overlay"


def _stamp(roots: Sequence[Path]) -> str:
    """Of every record its path, size and time: a directory's own time would not tell of what is edited in place."""
    import hashlib  # with OpenSSL's part of it, 3 ms that an installed program need not spend

    modules = [str(Path(__file__).parent / f"{module}.py") for module in ("index", "record", "implementations")]
    paths = [*modules, *_records(roots)]
    states = array("q", chain.from_iterable(map(SIZE_AND_TIME, map(os.stat, paths))))
    return hashlib.blake2b("\0".join(paths).encode() + states.tobytes(), digest_size=12).hexdigest()


def _records(roots: Iterable[Path]) -> list[str]:
    """The paths of all records, sorted."""
    found: list[str] = []
    folders = [str(root / name) for root in roots for name in ("technologies", "actors")]
    while folders:
        try:
            entries = os.scandir(folders.pop())
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                elif entry.name.endswith(".yaml"):
                    found.append(entry.path)
    return sorted(found)


def _store(target: Path, index: Index) -> None:
    """Written whole or not at all; a cache that cannot be written costs time, not results."""
    part = target.with_suffix(f".{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.touch(mode=0o600)  # a company's own records may be in it
        part.write_bytes(encode(index))
        part.replace(target)
        for old in target.parent.glob(f"{target.name.partition('-')[0]}-*.msgpack"):
            if old != target:
                old.unlink(missing_ok=True)
    except OSError:
        part.unlink(missing_ok=True)
