"""A progress bar on standard error, for a person who waits longer than a second."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds before a bar appears."""
PHASES = {
    "reading": ("reading projects", "read {total:,} projects"),
    "resolving": ("asking registries for packages", "looked up {total:,} packages"),
    "assessing": ("assessing projects", "assessed {total:,} projects"),
}


class _Bar:
    """A bar that moves to and fro until it is told how much there is to do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told = (0, 0)
        self._shown: Progress | None = None
        self._over = False

    def show(self) -> None:
        """Runs in a thread of its own, so that who does not wait does not load rich either."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        count = TextColumn("{task.fields[count]}")
        columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
        shown = Progress(*columns, console=Console(file=sys.stderr), transient=True)
        shown.add_task("reading and judging", total=None, count="")
        with self._lock:
            if not self._over:
                self._shown = shown
                shown.start()
                self._update()

    def advance(self, done: int, total: int) -> None:
        """So many packages are done, of so many."""
        with self._lock:
            self._told = (done, total)
            self._update()

    def _update(self) -> None:
        done, total = self._told
        if self._shown and total:
            (task,), (speed,) = self._shown.task_ids, (task.speed for task in self._shown.tasks)
            count = f"{done:,} of {total:,}{f', {speed:,.0f}/s' if speed else ''}"
            self._shown.update(task, description="looking packages up", completed=done, total=total, count=count)

    def hide(self) -> None:
        with self._lock:
            self._over = True
            if self._shown:
                self._shown.stop()


@contextmanager
def progress(*, shown: bool = True) -> Iterator[Callable[[int, int], None] | None]:
    """Gives a function to call with packages done and in all; None where no bar is wanted or seen."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    waiting = threading.Timer(PATIENCE, bar.show)
    waiting.daemon = True
    waiting.start()
    try:
        yield bar.advance
    finally:
        waiting.cancel()
        bar.hide()


@contextmanager
def phases(*, shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Gives a function to call with a phase of a batch, and how much of it is done and in all.

    For a person a bar a phase with rate and time left; for a log a line a phase.
    """
    if not shown:
        yield lambda _phase, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    began: dict[str, float] = {}
    tasks: dict[str, TaskID] = {}

    def advance(phase: str, done: int, total: int) -> None:
        if phase not in tasks:
            began[phase] = time.monotonic()
            tasks[phase] = bar.add_task(PHASES[phase][0], total=total, rate="")
        seconds = time.monotonic() - began[phase]
        if done == total and not (console.is_terminal or bar.tasks[tasks[phase]].finished):
            console.print(f"{PHASES[phase][1].format(total=total)} in {seconds:.0f} s", highlight=False)
        bar.update(tasks[phase], completed=done, rate=f"{done / seconds:,.0f}/s" if seconds > PATIENCE else "")

    with bar:
        yield advance
