"""Package.resolved of the Swift Package Manager, versions 1 to 3.

Format: https://github.com/swiftlang/swift-package-manager/blob/main/Documentation/Usage.md#resolving-versions-packageresolved-file
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read.source import Source

FILES = ("Package.resolved", ".package.resolved")
CARRIES = frozenset({"lines"})
LINE = r'"(?:location|repositoryURL|identity)"\s*:\s*"([^"]+)"'
ADDRESS = re.compile(r"(?:[a-z+]+://)?(?:[^/@]*@)?([^/:]+)(?::\d+(?=/))?[:/](.+)")


class State(msgspec.Struct):
    version: str | None = None
    revision: str | None = None


class Pin(msgspec.Struct):
    state: State
    identity: str | None = None
    kind: str = "remoteSourceControl"
    location: str | None = None
    repository: str | None = msgspec.field(name="repositoryURL", default=None)


class Pins(msgspec.Struct):
    pins: list[Pin]


class Lock(msgspec.Struct):
    version: int
    pins: list[Pin] | None = None
    object: Pins | None = None
    """In version 1."""


def read(source: Source) -> Iterator[Component]:
    """Every pinned package, named by its repository; one pinned to a branch has the commit as its version."""
    lock = source.json(Lock)
    if lock.version not in (1, 2, 3):
        source.error(f"version {lock.version} is not known; 1, 2 and 3 are", "$.version")
    lines = source.lines(LINE)
    for pin in lock.pins or (lock.object.pins if lock.object else []):
        if pin.kind == "localSourceControl":
            continue
        address = pin.location or pin.repository or ""
        name = _name(address) or (pin.identity or "").replace(".", "/", 1)
        line = lines.get(address.replace("/", r"\/")) or lines.get(address) or lines.get(pin.identity or "")
        yield source.component("swift", name, pin.state.version or pin.state.revision, line=line)


def _name(address: str) -> str | None:
    """Host and path: "github.com/apple/swift-nio" for https://github.com/apple/swift-nio.git."""
    match = ADDRESS.match(address)
    return f"{match[1].lower()}/{match[2].strip('/').removesuffix('.git')}" if match else None
