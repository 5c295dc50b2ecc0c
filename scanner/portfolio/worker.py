"""What a worker does, in this process, in another one, or on another machine: read projects, and assess them.

Rules and configuration come once (`start`). After that a worker gets and gives bytes only: MessagePack for what the
run keeps to itself, lines of JSON for the store. Any worker can do any project, so a lost one costs time and no more.
"""

import gc
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TypeVar

import msgspec

from scanner.config import Config, File, ServiceTable
from scanner.errors import OutlastError, ReadError
from scanner.identify import identify, merge
from scanner.model import Criticality, Custody, Gap, Inventory, Stage
from scanner.pipeline import Resolved, conclude
from scanner.portfolio.inputs import inventory_of, load_bom, read_bom
from scanner.portfolio.records import Job, Package, PackageRow, Reading, Result, Task
from scanner.portfolio.reports import write_each
from scanner.portfolio.rows import failed, package_row, result_of
from scanner.purl import canonical
from scanner.report.visible import safe
from scanner.rulebook import Rulebook
from scanner.rulebook.index import Index

T = TypeVar("T")
R = TypeVar("R")
EVERYTHING = "pkg:*"
"""What the service that a project with a criticality stands for relies on."""
MANY = 1 << 18
"""Packages after which what is remembered of each of them is forgotten, so that memory stays flat."""
QUICKEST = 1
"""Level of compression: it leaves a sixth."""
_JOBS = msgspec.msgpack.Decoder(list[Job])
_PACKAGES = msgspec.msgpack.Decoder(list[Package])
_TASKS = msgspec.msgpack.Decoder(list[Task])
_INVENTORY = msgspec.msgpack.Decoder(Inventory)
_CUSTODY = msgspec.msgpack.Decoder(Custody)
_encode = msgspec.msgpack.Encoder().encode


class Setup(msgspec.Struct, frozen=True):
    """What every worker has to know, sent once."""

    index: Index
    config: File
    exclude: tuple[str, ...]
    offline: bool
    version: str
    each: tuple[tuple[str, str], ...] = ()
    """Formats of which every project gets a report, and the folders where these go."""


