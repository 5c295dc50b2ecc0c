"""What SPDX 2 says in any of its encodings, and components made of it; SPDX 3 is brought into the same form.

The structs are the part of its model that is used, named as in its JSON. A package without purl is
`pkg:generic/<name>@<version>`. Where a document describes one package of several, that is the project itself.

Specification: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from scanner import purl
from scanner.model import Component, Location
from scanner.read.sbom import claims, identity, relationships
from scanner.read.sbom.relationships import Edge
from scanner.read.source import Source

PURL_TYPES = frozenset({"purl", "http://spdx.org/rdf/references/purl", "https://spdx.org/rdf/references/purl"})
NOTHING = frozenset({"", "NOASSERTION", "NONE"})


class ExternalRef(msgspec.Struct, rename="camel", gc=False):
    reference_type: str | None = None
    reference_locator: str | None = None


class Checksum(msgspec.Struct, rename="camel", gc=False):
    algorithm: str
    checksum_value: str


class Package(msgspec.Struct, rename="camel", gc=False):
    id: str | None = msgspec.field(name="SPDXID", default=None)
    name: str | None = None
    package_name: str | None = None
    """What the name is called in tags and values, and by mistake in some JSON."""
    version_info: str | int | float | None = None
    download_location: str | None = None
    license_declared: str | None = None
    license_concluded: str | None = None
    primary_package_purpose: str | None = None
    external_refs: list[ExternalRef] | None = None
    checksums: list[Checksum] | None = None


class Relationship(msgspec.Struct, rename="camel", gc=False):
    spdx_element_id: str
    relationship_type: str
    related_spdx_element: str


class ExternalDocument(msgspec.Struct, rename="camel"):
    spdx_document: str | None = None


class Document(msgspec.Struct, rename="camel"):
    spdx_version: str | None = None
    packages: list[Package] | None = None
    relationships: list[Relationship] | None = None
    document_describes: list[str] | None = None
    external_document_refs: list[ExternalDocument] | None = None


LineOf = Callable[[str | None, str | None], int | None]
"""The line of a package by its purl as written and by its identifier."""


def components(source: Source, document: Document, line_of: LineOf) -> Iterator[Component]:
    """Every package of an SPDX 2 document, with the edges of `relationships`."""
    version = document.spdx_version or ""
    if not version.startswith("SPDX-2."):
        source.error(f"spdxVersion {version[:20]!r} is not known; SPDX-2.0 to SPDX-2.3 are", "$.spdxVersion")
    relations = document.relationships or ()
    described = [*(document.document_describes or ())]
    described += [item.related_spdx_element for item in relations if item.relationship_type == "DESCRIBES"]
    described += [item.spdx_element_id for item in relations if item.relationship_type == "DESCRIBED_BY"]
    edges = relationships.edges(
        (item.spdx_element_id, item.relationship_type, item.related_spdx_element) for item in relations
    )
    others = [item.spdx_document for item in document.external_document_refs or () if item.spdx_document]
    return packages(source, document.packages or (), edges, described, others, line_of)


def packages(
    source: Source,
    packages: Sequence[Package],
    edges: Sequence[Edge],
    described: Sequence[str],
    others: Sequence[str],
    line_of: LineOf,
) -> Iterator[Component]:
    """Components of `packages`, which depend on each other by `edges`; `others` are documents referred to.

    Where packages share an identifier, or one has several purls, the edges are those of the first.
    """
    if others:
        source.gap(f"refers to other documents that are not read: {claims.some(others)}")
    graph = relationships.graph(edges, {package.id for package in packages if package.id}, described)
    purls = [_purls(source, package, index) for index, package in enumerate(packages)]
    by_id: dict[str | None, str] = {}
    for package, found in zip(packages, purls, strict=True):
        if found and package.id != graph.project:
            by_id.setdefault(package.id, found[0][0])
    parts = dict(graph.parts)
    for package, found in zip(packages, purls, strict=True):
        id = package.id or ""
        needs = [by_id.get(edge.part) for edge in parts.pop(id, ())]
        for number, (valid, written) in enumerate(found if id != graph.project else ()):
            name, version = purl.name_and_version(valid)
            yield Component(
                purl=valid,
                name=name,
                version=version,
                scope=graph.scopes.get(id, "runtime"),
                direct=graph.direct.get(id),
                locations=(Location(path=source.path, line=line_of(written, package.id)),),
                requires=() if number else identity.others(valid, needs),
                licence=_licence(package),
                hashes=_hashes(package),
            )


def _purls(source: Source, package: Package, index: int) -> list[tuple[str, str | None]]:
    """The purls of a package, canonical and as written; it can have several. Without one, a generic one."""
    place = f"$.packages[{index}]"
    version = None if package.version_info is None else str(package.version_info)
    version = None if version in NOTHING else version
    written = [
        reference.reference_locator.strip()
        for reference in package.external_refs or ()
        if reference.reference_locator and reference.reference_type in PURL_TYPES
    ]
    found = [(valid, text) for text in written if (valid := identity.given(source, text, version, place))]
    if found or package.primary_package_purpose == "FILE":
        return list({valid: (valid, text) for valid, text in found}.values())
    generic = identity.generic(source, None, package.name or package.package_name, version, _origin(package), place)
    return [(generic, None)] if generic else []


def _origin(package: Package) -> dict[str, str] | None:
    location = package.download_location or ""
    kind = "vcs" if location.startswith("git+") else "distribution"
    references = ((reference.reference_type, reference.reference_locator) for reference in package.external_refs or ())
    return identity.origin([(kind, location), *references])


def _licence(package: Package) -> str | None:
    """What the authors declare, or else what the document's author concludes."""
    for text in (package.license_declared, package.license_concluded):
        if text is not None and text not in NOTHING:
            return text
    return None


def _hashes(package: Package) -> tuple[str, ...]:
    if not package.checksums:
        return ()
    return tuple([identity.hash(item.algorithm, item.checksum_value) for item in package.checksums])
