"""make portfolio: a batch at scale. It measures; it does not judge.

python -m tests.bench.portfolio [--projects N] [--folder DIR]

Makes synthetic but realistic projects (about 200 components each: shared popular packages, a long tail) and prints
throughput, peak memory by size, times with one process and with two, and the report's time and size. Memory is that of
all processes, shared pages divided among them (PSS, https://docs.kernel.org/filesystems/proc.html).
"""

import os
import platform
import random
import subprocess
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import msgspec

from scanner.rulebook import open_rulebook
from tests.bench.measure import outlast

SEED = 20261124
COMPONENTS = 200
ECOSYSTEMS = {"npm": 50, "pypi": 22, "maven": 16, "golang": 8, "nuget": 4}
"""purl type to its share of the projects, in percent."""
TAIL = 40_000
"""Packages of one ecosystem that anybody uses; the chance of one falls with its rank (Zipf)."""
KNOWN = 0.1
"""Share of the packages that tie a project to a technology on record."""
LICENCES = ("MIT", "Apache-2.0", "BSD-3-Clause", "ISC", "MPL-2.0")
TEAMS = 40


class Package(NamedTuple):
    purl: str
    component: msgspec.Raw


class Universe:
    """All packages there are, by ecosystem and rank. The same seed makes the same."""

    def __init__(self, seed: int = SEED) -> None:
        chance = random.Random(seed)
        known: dict[str, list[str]] = {type: [] for type in ECOSYSTEMS}
        for key in sorted(open_rulebook().index.all_packages()):
            type, _, name = key.partition("/")
            if type in known:
                known[type].append(name)
        self._names = {type: _names(type, names, chance) for type, names in known.items()}

    @lru_cache(maxsize=1 << 18)  # noqa: B019 - there is one universe
    def package(self, type: str, rank: int, release: int) -> Package:
        name = self._names[type][rank]
        version = f"{1 + rank % 9}.{release}.{rank % 13}"
        purl = f"pkg:{type}/{name}@{version}"
        digest = f"{hash((rank, release)) & (1 << 128) - 1:064x}"
        component = {
            "bom-ref": purl,
            "type": "library",
            "name": name.rpartition("/")[2],
            "version": version,
            "purl": purl,
            "licenses": [{"license": {"id": LICENCES[rank % len(LICENCES)]}}],
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        return Package(purl, msgspec.Raw(msgspec.json.encode(component)))

    def project(self, number: int, seed: int = SEED) -> bytes:
        """The CycloneDX document of one project."""
        chance = random.Random(seed * 1_000_003 + number)
        type = chance.choices(list(ECOSYSTEMS), list(ECOSYSTEMS.values()))[0]
        wanted = max(20, round(chance.gauss(COMPONENTS, COMPONENTS / 4)))
        chosen: dict[str, Package] = {}
        while len(chosen) < wanted:
            ecosystem = "npm" if chance.random() < 0.1 else type
            rank = int(TAIL ** chance.random()) - 1
            package = self.package(ecosystem, rank, min(int(chance.expovariate(0.7)), 9))
            chosen[package.purl] = package
        return msgspec.json.encode(_document(number, list(chosen.values()), chance))


def _names(type: str, known: list[str], chance: random.Random) -> list[str]:
    chance.shuffle(known)
    names = []
    for rank in range(TAIL):
        if known and chance.random() < KNOWN:
            names.append(known.pop())
        else:
            names.append(
                {"maven": f"org.example.g{rank % 977}/artefact-{rank}", "golang": f"example.org/u{rank}/mod"}.get(
                    type, f"package-{rank}"
                )
            )
    return names


def _document(number: int, packages: list[Package], chance: random.Random) -> dict[str, object]:
    """A tenth is asked for by the project itself; the others are needed by something before them."""
    direct = max(1, len(packages) // 10)
    needs: dict[str, list[str]] = {package.purl: [] for package in packages}
    for place, package in enumerate(packages[direct:], direct):
        needs[packages[int(place * chance.random())].purl].append(package.purl)
    root = f"project-{number}"
    edges = [{"ref": root, "dependsOn": [package.purl for package in packages[:direct]]}]
    edges += [{"ref": purl, "dependsOn": needed} for purl, needed in needs.items()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"bom-ref": root, "type": "application", "name": root}},
        "components": [package.component for package in packages],
        "dependencies": edges,
    }


