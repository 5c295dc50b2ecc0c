"""Helm charts: what a chart depends on, from Chart.lock where it is there, else from Chart.yaml.

Format: https://helm.sh/docs/topics/charts/#chart-dependencies
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component
from scanner.read import registry
from scanner.read.source import Source

FILES = ("Chart.yaml", "Chart.lock", "requirements.yaml", "requirements.lock")
CARRIES = frozenset({"direct", "lines"})
LINE = r"^[ \t]*(?:-[ \t]+)?name:\s*[\"']?([^\s\"'#]+)"
EXACT = re.compile(r"v?\d+\.\d+\.\d+[\w.+-]*$")
LOCKS = {"Chart.yaml": "Chart.lock", "requirements.yaml": "requirements.lock"}


class Wish(msgspec.Struct):
    name: str
    version: str | None = None
    repository: str | None = None


class Chart(msgspec.Struct):
    dependencies: list[Wish] | None = None


def recognises(head: bytes) -> bool:
    """Ansible calls its files requirements.yaml too; those list roles and collections."""
    return re.search(rb"^(?:apiVersion|dependencies|generated|digest)\s*:", head, re.MULTILINE) is not None


def read(source: Source) -> Iterator[Component]:
    """Every chart that is asked for; those at a path are parts of the project."""
    lock = LOCKS.get(source.path.rpartition("/")[2])
    if lock and source.neighbour(lock):
        return
    lines = source.lines(LINE)
    for wish in source.yaml(Chart).dependencies or []:
        if (wish.repository or "file:").startswith("file:"):
            continue
        version = wish.version if wish.version and EXACT.match(wish.version) else None
        yield source.component(
            "helm", wish.name, version, line=lines.get(wish.name), direct=True, qualifiers=_origin(wish)
        )


def _origin(wish: Wish) -> Mapping[str, str] | None:
    """There is no usual repository of charts: each is named, if only by a name of the user's own ("@stable")."""
    return {"repository_url": registry.without_secrets(wish.repository)} if wish.repository else None
