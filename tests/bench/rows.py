"""What is measured: each row a command, and beside it others that do the same work.

Inputs are made in a scratch folder by a process of their own, when a row's turn comes.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.bench import inputs
from tests.bench.measure import outlast
from tests.bench.peers import Peers

PACKAGES = 2_000
OURS = "outlast"
QUIET = ("--offline", "--format", "json")


class Row(NamedTuple):
    """Programs by name, ours first; all run in turn, so that they see the same machine."""

    name: str
    programs: dict[str, list[str]]
    prepare: Callable[[], object] = lambda: None
    inside: bool = False
    """Whether the process says itself, in its last line, how long the work took without start and imports."""
    environ: Mapping[str, str] = MappingProxyType({})


def rows(folder: Path, peers: Peers, corpus: Path | None) -> Iterator[Row]:
    """All of them, in the order of the table."""
    yield Row("start-up", {OURS: outlast("--version"), "import click": [sys.executable, "-c", "import click"]})
    yield from _lockfiles(folder, peers, corpus)
    yield from _projects(folder, peers)
    yield from _large(folder)
    yield from _stages(folder)
    yield from _daily(folder)


def _scan(name: str, path: Path, peers: Peers, prepare: Callable[[], object]) -> Row:
    return Row(name, {OURS: outlast("scan", path, *QUIET), **peers.commands(path)}, prepare)


def _lockfiles(folder: Path, peers: Peers, corpus: Path | None) -> Iterator[Row]:
    for name, maker in inputs.LOCKFILES.items():
        path = folder / name.replace(".", "-") / name
        yield _scan(f"{name}, {PACKAGES:,} packages", path, peers, partial(inputs.make, maker, path, PACKAGES))
    for found in sorted(corpus.rglob("*/yarn.lock")) if corpus else ():
        if not found.is_file():
            continue
        if found.read_text("utf-8").count("\n  version ") > PACKAGES:
            path = folder / "corpus" / "yarn.lock"
            yield _scan("yarn.lock of the corpus", path, peers, partial(_copy, found, path))
            return


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _projects(folder: Path, peers: Peers) -> Iterator[Row]:
    path = folder / "monorepo"
    yield _scan("monorepo of 50 lockfiles", path, peers, partial(inputs.make, inputs.monorepo, path, 50, 200))
    plan = f"from tests.bench.portfolio import write\nfrom pathlib import Path\nwrite(Path({str(folder / 'fleet')!r}), 300)"
    batch = outlast(
        "batch", folder / "fleet" / "portfolio-300.csv", "--store", folder / "fleet.duckdb", "--offline", "-q"
    )
    yield Row("batch of 300 projects", {OURS: batch}, partial(inputs.in_process, plan))


def _large(folder: Path) -> Iterator[Row]:
    for count in (1_000, 10_000, 100_000):
        path = folder / f"{count}.cdx.json"
        make = partial(inputs.make, inputs.cyclonedx, path, count)
        yield Row(f"CycloneDX, {count:,} components", {OURS: outlast("scan", path, *QUIET)}, make)
    path = folder / "html.cdx.json"
    html = outlast("scan", path, "--offline", "-q", "--html", folder / "report.html")
    yield Row("HTML of 20,000 components", {OURS: html}, partial(inputs.make, inputs.cyclonedx, path, 20_000))


def _stages(folder: Path) -> Iterator[Row]:
    """Parts of the work, without the start of the process."""
    path = folder / "stages.cdx.json"

    def stage(
        name: str, *stages: tuple[str, str], of: Path = path, maker: Callable[..., None] = inputs.cyclonedx
    ) -> Row:
        commands = {program: [sys.executable, "-m", "tests.bench.stages", part, str(of)] for program, part in stages}
        return Row(name, commands, partial(inputs.make, maker, of, 20_000), inside=True)

    yield stage("load the rules of a checkout", (OURS, "checkout"))
    yield stage("load the rules of a wheel", (OURS, "wheel"))
    yield stage("100,000 purls made canonical", (OURS, "purls"), ("packageurl-python", "packageurl"))
    yield stage("100,000 purls looked up in the rules", (OURS, "lookups"))
    yield stage("read and identify 20,000 CycloneDX components", (OURS, "identify"))
    spdx = folder / "stages.spdx.json"
    yield stage("read and identify 20,000 SPDX packages", (OURS, "identify"), of=spdx, maker=inputs.spdx)
    for name in ("package-lock.json", "yarn.lock", "pnpm-lock.yaml"):
        lock = folder / "stages" / name
        yield stage(f"read 20,000 packages of {name}", (OURS, "read"), of=lock, maker=inputs.LOCKFILES[name])
    yield stage("backhoe over 20,000 components", (OURS, "backhoe"))


def _daily(folder: Path) -> Iterator[Row]:
    lock, cache = folder / "daily" / "package-lock.json", folder / "cache"

    def prepare() -> None:
        inputs.make(inputs.package_lock, lock, PACKAGES)
        (lock.parent / "notes.txt").write_text("no input")
        inputs.in_process(f"from tests.bench.stages import warm\nwarm({str(lock)!r}, {str(cache)!r})")

    warm = {OURS: outlast("scan", lock, "--format", "json", "--no-progress"), "offline": outlast("scan", lock, *QUIET)}
    yield Row(f"warm cache, {PACKAGES:,} packages", warm, prepare, environ={"OUTLAST_CACHE_DIR": str(cache)})
    yield Row("hook, no input changed", {OURS: outlast("hook", lock.parent / "notes.txt")}, prepare)
    yield Row(f"hook, {PACKAGES:,} packages changed", {OURS: outlast("hook", lock)}, prepare)
