"""The whole of a batch on one page: read all projects in parallel -> resolve each package once -> assess and store.

What every phase has got done is on disk, in the work file and in the store. So memory stays flat, and a run that was
killed goes on with what is left.
"""

import datetime
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from scanner import __version__
from scanner.config import Config
from scanner.errors import OutlastError, UsageError
from scanner.pipeline import today
from scanner.portfolio import worker
from scanner.portfolio.database import interruptible
from scanner.portfolio.engine import Engine, stream
from scanner.portfolio.inputs import load_bom
from scanner.portfolio.parts import chunks
from scanner.portfolio.records import Entry, Job, Reading, Task
from scanner.portfolio.registries import look_up
from scanner.portfolio.store import Store, Totals
from scanner.portfolio.whole import judged
from scanner.portfolio.work import Work
from scanner.rulebook import Rulebook, open_rulebook

Progress = Callable[[str, int, int], None]
"""Is told a phase, and how much of it is done and in all."""
OpenEngine = Callable[[bytes], AbstractContextManager[Engine]]
TASK = 16
"""Projects that a worker gets at a time."""
PACKAGES = 1024
TRANSACTION = 8 << 20
"""Characters of results that are stored together."""
DIED = "workers died on it (out of memory?)"
_READINGS = msgspec.msgpack.Decoder(list[Reading])
_encode = msgspec.msgpack.Encoder().encode


class Batch(NamedTuple):
    """What the phases work with."""

    store: Store
    work: Work
    engine: Engine
    config: Config
    rulebook: Rulebook
    day: datetime.date
    offline: bool
    ship: bool
    progress: Progress


def batch(
    entries: Iterable[Entry],
    path: Path,
    open_engine: OpenEngine,
    *,
    config: Config,
    rules: Sequence[Path] = (),
    exclude: Sequence[str] = (),
    offline: bool = False,
    resume: bool = False,
    ship: bool = False,
    each: Sequence[tuple[str, str]] = (),
    progress: Progress = lambda _phase, _done, _total: None,
) -> Totals:
    """Scan all projects of a portfolio into the store at `path`.

    `ship` sends files to workers that have no such path; `each` are formats and folders for reports of every project.

    Raises OutlastError where plan, rules, configuration, engine or store cannot be used; a project that cannot be
    read is a gap.
    """
    rulebook = open_rulebook([*config.rules, *rules], config.cache)
    setup = _encode(
        worker.Setup(rulebook.index, config.file, (*config.exclude, *exclude), offline, __version__, tuple(each))
    )
    fingerprint = blake2b(setup, digest_size=16).hexdigest()
    with (
        interruptible(),
        open_engine(setup) as engine,
        closing(Store(path)) as store,
        closing(Work(path.with_name(f"{path.name}.work"), fingerprint, resume=resume)) as work,
    ):
        if not work.plan(entries):
            raise UsageError("no project found; name checkouts, bills of materials, or a list of them")
        day = store.begin(fingerprint, today(), rules=len(rulebook), offline=offline, resume=resume)
        run(Batch(store, work, engine, config, rulebook, day, offline, ship, progress))
        work.complete()
        return store.totals()


def run(batch: Batch) -> None:
    """The three phases."""
    work, store = batch.work, batch.store
    resumed = work.know(store.digests())
    _read(batch)
    stale = work.stale()
    if store.is_finished() and not stale and not work.count_tasks():
        return
    store.reopen(stale)
    if resumed:
        work.gather(store.purls())
    total = work.count_packages()
    gaps = look_up(
        (package.purl for package in work.packages()),
        work.judge,
        batch.config,
        batch.day,
        offline=batch.offline,
        told=lambda done: batch.progress("resolving", done, total),
    )
    _assess(batch)
    store.finish(_describe(batch), *judged(store.technologies(), batch.rulebook), gaps)


def _read(batch: Batch) -> None:
    """Every project to an inventory in the work file; those that are there and unchanged are only looked at."""
    total, done = batch.work.count_projects(), 0
    jobs = (_shipped(job) if batch.ship else job for job in batch.work.jobs())
    for content in stream(batch.engine, worker.read_all, chunks(jobs, TASK), _encode, _unread):
        readings = _READINGS.decode(content)
        batch.work.keep(readings)
        done += len(readings)
        batch.progress("reading", done, total)


def _assess(batch: Batch) -> None:
    """Every inventory that is not in the store to rows in it."""
    total, done = batch.work.count_tasks(), 0
    tasks = chunks(batch.work.tasks(), TASK)
    lines: list[str] = []
    for content in stream(batch.engine, worker.assess_all, tasks, _encode, _unassessed):
        fresh = _lines(content)
        lines += fresh
        done += len(fresh)
        if sum(map(len, lines)) > TRANSACTION:
            batch.store.add(lines)
            lines = []
        batch.progress("assessing", done, total)
    if lines:
        batch.store.add(lines)


def _describe(batch: Batch) -> Iterator[list[str]]:
    """Every package to a row. Nothing about a name kills a worker that has read it, so nothing is said of that."""
    packages = chunks(batch.work.packages(), PACKAGES)
    return map(_lines, stream(batch.engine, worker.describe_all, packages, _encode, lambda _: worker.lines(())))


def _lines(content: bytes) -> list[str]:
    text = zlib.decompress(content).decode()
    return text.split("\n") if text else []


def _shipped(job: Job) -> Job:
    """With the file in it; what is no bill of materials travels as nothing, and its worker will say so."""
    try:
        return msgspec.structs.replace(job, data=load_bom(os.fsdecode(job.entry.path)) or b"")
    except OutlastError:
        return job


def _unread(job: Job) -> bytes:
    return _encode([worker.unread(job, DIED)])


def _unassessed(task: Task) -> bytes:
    return worker.lines([worker.unassessed(task, DIED)])
