"""Workers of a Dask cluster, through the client of `distributed`: https://distributed.dask.org/en/stable/client.html

Rules and configuration go to every worker once, also to those that come later, as a plug-in. The scheduler gives the
tasks of a lost worker to another one by itself; of what workers die on again and again, it says so.
"""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import Any

from scanner.errors import UsageError
from scanner.portfolio import worker
from scanner.portfolio.engine import Engine, EngineError, Work, WorkerLostError

ANSWER = 10
"""Seconds for the scheduler to answer, also when the connection is lost."""
WORKERS = 60
"""Seconds for a first worker to be there, and for another one when all are gone."""
LOOK = 5.0
"""Seconds between two looks at how many workers there are."""
FETCH = 60.0
"""Seconds for a result to come over; then its worker may be lost, and another one has it."""


class Asked(Future[Any]):
    """A task of a client as a future of the standard library: it asks the client, and is told nothing.

    What `distributed` has for this (cfexecutor.py) is called back from a thread that fetches the result. Where its
    worker is lost just then that thread waits for ever, and holds up the exit of the process.
    """

    def __init__(self, task: Any) -> None:
        super().__init__()
        self._task = task

    def done(self) -> bool:
        return bool(self._task.done())

    def exception(self, timeout: float | None = None) -> BaseException | None:
        found: BaseException | None = self._task.exception(timeout)
        return found

    def result(self, timeout: float | None = None) -> Any:
        return self._task.result(timeout)


class Tasks(Executor):
    """A client as an executor."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return Asked(self._client.submit(fn, *args, pure=False, retries=2, **kwargs))


class Cluster:
    """A connected cluster that has at least one worker."""

    def __init__(self, client: Any, key: str) -> None:
        self._client, self._key = client, key
        self._tasks = Tasks(client)
        self._threads, self._looked, self._seen = 1, 0.0, time.monotonic()

    @property
    def width(self) -> int:
        """Three tasks a thread, of as many workers as there are now."""
        self._look()
        return 3 * max(self._threads, 1)

    def submit(self, work: Work, content: bytes) -> Future[bytes]:
        return self._tasks.submit(work, self._key, content)

    def result(self, future: Future[bytes]) -> bytes:
        from distributed import KilledWorker

        try:
            while True:
                with suppress(TimeoutError):
                    future.exception(timeout=LOOK)
                    return future.result(timeout=FETCH)
                self._look()
        except KilledWorker as error:
            raise WorkerLostError from error
        except (CancelledError, OSError) as error:  # OSError: the connection broke
            raise EngineError("the Dask scheduler is gone; --resume goes on once it is back") from error

    def _look(self) -> None:
        """See who is there, but not all the time. Raises EngineError where nobody is, and nobody comes."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        self._looked = now
        try:
            self._threads = sum(self._client.nthreads().values())
        except OSError as error:
            raise EngineError("the Dask scheduler is gone; --resume goes on once it is back") from error
        if self._threads:
            self._seen = now
        elif now - self._seen > WORKERS:
            raise EngineError("the Dask scheduler has no workers left; --resume goes on once there are some")


@contextmanager
def cluster(setup: bytes, *, address: str) -> Iterator[Engine]:
    """The workers of the scheduler at `address`. Raises EngineError where they cannot be had."""
    with _client(address) as client:
        try:
            client.wait_for_workers(1, timeout=WORKERS)
        except TimeoutError as error:
            raise EngineError(f"the Dask scheduler at {address} has no workers") from error
        key = f"outlast-{token_hex(8)}"
        try:
            client.register_plugin(_plugin(key, setup), name=key)
        except Exception as error:  # whatever a worker raises
            raise EngineError(f"a worker of {address} cannot run outlast: {type(error).__name__}: {error}") from error
        try:
            yield Cluster(client, key)
        finally:
            with suppress(OSError):  # a scheduler that is gone has forgotten it
                client.unregister_worker_plugin(key)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--engine dask needs distributed: pip install 'outlast[dask]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would say is in the error that is raised
    try:
        client: Any = Client(address, timeout=ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise EngineError(f"no Dask scheduler answers at {address}") from error
    try:
        yield client
    finally:
        client.close(timeout=ANSWER)


def _plugin(key: str, setup: bytes) -> Any:
    from distributed import WorkerPlugin

    class Outlast(WorkerPlugin):
        def setup(self, worker: Any) -> None:  # noqa: ARG002 - distributed passes it
            start(key, setup)

        def teardown(self, worker: Any) -> None:  # noqa: ARG002 - distributed passes it
            stop(key)

    start, stop = worker.start, worker.stop
    return Outlast()