def write(folder: Path, projects: int) -> Path:
    """The documents below `folder`, and the list that names them. What is there already stays."""
    plan = folder / f"portfolio-{projects}.csv"
    if plan.exists():
        return plan
    universe = Universe()
    rows = ["path,project,owner,criticality,labels"]
    for number in range(projects):
        team = number * 7 % TEAMS
        path = folder / f"team-{team}" / f"service-{number}.cdx.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(universe.project(number))
        criticality = "vital" if number % 50 == 0 else "important" if number % 10 == 0 else ""
        rows.append(f"{path.relative_to(folder)},service-{number},team-{team},{criticality},seed;{number % 3}")
    plan.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return plan


class Cost(NamedTuple):
    """A whole process with its children: seconds on the clock, seconds of processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float
    work: float
    """MiB of the work file at its largest."""


def once(command: Sequence[str], store: Path = Path()) -> Cost:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    work = store.with_name(f"{store.name}.work") if store.name else store
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = largest = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak, largest
        while not done.wait(0.1):
            peak = max(peak, sum(map(_memory, _family(process.pid))) / 1024)
            largest = max(largest, _size(work))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    done.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak, largest)


def _size(path: Path) -> float:
    """MiB of a file, 0 where there is none."""
    try:
        return path.stat().st_size / 2**20 if path.name else 0
    except OSError:
        return 0


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [pid, *(descendant for child in children for descendant in _family(int(child)))]


def _memory(pid: int) -> int:
    """KiB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _packages(store: Path) -> tuple[int, int]:
    """Distinct versions, and distinct packages, which are the questions to registries."""
    with duckdb.connect(str(store), read_only=True) as connection:
        query = "SELECT count(*), count(DISTINCT (type, name)) FROM packages"
        return connection.execute(query).fetchall()[0]


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the projects are made, and stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(options.folder or Path(scratch), Path(scratch), options.projects)


def measure(folder: Path, scratch: Path, projects: int) -> None:
    """Batches of a tenth, half and all of the projects with two processes, all with one, then the report."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    head = ("wall s", "cpu s", "peak MiB", "components/s", "work MiB", "store MiB", "packages", "names")
    print(f"\n{'batch, offline':<30}" + "".join(f"{word:>13}" for word in head))
    for count, jobs in ((projects // 10, 2), (projects // 2, 2), (projects, 2), (projects, 1)):
        plan = write(folder, count)
        store = scratch / f"{count}-{jobs}.duckdb"
        cost = once(outlast("batch", plan, "--store", store, "--jobs", jobs, "--offline", "--quiet"), store)
        name = f"{count:,} projects, {jobs} process{'es' * (jobs > 1)}"
        rate = count * COMPONENTS / cost.wall
        figures = (f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.peak:.0f}", f"{rate:,.0f}", f"{cost.work:.0f}")
        counts = (f"{_size(store):.1f}", *(f"{number:,}" for number in _packages(store)))
        print(f"{name:<30}" + "".join(f"{text:>13}" for text in (*figures, *counts)), flush=True)
    store, pages = scratch / f"{projects}-2.duckdb", scratch / "report"
    print(f"\n{'with the store':<34} {'wall s':>8} {'cpu s':>8} {'peak MiB':>9}")
    for name, arguments in {
        "resume, nothing changed": ("batch", write(folder, projects), "--store", store, "--offline", "--resume", "-q"),
        "report, 8 pages": ("portfolio", "html", pages, "--store", store),
        "top actors": ("portfolio", "top", "actors", "--store", store),
        "who-uses postgresql": ("portfolio", "who-uses", "postgresql", "--store", store),
        "backhoe": ("portfolio", "backhoe", "--lose", "country:US", "--store", store),
        "export to Parquet": ("portfolio", "export", scratch / "parquet", "--store", store),
    }.items():
        cost = once(outlast(*arguments))
        print(f"{name:<34} {cost.wall:>8.1f} {cost.cpu:>8.1f} {cost.peak:>9.0f}")
    print(f"\nthe report: {sum(page.stat().st_size for page in pages.iterdir()) / 2**20:.1f} MiB")
    for page in sorted(pages.iterdir()):
        print(f"  {page.name:<32} {page.stat().st_size / 1024:>8.0f} KiB")


if __name__ == "__main__":
    main()
