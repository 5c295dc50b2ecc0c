"""Workers of a Dask cluster, through the executor of `distributed`: https://distributed.dask.org/en/stable/asyncio.html

Rules and configuration go to every worker once, also to those that come later, as a plug-in. The scheduler gives
the tasks of a lost worker to another one by itself; on what workers die again and again, it says so.
"""

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import Any

from scanner.errors import UsageError
from scanner.portfolio import worker
from scanner.portfolio.engine import Engine, EngineError, Work, WorkerLostError

ANSWER = 10
"""Seconds for the scheduler to answer, also when the connection is lost."""
WORKERS = 30
"""Seconds for a first worker to be there."""
LOOK = 5.0
"""Seconds between two looks at how many workers there are."""


class Cluster:
    """A connected cluster that has at least one worker."""

    def __init__(self, client: Any, key: str) -> None:
        self._client, self._key = client, key
        self._executor = client.get_executor(pure=False, retries=2)
        self._width, self._looked = 0, 0.0

    @property
    def width(self) -> int:
        """Three tasks a thread, of as many workers as there are now."""
        if time.monotonic() - self._looked > LOOK:
            self._width = max(3 * sum(self._client.nthreads().values()), self._width and 3)
            self._looked = time.monotonic()
        return self._width

    def submit(self, work: Work, content: bytes) -> Future[bytes]:
        future: Future[bytes] = self._executor.submit(work, self._key, content)
        return future

    def result(self, future: Future[bytes]) -> bytes:
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            return future.result()
        except KilledWorker as error:
            raise WorkerLostError from error
        except (CancelledError, CommClosedError) as error:
            raise EngineError("the Dask scheduler is gone; --resume goes on once it is back") from error


@contextmanager
def cluster(setup: bytes, *, address: str) -> Iterator[Engine]:
    """The workers of the scheduler at `address`. Raises EngineError where they cannot be had."""
    with _client(address) as client:
        try:
            client.wait_for_workers(1, timeout=WORKERS)
        except TimeoutError as error:
            raise EngineError(f"the Dask scheduler at {address} has no workers") from error
        key = f"outlast-{token_hex(8)}"
        plugin = _plugin(key, setup)
        try:
            client.register_plugin(plugin, name=key)
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
