"""SPDX 3.0 documents in JSON-LD.

Specification: https://spdx.github.io/spdx-spec/v3.0.1/serializations/ and …/v3.0.1/model/Software/Classes/Package/
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from scanner.model import SCOPES, Component
from scanner.read.sbom import relationships, salvage, spdx
from scanner.read.sbom.lines import Lines
from scanner.read.sbom.relationships import Edge
from scanner.read.sbom.spdx import Checksum, ExternalRef, Package
from scanner.read.source import Source

FILES = ("*.spdx3.json", "*.spdx.json", "*spdx*.json", "*bom.json", "*.spdx.jsonld", "*.spdx3.jsonld")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
PURL = r'"(?:software_packageUrl|identifier)"\s*:\s*"(pkg:[^"]+)"'
REFERENCE = r'"spdxId"\s*:\s*"([^"]+)"'
PACKAGES = frozenset({"software_Package", "ai_AIPackage", "dataset_DatasetPackage"})
COLLECTIONS = frozenset({"SpdxDocument", "software_Sbom", "Bom", "Bundle"})
LICENCES = ("hasDeclaredLicense", "hasConcludedLicense")
LISTED = "spdx.org/licenses/"


class Identifier(msgspec.Struct, rename="camel", gc=False):
    external_identifier_type: str | None = None
    identifier: str | None = None


class Hash(msgspec.Struct, rename="camel", gc=False):
    algorithm: str | None = None
    hash_value: str | None = None


class ExternalMap(msgspec.Struct, rename="camel"):
    external_spdx_id: str | None = None


class Element(msgspec.Struct, rename="camel", gc=False):
    """Any element of the graph, with the properties that are used."""

    type: str | None = None
    id: str | None = msgspec.field(name="spdxId", default=None)
    name: str | None = None
    version: str | None = msgspec.field(name="software_packageVersion", default=None)
    purl: str | None = msgspec.field(name="software_packageUrl", default=None)
    download: str | None = msgspec.field(name="software_downloadLocation", default=None)
    licence: str | None = msgspec.field(name="simplelicensing_licenseExpression", default=None)
    external_identifier: list[Identifier] | None = None
    verified_using: list[Hash] | None = None
    root_element: list[str] | str | None = None
    imports: list[ExternalMap] | None = msgspec.field(name="import", default=None)
    relationship_type: str | None = None
    source: str | None = msgspec.field(name="from", default=None)
    to: list[str] | str | None = None
    scope: str | None = None


class Graph(msgspec.Struct):
    elements: list[Element] | None = msgspec.field(name="@graph", default=None)


def recognises(head: bytes) -> bool:
    """The context that every document names, or what its elements have in common."""
    start = head.lstrip()
    return start.startswith(b"{") and (b"spdx.org/rdf/3" in head or (b'"@graph"' in head and b'"spdxId"' in head))


def read(source: Source) -> Iterator[Component]:
    """Every package, AI model and data set, with the edges of the relationships."""
    elements = salvage.from_json(source, Graph).elements
    if elements is None:
        source.error("has no elements", "$.@graph")
    links = [element for element in elements if element.relationship_type]
    licences = _licences(elements, links)
    found = [_package(element, licences.get(element.id or "", {})) for element in elements if element.type in PACKAGES]
    others = [item.external_spdx_id for element in elements for item in element.imports or () if item.external_spdx_id]
    line_of = Lines(source, PURL, REFERENCE).of
    return spdx.packages(source, found, _edges(links), [*_described(elements, links)], others, line_of)


def _package(element: Element, licences: Mapping[str, str]) -> Package:
    identifiers = [item for item in element.external_identifier or () if item.external_identifier_type == "packageUrl"]
    purls = dict.fromkeys([element.purl, *(item.identifier for item in identifiers)])
    return Package(
        id=element.id,
        name=element.name,
        version_info=element.version,
        download_location=element.download,
        license_declared=licences.get(LICENCES[0]),
        license_concluded=licences.get(LICENCES[1]),
        external_refs=[ExternalRef("purl", text) for text in purls if text],
        checksums=[
            Checksum(item.algorithm, item.hash_value)
            for item in element.verified_using or ()
            if item.algorithm and item.hash_value
        ],
    )


def _licences(elements: Sequence[Element], links: Sequence[Element]) -> dict[str, dict[str, str]]:
    """Licence expressions by package and kind of relationship."""
    expressions = {element.id: element.licence for element in elements if element.licence}
    licences: dict[str, dict[str, str]] = {}
    for link in links:
        if link.relationship_type in LICENCES and link.source:
            for target in _list(link.to):
                text = expressions.get(target) or (target.rpartition("/")[2] if LISTED in target else None)
                if text:
                    licences.setdefault(link.source, {}).setdefault(link.relationship_type, text)
    return licences


def _edges(links: Sequence[Element]) -> list[Edge]:
    """The dependencies; a relationship can say for which stage of the life cycle it holds."""
    found = []
    for link in links:
        pairs = ((link.source or "", link.relationship_type or "", target) for target in _list(link.to))
        for edge in relationships.edges(pairs):
            scope = next((scope for scope in SCOPES if scope == link.scope), edge.scope)
            found.append(replace(edge, scope=scope) if link.scope else edge)
    return found


def _described(elements: Sequence[Element], links: Sequence[Element]) -> Iterator[str]:
    """What the document, and the bills of materials in it, are about."""
    for element in elements:
        if element.type in COLLECTIONS:
            yield from _list(element.root_element)
    for link in links:
        if link.relationship_type == "describes":
            yield from _list(link.to)


def _list(value: list[str] | str | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
