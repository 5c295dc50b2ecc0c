"""What a batch has got done, on disk: one SQLite file beside the store, deleted when the run is complete.

It keeps the memory flat, and a run that was killed goes on where it was. Process death is survived (WAL); what a
power cut takes is read again. https://www.sqlite.org/wal.html
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from scanner.errors import UsageError
from scanner.model import Custody, Gap
from scanner.portfolio.parts import chunks
from scanner.portfolio.records import Entry, Job, Package, Reading, Task

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS run (fingerprint TEXT);
CREATE TABLE IF NOT EXISTS plan (number INTEGER PRIMARY KEY, name TEXT UNIQUE, path BLOB, entry BLOB);
CREATE TABLE IF NOT EXISTS stored (name TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reading (
    name TEXT PRIMARY KEY, digest BLOB, inventory BLOB, purls BLOB, failure BLOB
);
CREATE TABLE IF NOT EXISTS package (purl TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS custody (purl TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
"""
PAGE = 256
"""Rows that are held at a time."""
POPULAR = 1 << 16
"""Packages that are known to be in the file already: most are met again and again."""
UNSTORED = """
    FROM plan LEFT JOIN reading USING (name) LEFT JOIN stored USING (name)
    WHERE reading.name IS NOT NULL AND (stored.name IS NULL OR stored.digest <> reading.digest OR reading.digest = x'')
"""
"""Projects that were read and are not in the store as they were read. What had no content is always tried again."""
_ENTRY = msgspec.msgpack.Decoder(Entry)
_PURLS = msgspec.msgpack.Decoder(list[str])
_GAP = msgspec.msgpack.Decoder(Gap)
_encode = msgspec.msgpack.Encoder().encode


