"""Compose files: the images that a project runs.

Format: https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from scanner.errors import ReadError
from scanner.model import Component, Location, Scope
from scanner.read.deploy import dockerfile, image
from scanner.read.source import Source

FILES = ("docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml")
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r"(?:^|[{,])[ \t]*image:[ \t]*[\"']?((?:\$\{[^}\n]{0,200}\}|[^\s\"'#,{}])+)"
INLINE = "dockerfile_inline"
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
    for name, service in compose.services.items():
        if service and isinstance(service.build, dict) and isinstance(service.build.get(INLINE), str):
            yield from _inline(source, service.build[INLINE], f"$.services.{name[:60]}.build.{INLINE}")
        if service and service.image and not service.build:
            line = lines.get(service.image)
            found = image.component(source, service.image, values, line=line, scope=_scope(source.path))
            if found:
                yield found


def _inline(source: Source, text: str, place: str) -> Iterator[Component]:
    """The images of a Dockerfile that stands in the file."""
    inner = Source(source.path, text.encode())
    try:
        for component in dockerfile.read(inner):
            yield replace(component, locations=(Location(path=source.path),))
    except ReadError as error:
        source.gap(error.message, place)
    source.gaps += inner.gaps


def _scope(path: str) -> Scope:
    """What the file is for, by its name: "docker-compose.test.yml"."""
    words = set(re.split(r"[\W_]+", path.rpartition("/")[2]))
    if words & {"test", "tests", "ci", "e2e"}:
        return "test"
    return "development" if words & {"dev", "development", "local", "override"} else "runtime"
