"""Maven's project object model, as far as files of the project tell it: parents, properties and managed versions.

Format: https://maven.apache.org/ref/current/maven-model/maven.html
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import ReadError
from scanner.read.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PROPERTY = re.compile(r"\$\{([^${}]+)\}")
MAX_PARENTS = 16
MAX_LENGTH = 4096
"""Of a value; properties that double each other grow without end."""


class Coordinates(NamedTuple):
    group: str
    name: str


class Model(NamedTuple):
    """One pom.xml, with what it has from its parents in the project."""

    project: "Element"
    properties: Mapping[str, str]
    managed: Mapping[Coordinates, str]
    scopes: Mapping[tuple[str, ...], str]
    """Managed ones, by what they are managed for: an archive of tests has another than its library."""
    groups: frozenset[str]

    def value(self, text: str) -> str:
        """`text` with its properties replaced, as far as they are known."""
        return _expand(text, self.properties)

    def is_part(self, coordinates: Coordinates, version: str) -> bool:
        """Whether this is a module of the project: of its group, or that of a parent in it, and of its version."""
        return bool(version) and version == self.properties["version"] and coordinates.group in self.groups

    def coordinates(self, element: "Element") -> Coordinates:
        return Coordinates(self.value(text(element, "groupId")), self.value(text(element, "artifactId")))

    def artifact(self, element: "Element") -> tuple[str, ...]:
        """The coordinates, type and classifier, by which Maven finds what is managed."""
        return *self.coordinates(element), text(element, "type") or "jar", text(element, "classifier")


def load(source: Source) -> Model:
    """The model of `source`. Raises ReadError; a parent that cannot be read is a gap."""
    root = source.xml()
    if root.tag != "project":
        source.error(f"has {str(root.tag)[:60]!r} where project is expected")
    lineage = [root, *_parents(source, root)]
    properties: dict[str, str] = {}
    groups = set()
    for project in reversed(lineage):
        properties |= _properties(project)
        groups.add(properties["project.groupId"])
    properties["version"] = _expand(properties["version"], properties)
    model = Model(root, properties, {}, {}, frozenset(groups))
    elements = [
        element
        for project in reversed(lineage)
        for element in project.findall("./dependencyManagement/dependencies/dependency")
    ]
    return model._replace(
        managed={model.coordinates(element): model.value(text(element, "version")) for element in elements},
        scopes={model.artifact(element): model.value(text(element, "scope")) for element in elements},
    )


def text(element: "Element", tag: str) -> str:
    """The text of a child, or ""."""
    return (element.findtext(tag) or "").strip()


def _expand(text: str, properties: Mapping[str, str]) -> str:
    for _ in range(MAX_PARENTS):
        text = text[:MAX_LENGTH]
        found = PROPERTY.sub(lambda match: properties.get(match[1].strip(), match[0]), text)
        if found == text:
            break
        text = found
    return text[:MAX_LENGTH]


def _parents(source: Source, project: "Element") -> Iterator["Element"]:
    """The parents that lie in the project; an empty relativePath says that there is none."""
    folder = "."
    for _ in range(MAX_PARENTS):
        parent = project.find("parent")
        if parent is None:
            return
        given = parent.find("relativePath")
        path = "../pom.xml" if given is None else (given.text or "").strip()
        if not path:
            return
        place = posixpath.normpath(posixpath.join(folder, path if path.endswith(".xml") else f"{path}/pom.xml"))
        neighbour = source.neighbour(place)
        if neighbour is None:
            return
        try:
            project = neighbour.xml()
        except ReadError as error:
            source.gap(f"its parent {neighbour.path} cannot be read: {error.message}")
            return
        if text(project, "artifactId") != text(parent, "artifactId"):
            return
        folder = posixpath.dirname(place) or "."
        yield project


def _properties(project: "Element") -> dict[str, str]:
    parent = project.find("parent")
    found: dict[str, str] = {}
    for tag in ("groupId", "artifactId", "version"):
        above = text(parent, tag) if parent is not None else ""
        own = text(project, tag) or (above if tag != "artifactId" else "")
        found |= {f"project.parent.{tag}": above, f"project.{tag}": own, f"pom.{tag}": own}
    found["version"] = found["project.version"]
    for place in ("./properties", "./profiles/profile/properties"):
        for element in project.findall(place):
            found |= {child.tag: (child.text or "").strip() for child in element if isinstance(child.tag, str)}
    return found
