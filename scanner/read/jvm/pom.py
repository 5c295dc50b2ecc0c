"""Maven's project object model, as far as files of the project tell it: parents, properties, managed versions, modules.

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
MAX_MODULES = 500
MAX_LENGTH = 4096
"""Of a value; properties that double each other grow without end."""


class Coordinates(NamedTuple):
    group: str
    name: str


class Model(NamedTuple):
    """One pom.xml and its local parents, nearest first."""

    lineage: list[tuple[str, "Element"]]
    """Folder, relative to that of the first, and project element."""
    properties: Mapping[str, str]
    managed: Mapping[Coordinates, str]

    def value(self, text: str) -> str:
        """`text` with its properties replaced, as far as they are known."""
        for _ in range(MAX_PARENTS):
            text = text[:MAX_LENGTH]
            found = PROPERTY.sub(lambda match: self.properties.get(match[1].strip(), match[0]), text)
            if found == text:
                break
            text = found
        return text[:MAX_LENGTH]

    def coordinates(self, element: "Element") -> Coordinates:
        return Coordinates(self.value(text(element, "groupId")), self.value(text(element, "artifactId")))


def load(source: Source) -> Model:
    """The model of `source`. Raises ReadError; a parent that cannot be read is a gap."""
    root = source.xml()
    if root.tag != "project":
        source.error(f"has {str(root.tag)[:60]!r} where project is expected")
    lineage = [(".", root), *_parents(source, root)]
    properties: dict[str, str] = {}
    for _, project in reversed(lineage):
        properties |= _properties(project)
    model = Model(lineage, properties, {})
    managed = {
        model.coordinates(element): model.value(text(element, "version"))
        for _, project in reversed(lineage)
        for element in project.findall("./dependencyManagement/dependencies/dependency")
    }
    return model._replace(managed=managed)


def modules(source: Source, model: Model) -> set[Coordinates]:
    """The project's own modules, as the local parents list them."""
    found = {_own(model, project) for _, project in model.lineage}
    open_ = [(folder, name) for folder, project in model.lineage for name in _modules(project)]
    for folder, name in open_:
        if len(open_) > MAX_MODULES:
            break
        place = posixpath.normpath(posixpath.join(folder, name))
        neighbour = source.neighbour(place if place.endswith(".xml") else f"{place}/pom.xml")
        if neighbour is None:
            continue
        try:
            project = neighbour.xml()
        except ReadError:
            continue  # the walk reads it too, and says so
        found.add(_own(model, project))
        open_ += [(place, inner) for inner in _modules(project)]
    return found


def text(element: "Element", tag: str) -> str:
    """The text of a child, or ""."""
    return (element.findtext(tag) or "").strip()


def _parents(source: Source, project: "Element") -> Iterator[tuple[str, "Element"]]:
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
        yield folder, project


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


def _own(model: Model, project: "Element") -> Coordinates:
    group = text(project, "groupId")
    parent = project.find("parent")
    if not group and parent is not None:
        group = text(parent, "groupId")
    return Coordinates(model.value(group), model.value(text(project, "artifactId")))


def _modules(project: "Element") -> Iterator[str]:
    for place in ("./modules/module", "./subprojects/subproject", "./profiles/profile/modules/module"):
        yield from ((element.text or "").strip() for element in project.findall(place))
