"""stack.yaml.lock of Stack.

Format: https://docs.haskellstack.org/en/stable/topics/lock_files/
"""

import re
from collections.abc import Iterator

import msgspec

from scanner.model import Component
from scanner.read import registry
from scanner.read.source import Source

FILES = ("stack.yaml.lock",)
CARRIES = frozenset({"direct", "lines", "hashes"})
LINE = r"^[ \t]*(?:-[ \t]+)?(?:hackage|name):\s*[\"']?([^\s\"'@]+)"
HACKAGE = re.compile(r"(.+)-(\d+(?:\.\d+)*)(?:@(?:sha256:([0-9a-f]+)|rev:\d+).*)?$")


class Completed(msgspec.Struct):
    """One of these is there: a package of Hackage, of a repository, or an archive."""

    hackage: str | None = None
    name: str | None = None
    version: str | None = None
    git: str | None = None
    commit: str | None = None
    url: str | None = None
    sha256: str | None = None


class Package(msgspec.Struct):
    completed: Completed


class Lock(msgspec.Struct):
    packages: list[Package]


def read(source: Source) -> Iterator[Component]:
    """The extra packages that stack.yaml asks for; those of the snapshot stand elsewhere."""
    lines = source.lines(LINE)
    for package in source.yaml(Lock).packages:
        found = package.completed
        if found.hackage:
            match = HACKAGE.match(found.hackage)
            if match is None:
                source.error(f"{found.hackage[:80]!r} is no package of Hackage")
            hashes = (f"sha256:{match[3]}",) if match[3] else ()
            line = lines.get(found.hackage.partition("@")[0])
            yield source.component("hackage", match[1], match[2], line=line, direct=True, hashes=hashes)
        elif found.name:
            qualifiers = registry.git(found.git, found.commit) if found.git else {"download_url": found.url or ""}
            yield source.component(
                "hackage",
                found.name,
                found.version,
                line=lines.get(found.name),
                direct=True,
                hashes=(f"sha256:{found.sha256}",) if found.sha256 else (),
                qualifiers={key: value for key, value in qualifiers.items() if value},
            )
