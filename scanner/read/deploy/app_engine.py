"""app.yaml of Google App Engine: the platform, and the language that its runtime names.

Format: https://cloud.google.com/appengine/docs/standard/reference/app-yaml
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.source import Source
from scanner.read.toolchain import tools

FILES = ("app.yaml", "app.yml", "app-*.yaml", "app.*.yaml")
CARRIES = frozenset({"direct", "lines"})
RUNTIME = re.compile(r"(python|php|ruby|go|nodejs|java)(\d)(\d*)$")
WHOLE = frozenset({"nodejs", "java"})
"""Languages whose versions are one number; "python312" is Python 3.12, "nodejs20" is Node.js 20."""
LINE = r"^(runtime):"


class Service(msgspec.Struct):
    runtime: str
    env: str = "standard"


def recognises(head: bytes) -> bool:
    """`runtime` is required; a manifest of Kubernetes under this name has an apiVersion."""
    return bool(re.search(rb"^runtime:", head, re.MULTILINE)) and not re.search(rb"^apiVersion:", head, re.MULTILINE)


def read(source: Source) -> Iterator[Component]:
    """The language, where the runtime has its version. The environment is a key, as in "app-engine:standard"."""
    service = source.yaml(Service)
    line = source.lines(LINE).get("runtime")
    source.key(f"app-engine:{service.env}", line)
    if match := RUNTIME.match(service.runtime):
        language, major, rest = match.groups()
        version = major + rest if language in WHOLE or not rest else f"{major}.{rest}"
        yield tools.component(source, language, version, line)
