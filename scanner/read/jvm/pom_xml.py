"""pom.xml of Maven: the dependencies that a project declares. What they depend on in turn, only Maven knows.

Format: https://maven.apache.org/pom.html#Dependencies
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.model import Component, Scope
from scanner.read.jvm import pom
from scanner.read.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FILES = ("pom.xml",)
CARRIES = frozenset({"scope", "direct", "lines"})
LINE = r"<dependency\b(?:(?!</?dependency\b)[\s\S])*?<(artifactId)\b"
PLACES = ("./dependencies/dependency", "./profiles/profile/dependencies/dependency")


def read(source: Source) -> Iterator[Component]:
    """Every declared dependency that is not a module of the project itself."""
    model = pom.load(source)
    bare = Source(source.path, _without_comments(source.data))
    lines = dict(bare.lines_of(list(model.project.iter("dependency")), LINE))
    for place in PLACES:
        for element in model.project.findall(place):
            coordinates = model.coordinates(element)
            version = model.value(pom.text(element, "version")) or model.managed.get(coordinates, "")
            if model.is_part(coordinates, version):
                continue
            if "${" in "".join(coordinates):
                shown = f"{coordinates.group}:{coordinates.name}"
                source.gap(f"{shown[:120]} depends on a property that no file here sets", f"line {lines[element]}")
                continue
            scope = _scope(model, element)
            yield _component(source, coordinates, version, scope, lines[element])


def _without_comments(data: bytes) -> bytes:
    """The same with as many lines, for a comment may hold a dependency that was."""
    parts, end = [], 0
    while (start := data.find(b"<!--", end)) >= 0 and (close := data.find(b"-->", start)) >= 0:
        parts += [data[end:start], b"\n" * data.count(b"\n", start, close)]
        end = close
    return b"".join([*parts, data[end:]])


def _component(source: Source, coordinates: pom.Coordinates, version: str, scope: Scope, line: int | None) -> Component:
    group, name = coordinates
    if not group or not name:
        source.error("a dependency has no groupId or no artifactId", f"line {line}" if line else "")
    known = version and not set(version) & set("${}[](),")
    return source.component("maven", f"{group}/{name}", version if known else None, line=line, scope=scope, direct=True)


def _scope(model: pom.Model, element: "Element") -> Scope:
    """What is provided is there at run time, only not by this build."""
    scope = model.value(pom.text(element, "scope")) or model.scopes.get(model.artifact(element), "")
    if scope == "test":
        return "test"
    return "optional" if model.value(pom.text(element, "optional")) == "true" else "runtime"
