"""What every part has to keep to, whatever it is given.

It ends in a result or in one of its documented errors, of one line; within 2 s of processor time and 500 MiB of memory;
and the same way each time.
"""

import resource
import signal
import time
import traceback
from pathlib import Path

from scanner.errors import OutlastError
from tests.fuzz.targets import ROOT, Input, Target

MAX_SECONDS = 2.0
MAX_BYTES = 500 * 2**20
ALARM = 60
"""Seconds after which an input that does not end is given up."""


def complaint(target: Target, given: Input, *, twice: bool = False) -> str | None:
    """Why an input does not end well, or None; `twice` sees whether it ends the same way again."""
    start = time.process_time()
    try:
        first = _end(target, given)
        seconds = time.process_time() - start
        if twice and _end(target, given) != first:
            return "does not end the same way twice"
    except Exception as error:  # noqa: BLE001 - whatever gets through is what is looked for
        return f"{type(error).__name__} at {_place(error)}: {' '.join(str(error).split())[:200]}"
    return f"takes {seconds:.1f} s" if seconds > MAX_SECONDS else None


def _end(target: Target, given: Input) -> str:
    try:
        return repr(target.run(given))
    except target.errors as error:
        if isinstance(error, OutlastError) and "\n" in str(error):
            raise AssertionError(f"an error that is not one line: {str(error)[:80]!r}") from error
        return f"{type(error).__name__}: {error}"


def _place(error: BaseException) -> str:
    """The innermost line of this program."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "scanner")] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}"


def limit() -> None:
    """From now on no more memory than allowed on top of what this process has, and an end to what does not end."""
    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MAX_BYTES, resource.RLIM_INFINITY))
    signal.signal(signal.SIGALRM, _give_up)


def _give_up(*_: object) -> None:
    raise TimeoutError(f"does not end in {ALARM} s")
