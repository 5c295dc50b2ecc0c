"""Where the work is done: in this process, in processes of this machine, or (cluster.py) on a Dask cluster.

All of them are executors (https://docs.python.org/3/library/concurrent.futures.html), and `stream` is all that a run
needs of them. Processes are spawned, not forked: DuckDB has threads and locks that would not survive a fork.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

from scanner.errors import OutlastError
from scanner.portfolio import worker

T = TypeVar("T")
Work = Callable[[str, bytes], bytes]
KEY = "local"
DEATHS = 5
"""Workers that die one after the other, with nothing done between, before the run gives up."""


class EngineError(OutlastError):
    """Workers that cannot be had, or that are gone for good."""


class WorkerLostError(Exception):
    """A worker died on a task."""


class Engine(Protocol):
    """What a run asks of the place where work is done."""

    @property
    def width(self) -> int:
        """Tasks that are worth having under way at a time."""

    def submit(self, work: Work, content: bytes) -> Future[bytes]:
        """Have it done."""

    def result(self, future: Future[bytes]) -> bytes:
        """What came of it. Raises WorkerLostError where its worker died, EngineError where nobody is left to do it."""


def stream(
    engine: Engine,
    work: Work,
    tasks: Iterable[Sequence[T]],
    encode: Callable[[Sequence[T]], bytes],
    lost: Callable[[T], bytes],
) -> Iterator[bytes]:
    """What comes of each task, in their order and with few under way.

    A task is a few items. Where its worker dies they are tried one by one; what `lost` says of an item stands for
    the one on which it dies again.
    """
    waiting: deque[tuple[Sequence[T], Future[bytes]]] = deque()

    def first() -> Iterator[bytes]:
        task, future = waiting.popleft()
        try:
            yield engine.result(future)
        except WorkerLostError:
            for item in task:
                try:
                    yield engine.result(engine.submit(work, encode([item])))
                except WorkerLostError:
                    yield lost(item)

    for task in tasks:
        waiting.append((task, engine.submit(work, encode(task))))
        if len(waiting) >= engine.width:
            yield from first()
    while waiting:
        yield from first()


class Here:
    """In this process: for one core, or for a few projects."""

    width = 1

    def __init__(self, setup: bytes) -> None:
        worker.start(KEY, setup)

    def submit(self, work: Work, content: bytes) -> Future[bytes]:
        future: Future[bytes] = Future()
        future.set_result(work(KEY, content))
        return future

    def result(self, future: Future[bytes]) -> bytes:
        return future.result()


class Processes:
    """A pool of processes; a new one where one of them dies."""

    def __init__(self, setup: bytes, jobs: int) -> None:
        self._setup, self._jobs = setup, jobs
        self.width = jobs * 3
        self._executor = self._open()
        self._deaths = 0

    def submit(self, work: Work, content: bytes) -> Future[bytes]:
        with _interrupts_held():  # a process that is started now never gets to see one
            try:
                return self._executor.submit(work, KEY, content)
            except BrokenExecutor:
                self.close()
                self._executor = self._open()
                return self._executor.submit(work, KEY, content)

    def result(self, future: Future[bytes]) -> bytes:
        try:
            content = future.result()
        except BrokenExecutor as error:
            self._deaths += 1
            if self._deaths > max(DEATHS, self.width):
                raise EngineError("worker processes die as soon as they start; --jobs 1 does without them") from error
            raise WorkerLostError from error
        self._deaths = 0
        return content

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def _open(self) -> Executor:
        return ProcessPoolExecutor(
            self._jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._setup,),
        )


@contextmanager
def local(setup: bytes, *, jobs: int) -> Iterator[Engine]:
    """Workers on this machine."""
    if jobs == 1:
        yield Here(setup)
        worker.stop(KEY)
        return
    processes = Processes(setup, jobs)
    try:
        yield processes
    finally:
        processes.close()


def cores() -> int:
    """The cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C is this process's business: its children inherit that they do not hear of it.

    It also waits, as a child that is being started would miss what it is still to be told. The mask holds for this
    thread alone; where another one is told, as those of DuckDB may be, Python would interrupt the main one even so.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    heard: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number)) if main else None
    try:
        yield
    finally:
        if main:
            signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _begin(setup: bytes) -> None:
    """A child does not outlive its parent, however that went."""
    threading.Thread(target=_go_with_parent, daemon=True).start()
    worker.start(KEY, setup)


def _go_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
