"""CycloneDX bills of materials in XML, versions 1.0 to 1.7, streamed.

Standard: ECMA-424, https://cyclonedx.org/docs/1.7/xml/
Dependencies of version 1.1 stand in an extension of the same words: https://cyclonedx.org/ext/dependency-graph/
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.sbom import cyclonedx
from scanner.read.sbom.cyclonedx import (
    Bom,
    Choice,
    Composition,
    Dependency,
    Hash,
    Licence,
    Metadata,
    Property,
    Reference,
)
from scanner.read.sbom.xml_items import Element, items
from scanner.read.source import Source

FILES = ("*bom.xml", "*.cdx.xml", "*cyclonedx*.xml")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
NAMESPACE = "http://cyclonedx.org/schema/bom/"
GRAPH = "http://cyclonedx.org/schema/ext/dependency-graph/"
IGNORED = frozenset(
    {
        "pedigree", "evidence", "tools", "releaseNotes", "modelCard", "cryptoProperties", "vulnerabilities",
        "annotations", "formulation", "declarations", "definitions", "citations", "patents",
    }
)  # fmt: skip
"""What they hold is about the parts of the project, or is no part of it."""


class Node(cyclonedx.Node):
    """A component or a service, with its line."""

    line: int | None = None


def recognises(head: bytes) -> bool:
    """The namespace stands on the root element."""
    return NAMESPACE.encode() in head


def read(source: Source) -> Iterator[Component]:
    """Every component and service, with the edges of `dependencies`."""
    bom = Bom()
    components: list[cyclonedx.Node] = []
    services: list[cyclonedx.Node] = []
    references: list[Reference] = []
    dependencies: list[Dependency] = []
    compositions: list[Composition] = []
    for section, element in items(source, (NAMESPACE, GRAPH), IGNORED):
        match section, element.tag:
            case "", _:
                bom.spec_version = element.attributes["xmlns"].removeprefix(NAMESPACE)
                bom.serial_number = element.attributes.get("serialNumber")
            case "metadata", "component":
                bom.metadata = Metadata(component=_node(element))
            case "components", "component":
                components.append(_node(element))
            case "services", "service":
                services.append(_node(element))
            case "externalReferences", "reference":
                references.append(_reference(element))
            case "dependencies", "dependency":
                dependencies += _dependencies(source, element)
            case "compositions", "composition":
                compositions += [Composition(aggregate=item.text) for item in element.all("aggregate")]
    bom.components, bom.services, bom.external_references = components, services, references
    bom.dependencies, bom.compositions = dependencies, compositions
    return cyclonedx.components(source, bom, lambda node: node.line if isinstance(node, Node) else None)


def _node(element: Element) -> Node:
    fields = {child.tag: child.text for child in element.children if not child.children}
    return Node(
        name=fields.get("name"),
        group=fields.get("group"),
        version=fields.get("version"),
        type=element.attributes.get("type"),
        purl=fields.get("purl"),
        scope=fields.get("scope"),
        ref=element.attributes.get("bom-ref"),
        licenses=[*_licences(element)],
        hashes=[Hash(item.attributes.get("alg", ""), item.text) for item in element.all("hashes", "hash")],
        external_references=[_reference(item) for item in element.all("externalReferences", "reference")],
        properties=[Property(item.attributes.get("name"), item.text) for item in element.all("properties", "property")],
        components=[_node(item) for item in element.all("components", "component")],
        services=[_node(item) for item in element.all("services", "service")],
        line=element.line,
    )


def _licences(element: Element) -> Iterator[Choice]:
    for item in element.all("licenses", "expression"):
        yield Choice(expression=item.text)
    for item in element.all("licenses", "license"):
        fields = {child.tag: child.text for child in item.children}
        yield Choice(license=Licence(id=fields.get("id"), name=fields.get("name")))


def _reference(element: Element) -> Reference:
    url = "".join(child.text for child in element.all("url"))
    return Reference(type=element.attributes.get("type"), url=url)


def _dependencies(source: Source, element: Element) -> Iterator[Dependency]:
    """Version 1.1 may nest them further than one level."""
    inner = element.all("dependency")
    ref = element.attributes.get("ref")
    if ref is None:
        source.gap("dependency dropped: it has no ref", f"line {element.line}")
    else:
        yield Dependency(ref, [item.attributes["ref"] for item in inner if "ref" in item.attributes])
    for item in inner:
        if item.children:
            yield from _dependencies(source, item)
