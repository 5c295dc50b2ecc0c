"""Batch at scale: python -m tests.bench.portfolio [FOLDER] [PROJECTS].

Makes synthetic but realistic projects (about 200 components each: shared popular packages, a long tail) and prints
throughput, peak memory by size, times with one process and with two, and the report's time and size.
"""

import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from scanner.rulebook import open_rulebook

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
        known = {type: [] for type in ECOSYSTEMS}
        for key in sorted(open_rulebook().index.exact):
            type, _, name = key.partition("/")
            if type in known:
                known[type].append(name)
        self._names = {type: _names(type, names, chance) for type, names in known.items()}

    @lru_cache(maxsize=1 << 18)
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