class Work:
    """The state of the run with this fingerprint; that of any other is thrown away."""

    def __init__(self, path: Path, fingerprint: str, *, resume: bool) -> None:
        self.path = path
        if not resume:
            _remove(path)
        self._db = _open(path)
        if self._one("SELECT fingerprint FROM run") != fingerprint:
            self._db.close()
            _remove(path)
            self._db = _open(path)
            self._db.execute("INSERT INTO run VALUES (?)", (fingerprint,))
        self._needed = True
        self._popular: set[str] = set()
        self._custody = lru_cache(maxsize=1 << 15)(self._look_up)

    def plan(self, entries: Iterable[Entry]) -> int:
        """Take down the plan, and tell how many projects it has. Names are told apart by their paths."""
        with self._transaction():
            self._db.execute("DELETE FROM plan")
            self._db.execute("DELETE FROM stored")
            for entry in entries:
                self._add(entry)
        return self.count_projects()

    def _add(self, entry: Entry) -> None:
        insert = "INSERT OR IGNORE INTO plan (name, path, entry) VALUES (?, ?, ?)"
        if self._db.execute(insert, (entry.name, entry.path, _encode(entry))).rowcount:
            return
        if self._one("SELECT path FROM plan WHERE name = ?", entry.name) != entry.path:
            path = entry.path.decode("utf-8", "replace")
            other = msgspec.structs.replace(entry, name=f"{entry.name} ({path})")
            self._db.execute(insert, (other.name, other.path, _encode(other)))

    def know(self, stored: Iterable[tuple[str, bytes]]) -> bool:
        """Projects that the store has of this run already; whether there is anything to go on with."""
        with self._transaction():
            self._db.executemany("INSERT INTO stored VALUES (?, ?)", stored)
        return bool(self._one("SELECT 1 FROM stored UNION ALL SELECT 1 FROM reading LIMIT 1"))

    def gather(self, stored: Iterable[str]) -> None:
        """The packages of the projects as they are now, where some were read or `stored` before."""
        with self._transaction():
            self._db.execute("DELETE FROM package")
            self._popular.clear()
            for part in chunks(stored, PAGE):
                self._add_packages(part)
            query = "SELECT number, purls FROM plan JOIN reading USING (name) WHERE number > ? ORDER BY number LIMIT ?"
            for _, purls in self._pages(query, 0):
                self._add_packages(_unpacked(purls))

    def count_projects(self) -> int:
        """Projects of the plan."""
        return int(self._one("SELECT count(*) FROM plan"))

    def jobs(self) -> Iterator[Job]:
        """Every project of the plan, with the digest by which a worker sees that nothing has changed."""
        query = """
            SELECT number, entry, coalesce(reading.digest, stored.digest, x'')
            FROM plan LEFT JOIN reading USING (name) LEFT JOIN stored USING (name)
            WHERE number > ? ORDER BY number LIMIT ?"""
        for number, entry, known in self._pages(query, 0):
            yield Job(number=number, entry=_ENTRY.decode(entry), known=known)

    def keep(self, readings: Iterable[Reading]) -> None:
        """What workers have read. The unchanged stays as it is."""
        fresh = [reading for reading in readings if not reading.unchanged]
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO reading SELECT name, ?, ?, ?, ? FROM plan WHERE number = ?",
                map(_row, fresh),
            )
            self._add_packages(purl for reading in fresh for purl in _unpacked(reading.purls))

    def stale(self) -> list[str]:
        """Projects in the store that are no longer in the plan, or not as they were."""
        query = f"""
            SELECT name FROM stored WHERE name NOT IN (SELECT name FROM plan)
            UNION SELECT name {UNSTORED} AND stored.name IS NOT NULL"""  # noqa: S608 - constants
        return [name for (name,) in self._db.execute(query)]

    def count_packages(self) -> int:
        """Distinct purls of the whole portfolio."""
        return int(self._one("SELECT count(*) FROM package"))

    def packages(self) -> Iterator[Package]:
        """The distinct purls, sorted, so that versions of one package follow each other, with what is known of them."""
        query = """
            SELECT purl, custody.content FROM package LEFT JOIN custody USING (purl)
            WHERE purl > ? ORDER BY purl LIMIT ?"""
        return (Package(purl=purl, custody=content or b"") for purl, content in self._pages(query, ""))

    def _add_packages(self, purls: Iterable[str]) -> None:
        fresh = sorted({purl for purl in purls if purl not in self._popular})
        self._db.executemany("INSERT OR IGNORE INTO package VALUES (?)", ((purl,) for purl in fresh))
        if len(self._popular) > POPULAR:
            self._popular.clear()
        self._popular.update(fresh)

    def judge(self, custody: Iterable[tuple[str, Custody]]) -> None:
        """What the registries say, in place of what they said before."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO custody VALUES (?, ?)", ((purl, _encode(item)) for purl, item in custody)
            )

    def count_tasks(self) -> int:
        """Projects that are to be assessed."""
        return int(self._one(f"SELECT count(*) {UNSTORED}"))

    def tasks(self) -> Iterator[Task]:
        """Projects that are to be assessed, in the order of the plan."""
        columns = "number, entry, reading.digest, inventory, purls, failure"
        query = f"SELECT {columns} {UNSTORED} AND number > ? ORDER BY number LIMIT ?"
        anything = self._one("SELECT 1 FROM custody LIMIT 1")
        for _, entry, digest, inventory, purls, failure in self._pages(query, 0):
            known = ((purl, self._custody(purl)) for purl in (_unpacked(purls) if anything else ()))
            yield Task(
                entry=_ENTRY.decode(entry),
                digest=digest,
                inventory=inventory,
                custody={purl: custody for purl, custody in known if custody},
                failure=_GAP.decode(failure) if failure else None,
            )

    def _look_up(self, purl: str) -> bytes:
        return self._one("SELECT content FROM custody WHERE purl = ?", purl) or b""

    def complete(self) -> None:
        """The run is in the store: nothing of this is needed any more."""
        self._needed = False

    def close(self) -> None:
        """Let go of the file, and delete it where there is nothing in it to go on with."""
        keep = self._needed and self._one("SELECT count(*) FROM reading")
        self._db.close()
        if not keep:
            _remove(self.path)

    def _pages(self, query: str, first: int | str) -> Iterator[tuple[Any, ...]]:
        """Rows in the order of their first column, which is greater than `first`."""
        last = first
        while page := self._db.execute(query, (last, PAGE)).fetchall():
            yield from page
            last = page[-1][0]

    def _one(self, query: str, *values: object) -> Any:
        row = self._db.execute(query, values).fetchone()
        return row[0] if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN")
        try:
            yield
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:  # a full disk
            raise UsageError(f"{self.path}: cannot be written: {error}") from error
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")


def _open(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript(SCHEMA)
    except sqlite3.Error as error:
        raise UsageError(f"{path}: cannot be written: {error}") from error
    return connection


def _row(reading: Reading) -> tuple[object, ...]:
    failure = _encode(reading.failure) if reading.failure else None
    return reading.digest, reading.inventory, reading.purls, failure, reading.number


def _unpacked(purls: bytes) -> list[str]:
    return _PURLS.decode(zlib.decompress(purls)) if purls else []


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
