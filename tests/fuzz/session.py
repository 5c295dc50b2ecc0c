"""One target under one engine for some seconds: what was tried, and what did not end well."""

import hashlib
import re
import resource
import time
from pathlib import Path

import msgspec

from tests.fuzz.oracle import complaint
from tests.fuzz.targets import Input, Target

TWICE = 8
"""Every so many inputs, one is seen to end the same way twice."""
MOST = 20
"""Kinds of failures that are kept of a target."""


class Tally(msgspec.Struct, kw_only=True):
    """What came of it."""

    target: str
    engine: str
    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    """Seconds of processor that one input took at most."""
    peak: int = 0
    """MiB of the process at its largest, all that it has loaded included."""
    failures: dict[str, str] = {}
    """Why, to the file that holds the input."""


class OverError(Exception):
    """The time is up."""


class Session:
    """Counts inputs and keeps those that do not end well in `folder`."""

    def __init__(self, target: Target, engine: str, seconds: float, folder: Path) -> None:
        self.target, self.folder = target, folder
        self.tally = Tally(target=target.name, engine=engine)
        self.seconds = seconds
        self._kinds: set[str] = set()
        self.restart()

    def restart(self) -> None:
        """The time runs from now."""
        self._began = time.monotonic()

    def see(self, given: Input) -> None:
        """Raises OverError when the time is up."""
        self.tally.inputs += 1
        twice = self.tally.inputs % TWICE == 0
        start = time.process_time()
        reason = complaint(self.target, given, twice=twice)
        self.tally.slowest = max(self.tally.slowest, (time.process_time() - start) / (1 + twice))
        if reason is not None:
            self._keep(given, reason)
        self.tally.seconds = time.monotonic() - self._began
        if self.tally.seconds > self.seconds:
            raise OverError

    def save(self) -> None:
        """Leave the tally where the campaign looks for it."""
        self.tally.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.path.write_bytes(msgspec.json.encode(self.tally))

    @property
    def path(self) -> Path:
        return self.folder / f"{self.tally.engine}-{self.target.name.replace('/', '-')}.json"

    def _keep(self, given: Input, reason: str) -> None:
        kind = re.sub(r"'[^']*'|\"[^\"]*\"|\d+(\.\d+)?", "…", reason.partition(": ")[0])
        if kind in self._kinds or len(self._kinds) == MOST:
            return
        self._kinds.add(kind)
        place = self.folder / "failures" / self.target.name / hashlib.sha256(given.data).hexdigest()[:12]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(given.data)
        self.tally.failures[reason] = str(place)