class Worker:
    """Reads and assesses by one set-up."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._rulebook = Rulebook(setup.index)
        self._hashes = any(format == "cyclonedx" for format, _ in setup.each)
        self._seen = 0

    def read(self, job: Job) -> Reading:
        """What is in a project. That it cannot be read is a value too: the others go on."""
        path = os.fsdecode(job.entry.path)
        digest = b""
        try:
            if job.data == b"":
                raise ReadError(path, "only a bill of materials can be shipped")
            data = load_bom(path) if job.data is None else job.data
            if data is not None:
                digest = _digest(job, data)
                if digest == job.known:
                    return Reading(number=job.number, digest=digest, unchanged=True)
                inventory = read_bom(path, data)
            else:
                inventory = inventory_of(path, self.setup.exclude, self._rulebook)
        except OutlastError as error:
            return Reading(number=job.number, digest=digest, failure=_gap("read", job, error))
        return self._reading(job, digest, inventory)

    def _reading(self, job: Job, digest: bytes, inventory: Inventory) -> Reading:
        """With the hashes only where a bill of materials is to be written again: nothing else looks at them."""
        components = list(merge(inventory.components))
        if not self._hashes:
            components = [msgspec.structs.replace(item, hashes=()) for item in components]
        self._count(len(components))
        inventory = msgspec.structs.replace(inventory, project=job.entry.name, components=tuple(components))
        try:
            content = _encode(inventory)
        except UnicodeEncodeError:  # a file name that is no text
            content = _encode(safe(inventory))
        digest = digest or _digest(job, content)
        if digest == job.known:
            return Reading(number=job.number, digest=digest, unchanged=True)
        return Reading(
            number=job.number,
            digest=digest,
            inventory=zlib.compress(content, QUICKEST),
            purls=zlib.compress(_encode([component.purl for component in components]), QUICKEST),
        )

    def assess(self, task: Task) -> Result:
        """The verdicts on a project, as `outlast scan` would give them."""
        if task.failure:
            return failed(task, task.failure)
        inventory = _INVENTORY.decode(zlib.decompress(task.inventory))
        self._count(len(inventory.components))
        custody = {purl: _CUSTODY.decode(content) for purl, content in task.custody.items()}
        config = self._config(task.entry.name, task.entry.criticality if inventory.components else None)
        identified = identify(inventory, self._rulebook)
        scan = conclude(inventory, identified, Resolved(custody), self._rulebook, config, offline=self.setup.offline)
        return result_of(task, scan, write_each(task.entry.key or task.entry.name, scan, self.setup.each))

    def _config(self, name: str, criticality: Criticality | None) -> Config:
        """The configuration in force, its services replaced by the project itself, for it is one where it is graded."""
        graded = (ServiceTable(name=name, criticality=criticality, uses=(EVERYTHING,)),) if criticality else ()
        return Config(file=msgspec.structs.replace(self.setup.config, service=graded))

    def _count(self, packages: int) -> None:
        """So many more are remembered, by the rulebook and by the makers of purls."""
        self._seen += packages
        if self._seen > MANY:
            self._seen = packages
            self._rulebook.forget()
            canonical.cache_clear()

    def describe(self, package: Package) -> PackageRow:
        """What the portfolio knows of a package."""
        custody = _CUSTODY.decode(package.custody) if package.custody else Custody()
        self._count(1)
        return package_row(package.purl, custody, self._rulebook)


_workers: dict[str, Worker] = {}


def start(key: str, setup: bytes) -> None:
    """Be ready for tasks that name this key."""
    _workers[key] = Worker(msgspec.msgpack.decode(setup, type=Setup))
    gc.collect()
    gc.freeze()  # rules stay: the collector need not look at them again


def stop(key: str) -> None:
    """Forget about it."""
    _workers.pop(key, None)


def read_all(key: str, jobs: bytes) -> bytes:
    """Readings of several projects."""
    worker = _workers[key]
    readings = _each(worker.read, _JOBS.decode(jobs), lambda job, error: unread(job, _bug(error)))
    return _encode(list(readings))


def assess_all(key: str, tasks: bytes) -> bytes:
    """Results of several projects, a line of JSON each, compressed."""
    worker = _workers[key]
    results = _each(worker.assess, _TASKS.decode(tasks), lambda task, error: unassessed(task, _bug(error)))
    return lines(results)


def describe_all(key: str, packages: bytes) -> bytes:
    """Rows of several packages, a line of JSON each, compressed."""
    return lines(map(_workers[key].describe, _PACKAGES.decode(packages)))


def lines(results: Iterable[msgspec.Struct]) -> bytes:
    """What `assess_all` and `describe_all` give."""
    return zlib.compress(b"\n".join(map(msgspec.json.encode, results)), QUICKEST)


def unread(job: Job, reason: str) -> Reading:
    """A project that a bug or the death of a worker kept from being read."""
    return Reading(number=job.number, failure=_gap("read", job, reason))


def unassessed(task: Task, reason: str) -> Result:
    """The same for one that was read."""
    return failed(task, _gap("assess", task, reason))


def _each(work: Callable[[T], R], items: Iterable[T], failed: Callable[[T, Exception], R]) -> Iterator[R]:
    for item in items:
        try:
            yield work(item)
        except Exception as error:  # noqa: BLE001 - a bug that one project meets must not cost ten thousand others
            yield failed(item, error)


def _bug(error: Exception) -> str:
    return f"outlast failed on it, please report this: {type(error).__name__}: {error}"[:500]


def _gap(stage: Stage, item: Job | Task, error: OutlastError | str) -> Gap:
    reason = ": ".join(filter(None, (error.place, error.message))) if isinstance(error, ReadError) else str(error)
    return Gap(stage=stage, subject=item.entry.path.decode("utf-8", "replace"), reason=reason)


def _digest(job: Job, content: bytes) -> bytes:
    """Of the content and of what the plan says of the project, which has a say in its verdicts."""
    return blake2b(_encode(job.entry) + content, digest_size=16).digest()
