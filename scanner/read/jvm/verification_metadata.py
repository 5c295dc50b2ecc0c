"""gradle/verification-metadata.xml of Gradle: everything that a build may download, with its hashes.

Format: https://docs.gradle.org/current/userguide/dependency_verification.html
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.source import Source

FILES = ("verification-metadata.xml",)
CARRIES = frozenset({"lines", "hashes"})
LINE = r"<component\b[^<>]*\b(name)="
HASHES = ("sha512", "sha256", "sha1", "md5")


def read(source: Source) -> Iterator[Component]:
    """Every component, also of plugins and parents; the hashes are those of its archives, not of its metadata."""
    root = source.xml()
    if root.tag != "verification-metadata":
        source.error("is no verification metadata of Gradle")
    for element, line in source.lines_of(list(root.iter("component")), LINE):
        group, name, version = (element.get(key) or "" for key in ("group", "name", "version"))
        if not group or not name:
            source.error("a component has no group or no name", f"line {line}" if line else "")
        archives = [
            item for item in element.iter("artifact") if not str(item.get("name")).endswith((".pom", ".module"))
        ]
        hashes = [f"{kind}:{found.get('value')}" for item in archives for kind in HASHES for found in item.iter(kind)]
        yield source.component("maven", f"{group}/{name}", version or None, line=line, hashes=tuple(hashes))
