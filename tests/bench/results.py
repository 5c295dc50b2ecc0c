"""A run of the benchmarks as a value: what was measured, on what, and of which commit. Kept as JSON."""

import datetime
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import msgspec

from tests.bench.measure import Figures
from tests.bench.peers import Peers
from tests.bench.rows import OURS

LIBRARIES = ("msgspec", "PyYAML", "rtoml", "packageurl-python", "click")


class Measured(msgspec.Struct, frozen=True):
    """One row: figures by program, ours first."""

    name: str
    figures: dict[str, Figures]
    inside: bool = False

    @property
    def ours(self) -> Figures:
        return self.figures[OURS]

    def ratio(self, program: str) -> float:
        """How much of another program's time ours takes: of the processor's, since others use the machine too."""
        return self.ours.cpu.median / max(self.figures[program].cpu.median, 1e-9)


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The whole run."""

    machine: str
    versions: dict[str, str]
    date: str
    commit: str
    runs: int
    rows: list[Measured] = []

    def __getitem__(self, name: str) -> Measured:
        return next(row for row in self.rows if row.name == name)


def here(runs: int, peers: Peers) -> Results:
    """An empty run on this machine, now."""
    return Results(
        machine=f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        versions={
            platform.python_implementation(): platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
            **peers.versions(),
        },
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        commit=_git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--porcelain", "scanner") else ""),
        runs=runs,
    )


def load(path: Path) -> Results:
    return msgspec.json.decode(path.read_bytes(), type=Results)


def save(results: Results, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()
