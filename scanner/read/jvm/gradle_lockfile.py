"""gradle.lockfile of Gradle, and the older one file per configuration.

Format: https://docs.gradle.org/current/userguide/dependency_locking.html
"""

import re
from collections.abc import Iterator

from scanner.model import Component, Scope
from scanner.read.source import Source

FILES = ("gradle.lockfile", "buildscript-gradle.lockfile", "gradle/dependency-locks/*.lockfile")
CARRIES = frozenset({"scope", "lines"})
ENTRY = re.compile(r"([^:\s=]+):([^:\s=]+):([^:\s=]+)(?:=(\S*))?$")


def read(source: Source) -> Iterator[Component]:
    """Every locked module, with the scope that its configurations tell."""
    default = source.path.rpartition("/")[2].removesuffix(".lockfile")
    for number, raw in enumerate(source.text.splitlines(), 1):
        text = raw.strip()
        if not text or text.startswith(("#", "empty=")):
            continue
        match = ENTRY.match(text)
        if match is None:
            source.error(f"{text[:80]!r} is no group:name:version", f"line {number}")
        group, name, version, configurations = match.groups()
        scope = _scope((configurations or default).split(","), default.startswith("buildscript"))
        yield source.component("maven", f"{group}/{name}", version, line=number, scope=scope)


def _scope(configurations: list[str], buildscript: bool) -> Scope:
    """Configurations are named freely; Gradle's own end in Classpath, and those for tests say so."""
    others = [name for name in configurations if "test" not in name.lower()]
    if not others:
        return "test"
    if buildscript or not any(name.endswith("Classpath") or name == "gradle" for name in others):
        return "build"
    return "runtime"
