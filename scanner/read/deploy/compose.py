"""Compose files: the images that a project runs.

Format: https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read.deploy import image
from scanner.read.source import Source

FILES = ("docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml")
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"^[ \t]*image:\s*[\"']?([^\s\"'#]+)"
SETTING = re.compile(r"^[ \t]*(?:export\s+)?([A-Za-z_]\w*)=[\"']?([^\s\"'#]*)", re.MULTILINE)


class Service(msgspec.Struct):
    image: str | None = None
    build: object = None


class Compose(msgspec.Struct):
    services: dict[str, Service | None] = {}


def read(source: Source) -> Iterator[Component]:
    """The image of each service that is not built here."""
    compose = source.yaml(Compose)
    lines = source.lines(LINE)
    defaults = source.neighbour(".env")
    values = dict(SETTING.findall(defaults.text)) if defaults else {}
    for service in compose.services.values():
        if service and service.image and not service.build:
            line = lines.get(service.image)
            found = image.component(source, service.image, values, line=line, scope=_scope(source.path))
            if found:
                yield found


def _scope(path: str) -> Scope:
    """What the file is for, by its name: "docker-compose.test.yml"."""
    words = set(re.split(r"[\W_]+", path.rpartition("/")[2]))
    if words & {"test", "tests", "ci", "e2e"}:
        return "test"
    return "development" if words & {"dev", "development", "local", "override"} else "runtime"
