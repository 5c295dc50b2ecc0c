"""The cache: one SQLite table of distilled records by the address that was asked, shared by all runs of a user.

A cache is a convenience: whatever is wrong with it, a run goes on without it and says so in one gap.
Several processes: https://www.sqlite.org/wal.html. Errors: https://www.sqlite.org/rescode.html
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from scanner.resolve.record import Entry, Record, Validator

NAME = "custody-1.sqlite"
"""The number changes with the schema."""
SCHEMA = """
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS answer (url TEXT PRIMARY KEY, validators BLOB, fetched REAL, record BLOB) WITHOUT ROWID;
"""
WORDS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_BUSY": "another process holds it",
    "SQLITE_READONLY": "it is read-only",
}
PATIENCE = 2.0
"""Seconds to wait while another process writes."""
BATCH = 500
"""Addresses in one query; SQLite limits the variables."""

Row = tuple[str, bytes, float, bytes | None]
T = TypeVar("T")
_VALIDATORS = msgspec.msgpack.Decoder(tuple[Validator, ...])
_RECORD = msgspec.msgpack.Decoder(Record)


class Info(NamedTuple):
    """How full the cache is: bytes on disk, and when its answers were given (seconds since 1970)."""

    path: Path
    packages: int
    size: int
    oldest: float | None
    newest: float | None


class Cache:
    """The cache of one run, opened when it is first used. `trouble` says what is wrong with it, if anything."""

    def __init__(self, directory: Path, limit: int = 64 << 20) -> None:
        self.path, self.trouble = directory / NAME, ""
        self._limit, self._usable = limit, True
        self._connection: sqlite3.Connection | None = None

    def read(self, urls: Sequence[str]) -> dict[str, Entry]:
        """The entries there are for `urls`."""
        return dict(self._entries(lambda db: list(_select(db, urls))))

    def entries(self) -> dict[str, Entry]:
        """All of it, by address."""
        return dict(self._entries(lambda db: db.execute("SELECT * FROM answer ORDER BY url").fetchall()))

    def _entries(self, select: Callable[[sqlite3.Connection], list[Row]]) -> Iterator[tuple[str, Entry]]:
        """Those rows that can be made out; the others are asked for anew."""
        rows: list[Row] = []
        if self.path.exists():
            rows = self._try(select, rows)
        for url, validators, fetched, record in rows:
            try:
                known = None if record is None else _RECORD.decode(record)
                yield url, Entry(_VALIDATORS.decode(validators), float(fetched), known)
            except (msgspec.DecodeError, TypeError, ValueError):
                continue

    def write(self, entries: Mapping[str, Entry]) -> None:
        """Keep entries by address, on disk when it returns, so that a run which is killed has them."""
        rows = [_row(url, entry) for url, entry in entries.items()]
        if rows:
            self._try(lambda db: _insert(db, rows), None)

    def info(self) -> Info:
        count: tuple[int, float | None, float | None] = (0, None, None)
        if self.path.exists():
            query = "SELECT count(*), min(fetched), max(fetched) FROM answer"
            count = self._try(lambda db: db.execute(query).fetchone(), count)
        size = sum(path.stat().st_size for path in self._files() if path.exists())
        return Info(self.path, count[0], size, count[1], count[2])

    def clear(self) -> None:
        """Delete the files. Raises OSError where they cannot be."""
        self._disconnect()
        for path in self._files():
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files; what was asked for longest ago leaves where the limit is passed."""
        if self._connection:
            self._try(lambda db: _evict(db, self._limit), None)
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _files(self) -> list[Path]:
        return [self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal", "-shm")]

    def _try(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `work` gives, on a new file where the present one is damaged; `otherwise` where there is no cache."""
        for _ in range(2):
            try:
                if not self._usable:
                    break
                self._connection = self._connection or _open(self.path)
                return work(self._connection)
            except (sqlite3.OperationalError, OSError) as error:
                self._give_up(error)
            except sqlite3.DatabaseError:
                self._set_aside()
        return otherwise

    def _give_up(self, error: sqlite3.Error | OSError) -> None:
        name = getattr(error, "sqlite_errorname", "")
        words = next((words for prefix, words in WORDS.items() if name.startswith(prefix)), None)
        words = words or getattr(error, "strerror", None) or str(error)
        self.trouble, self._usable = f"the cache cannot be used: {words}", False

    def _set_aside(self) -> None:
        self._disconnect()
        damaged = self.path.with_suffix(".damaged")
        try:
            os.replace(self.path, damaged)
            self.clear()
        except OSError as error:
            self._give_up(error)
        self.trouble = self.trouble or f"the cache was damaged; it is set aside as {damaged.name} and begun anew"


def _open(path: Path) -> sqlite3.Connection:
    """The names of a company's packages are nobody else's business, so the files are the user's alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _row(url: str, entry: Entry) -> Row:
    record = None if entry.record is None else msgspec.msgpack.encode(entry.record)
    return url, msgspec.msgpack.encode(entry.validators), entry.fetched, record


def _insert(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """In one transaction, as it costs more than a row."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", rows)


def _select(connection: sqlite3.Connection, urls: Sequence[str]) -> Iterator[Row]:
    for start in range(0, len(urls), BATCH):
        part = urls[start : start + BATCH]
        marks = ",".join("?" * len(part))
        yield from connection.execute(f"SELECT * FROM answer WHERE url IN ({marks})", part)  # noqa: S608 - marks only


def _evict(connection: sqlite3.Connection, limit: int) -> None:
    while _used(connection) > limit:
        quarter = "SELECT url FROM answer ORDER BY fetched LIMIT max(1, (SELECT count(*) FROM answer) / 4)"
        if not connection.execute(f"DELETE FROM answer WHERE url IN ({quarter})").rowcount:  # noqa: S608 - constant
            break
    connection.executescript("PRAGMA incremental_vacuum")  # execute() would free a single page


def _used(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
