"""A progress bar on standard error, for a person who waits longer than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import TaskID

PATIENCE = 1.0
"""Seconds before a bar appears."""
PHASES = {
    "reading": ("reading projects", "read {total:,} projects"),
    "resolving": ("asking registries for packages", "looked up {total:,} packages"),
    "assessing": ("assessing projects", "assessed {total:,} projects"),
}


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Gives a function to call with packages done and in all; None where no bar is wanted or seen."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("asking registries"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)
    began = time.monotonic()

    def advance(done: int, total: int) -> None:
        if not bar.live.is_started and time.monotonic() - began > PATIENCE:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield advance
    finally:
        bar.stop()


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
