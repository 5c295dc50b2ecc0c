"""SPDX documents in RDF/XML, versions 2.0 to 2.3.

Specification: https://spdx.github.io/spdx-spec/v2.3/RDF-object-model-and-identifier-syntax/
Ontology: https://spdx.org/rdf/terms/
"""

import html
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from scanner.model import Component
from scanner.read.sbom import rdf, spdx
from scanner.read.sbom.lines import Lines
from scanner.read.sbom.rdf import TYPE, Node
from scanner.read.sbom.spdx import Checksum, Document, ExternalDocument, ExternalRef, Package, Relationship
from scanner.read.source import Source

FILES = ("*.spdx.rdf", "*.spdx.rdf.xml", "*.spdx.xml", "*.rdf")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
PURL = r"referenceLocator[^<>]{0,100}>\s*+(pkg:[^<\s]+)"
REFERENCE = r"""Package\s+rdf:(?:about|ID)\s*=\s*["']([^"']+)"""
TERMS = "spdx.org/rdf/terms"


def recognises(head: bytes) -> bool:
    """RDF that uses SPDX's words."""
    return b"RDF" in head and TERMS.encode() in head


def read(source: Source) -> Iterator[Component]:
    """Every package, with the edges of the relationships."""
    nodes = rdf.nodes(source)
    documents = [node for node in nodes.values() if "SpdxDocument" in node.get(TYPE, ())]
    if not documents:
        source.error("describes no SPDX document")
    document = Document(
        spdx_version=_one(documents[0], "specVersion"),
        packages=[*_packages(nodes)],
        relationships=[*_relationships(nodes)],
        document_describes=[id for node in documents for id in node.get("describesPackage", ())],
        external_document_refs=[
            ExternalDocument(_one(nodes.get(id, {}), "spdxDocument") or id)
            for node in documents
            for id in node.get("externalDocumentRef", ())
        ],
    )
    return spdx.components(source, document, Lines(source, PURL, REFERENCE, unescape=html.unescape).of)


def _packages(nodes: Mapping[str, Node]) -> Iterator[Package]:
    licences = cache(partial(_licence, nodes))  # sets of licences are shared
    for id, node in nodes.items():
        if "Package" in node.get(TYPE, ()):
            yield _package(nodes, id, licences)


def _package(nodes: Mapping[str, Node], id: str, licences: Callable[[str | None], str | None]) -> Package:
    node = nodes[id]
    references = [nodes.get(reference, {}) for reference in node.get("externalRef", ())]
    checksums = [nodes.get(checksum, {}) for checksum in node.get("checksum", ())]
    return Package(
        id=id,
        name=_one(node, "name"),
        version_info=_one(node, "versionInfo"),
        download_location=_term(_one(node, "downloadLocation")),
        license_declared=licences(_one(node, "licenseDeclared")),
        license_concluded=licences(_one(node, "licenseConcluded")),
        primary_package_purpose=(_term(_one(node, "primaryPackagePurpose")) or "").removeprefix("purpose_").upper(),
        external_refs=[ExternalRef(_one(item, "referenceType"), _one(item, "referenceLocator")) for item in references],
        checksums=[
            Checksum((_term(_one(item, "algorithm")) or "").removeprefix("checksumAlgorithm_"), value)
            for item in checksums
            if (value := _one(item, "checksumValue"))
        ],
    )


def _relationships(nodes: Mapping[str, Node]) -> Iterator[Relationship]:
    for id, node in nodes.items():
        for reference in node.get("relationship", ()):
            relationship = nodes.get(reference, {})
            other, kind = _one(relationship, "relatedSpdxElement"), _term(_one(relationship, "relationshipType"))
            if other and kind:
                yield Relationship(id, _constant(kind.removeprefix("relationshipType_")), other)


def _licence(nodes: Mapping[str, Node], id: str | None) -> str | None:
    """A licence of SPDX's list, a reference to the document's own, or the members of a set of them."""
    node = nodes.get(id or "", {})
    kinds = node.get(TYPE, ())
    for kind, word in (("ConjunctiveLicenseSet", " AND "), ("DisjunctiveLicenseSet", " OR ")):
        if kind in kinds:
            members = [_licence_id(nodes, member) for member in node.get("member", ())]
            return f"({word.join(filter(None, members))})"
    return _licence_id(nodes, id)


def _licence_id(nodes: Mapping[str, Node], id: str | None) -> str | None:
    text = _one(nodes.get(id or "", {}), "licenseId") or (id or "").rpartition("/")[2]
    text = text.rpartition("#")[2]
    return text.upper() if text in ("noassertion", "none") else text or None


def _one(node: Node, name: str) -> str | None:
    return next(iter(node.get(name, ())), None)


def _term(address: str | None) -> str | None:
    """The last part of the address of one of SPDX's words."""
    return address.rpartition("#")[2] if address and TERMS in address else address


def _constant(name: str) -> str:
    """dependsOn, as the ontology writes it, in the spelling of the other encodings: DEPENDS_ON."""
    return "".join(f"_{char}" if char.isupper() else char for char in name).upper()
