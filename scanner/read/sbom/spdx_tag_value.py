"""SPDX documents as tags and values, versions 2.0 to 2.3.

Specification: https://spdx.github.io/spdx-spec/v2.3/conformance/ and the "tag" lines of each field in it
"""

import re
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.sbom import spdx
from scanner.read.sbom.lines import Lines
from scanner.read.sbom.spdx import Checksum, Document, ExternalDocument, ExternalRef, Package, Relationship
from scanner.read.source import Source

FILES = ("*.spdx", "*.spdx.txt", "*.spdx.tv")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
PURL = r"^ExternalRef:[ \t]*\S+[ \t]+\S*purl[ \t]+(\S+)"
REFERENCE = r"^SPDXID:[ \t]*(\S+)"
TAG = re.compile(r"([A-Za-z]+):[ \t]*(.*)")
OTHER_SECTIONS = frozenset({"FileName", "SnippetSPDXID", "LicenseID", "Reviewer", "Annotator"})
FIELDS = {
    "SPDXID": "id",
    "PackageVersion": "version_info",
    "PackageDownloadLocation": "download_location",
    "PackageLicenseDeclared": "license_declared",
    "PackageLicenseConcluded": "license_concluded",
    "PrimaryPackagePurpose": "primary_package_purpose",
}
PARTS = {
    "Relationship": re.compile(r"(\S+)\s+(\S+)\s+(\S+)"),
    "ExternalDocumentRef": re.compile(r"\S+\s+(\S+)"),
    "ExternalRef": re.compile(r"\S+\s+(\S+)\s+(\S+)"),
    "PackageChecksum": re.compile(r"([^\s:]+):\s*(\S+)"),
}
"""Values that are of several parts."""


def recognises(head: bytes) -> bool:
    """The first tag of every document."""
    return re.search(rb"^SPDXVersion:[ \t]*SPDX-", head, re.MULTILINE) is not None


def read(source: Source) -> Iterator[Component]:
    """Every package, with the edges of the relationships."""
    content = _Content(source)
    for number, tag, value in _tags(source):
        content.add(number, tag, value)
    return spdx.components(source, content.document(), Lines(source, PURL, REFERENCE).of)


def _tags(source: Source) -> Iterator[tuple[int, str, str]]:
    """Each tag with its line and its value, which can be of several lines between <text> and </text>."""
    tag, opened, lines = "", 0, []
    for number, line in enumerate(source.text.splitlines(), 1):
        if opened:
            lines.append(line)
        elif match := TAG.match(line):
            tag, value = match.groups()
            lines = [value]
            opened = number
        if opened and (not lines[0].startswith("<text>") or "</text>" in lines[-1]):
            yield opened, tag, "\n".join(lines).removeprefix("<text>").partition("</text>")[0].strip()
            opened = 0
    if opened:
        source.error(f"the text of {tag} has no end", f"line {opened}")


class _Content:
    """What the tags have said so far; those of a package follow its name."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._version: str | None = None
        self._packages: list[Package] = []
        self._open: Package | None = None
        self._references: list[ExternalRef] = []
        self._checksums: list[Checksum] = []
        self._relationships: list[Relationship] = []
        self._others: list[ExternalDocument] = []

    def add(self, number: int, tag: str, value: str) -> None:
        """One tag with its line."""
        if tag == "PackageName":
            self._references, self._checksums = [], []
            self._open = Package(name=value, external_refs=self._references, checksums=self._checksums)
            self._packages.append(self._open)
        elif tag in OTHER_SECTIONS:
            self._open = None
        elif tag in FIELDS and self._open:
            setattr(self._open, FIELDS[tag], value)
        elif tag == "SPDXVersion":
            self._version = value
        elif tag in PARTS and not self._compound(tag, PARTS[tag].match(value)):
            self._source.gap(f"{tag} {value[:40]!r} dropped: it lacks a part", f"line {number}")

    def document(self) -> Document:
        """All of it."""
        return Document(
            spdx_version=self._version,
            packages=self._packages,
            relationships=self._relationships,
            external_document_refs=self._others,
        )

    def _compound(self, tag: str, match: re.Match[str] | None) -> bool:
        """Add a value of several parts; False where parts are missing."""
        if match is None:
            return False
        if tag == "Relationship":
            self._relationships.append(Relationship(*match.groups()))
        elif tag == "ExternalDocumentRef":
            self._others.append(ExternalDocument(match[1]))
        elif tag == "ExternalRef":
            self._references.append(ExternalRef(*match.groups()))
        else:
            self._checksums.append(Checksum(*match.groups()))
        return True
