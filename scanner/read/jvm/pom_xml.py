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
LINE = r"<!--[\s\S]*?-->|<dependency\b(?:(?!</?dependency\b)[\s\S])*?<(artifactId)\b"
PLACES = ("./dependencies/dependency", "./profiles/profile/dependencies/dependency")


def read(source: Source) -> Iterator[Component]:
    """Every declared dependency that is not a module of the project itself."""
    model = pom.load(source)
    _, project = model.lineage[0]
    own = pom.modules(source, model)
    lines = dict(source.lines_of(list(project.iter("dependency")), LINE))
    for place in PLACES:
        for element in project.findall(place):
            coordinates = model.coordinates(element)
            if coordinates in own:
                continue
            if "${" in "".join(coordinates):
                shown = f"{coordinates.group}:{coordinates.name}"
                source.gap(f"{shown[:120]} depends on a property that no file here sets", f"line {lines[element]}")
                continue
            yield _component(source, model, element, coordinates, lines[element])


def _component(
    source: Source, model: pom.Model, element: "Element", coordinates: pom.Coordinates, line: int | None
) -> Component:
    group, name = coordinates
    if not group or not name:
        source.error("a dependency has no groupId or no artifactId", f"line {line}" if line else "")
    version = model.value(pom.text(element, "version")) or model.managed.get(coordinates, "")
    known = version and not set(version) & set("${}[](),")
    return source.component(
        "maven", f"{group}/{name}", version if known else None, line=line, scope=_scope(model, element), direct=True
    )


def _scope(model: pom.Model, element: "Element") -> Scope:
    """What is provided is there at run time, only not by this build."""
    scope = model.value(pom.text(element, "scope"))
    if scope == "test":
        return "test"
    return "optional" if model.value(pom.text(element, "optional")) == "true" else "runtime"
