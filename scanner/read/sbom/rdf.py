"""RDF/XML as a graph: for each node what is said of it, by the local names of its properties.

Specification: https://www.w3.org/TR/rdf-syntax-grammar/ (without collections, reification and languages)
"""

from typing import TYPE_CHECKING

from scanner.read.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Node = dict[str, list[str]]
"""Texts, and identifiers of other nodes, by property; its type is under TYPE."""

TYPE = "type"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def nodes(source: Source) -> dict[str, Node]:
    """All nodes by identifier: an address, or what only this document knows them by. Raises ReadError."""
    root = source.xml()
    if root.tag != "RDF":
        source.error(f"its root is <{root.tag[:40]}>, not <rdf:RDF>")
    graph: dict[str, Node] = {}
    open_ = [(element, _identifier(element, index)) for index, element in enumerate(root)]
    for element, id in open_:
        node = graph.setdefault(id, {})
        if element.tag != "Description":
            node.setdefault(TYPE, []).append(element.tag)
        for name, value in element.attrib.items():
            if not name.startswith(_RDF):
                node.setdefault(name.rpartition("}")[2], []).append(value)
        for part in element:
            open_ += _property(node, part, len(open_))
    return graph


def _property(node: Node, element: "Element", number: int) -> "list[tuple[Element, str]]":
    """Add what a property says of its node; the nodes that are written inside it."""
    values = node.setdefault(element.tag, [])
    target = element.get(f"{_RDF}resource") or element.get(f"{_RDF}nodeID")
    if target is not None:
        values.append(target.rpartition("terms#")[2] if element.tag == TYPE else target)
        return []
    if element.get(f"{_RDF}parseType") == "Resource":
        id = f"_:inside-{number}"
        values.append(id)
        return [(element, id)]
    inside = [(child, _identifier(child, f"{number}-{index}")) for index, child in enumerate(element)]
    values += [id for _, id in inside] or [(element.text or "").strip()]
    return inside


def _identifier(element: "Element", number: int | str) -> str:
    own = element.get(f"{_RDF}about") or element.get(f"{_RDF}nodeID")
    if own is None and (fragment := element.get(f"{_RDF}ID")):
        own = f"#{fragment}"
    return own or f"_:blank-{number}"
