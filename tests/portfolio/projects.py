"""Small portfolios to scan, and stores to compare."""

import json
from contextlib import closing
from functools import partial
from pathlib import Path

from scanner.config import Config
from scanner.portfolio.database import connect
from scanner.portfolio.engine import local
from scanner.portfolio.plan import entries
from scanner.portfolio.run import batch

SHARED = ("pkg:pypi/boto3@1.40.0", "pkg:pypi/psycopg@3.2.0", "pkg:npm/express@5.0.0", "pkg:pypi/requests@2.32.0")
TABLES = ("projects", "components", "packages", "bindings", "technologies", "uses", "actors", "findings", "gaps")
RUN = "run, day, version, rules, fingerprint, offline, projects, failed, components, packages, technologies"


def bom(*purls, name="project"):
    """A CycloneDX document."""
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "metadata": {"component": {"bom-ref": name, "type": "application", "name": name}},
            "components": [{"type": "library", "name": purl, "purl": purl, "bom-ref": purl} for purl in purls],
            "dependencies": [{"ref": name, "dependsOn": list(purls[:1])}],
        }
    )


def write(folder: Path, count: int, broken: int = 0) -> Path:
    """Projects that share a few packages and have one of their own; the last `broken` of them are cut off."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        purls = [SHARED[number % len(SHARED)], SHARED[0], f"pkg:npm/own-{number}@1.0.{number % 3}"]
        text = bom(*dict.fromkeys(purls), name=f"service-{number}")
        cut = number >= count - broken
        (folder / f"service-{number:03}.cdx.json").write_text(text[: len(text) // 2] if cut else text)
    return folder


HERE = partial(local, jobs=1)


def scan(source: Path, store: Path, engine=HERE, **options):
    """A batch of one source, offline."""
    return batch(entries([str(source)]), store, engine, **{"config": Config(), "offline": True} | options)


def content(store: Path):
    """All that a store holds, but for the times of its runs; sorted, for order is nothing that a table keeps."""
    with closing(connect(store, read_only=True)) as connection:
        found = {table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}").fetchall())) for table in TABLES}
        runs = connection.execute(f"SELECT {RUN}, finished IS NOT NULL FROM runs ORDER BY run").fetchall()
    return found | {"runs": runs}


def rows(store: Path, query: str):
    """What a query finds."""
    with closing(connect(store, read_only=True)) as connection:
        return connection.execute(query).fetchall()
