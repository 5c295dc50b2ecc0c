"""SPDX documents in YAML, versions 2.2 and 2.3: the JSON in other clothes.

Specification: https://spdx.github.io/spdx-spec/v2.3/conformance/
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.sbom import salvage, spdx
from scanner.read.sbom.lines import Lines
from scanner.read.source import Source

FILES = ("*.spdx.yaml", "*.spdx.yml", "*bom.yaml", "*bom.yml")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
PURL = r"""referenceLocator["']?\s*:\s*["']?(pkg:[^"'\s]+)"""
REFERENCE = r"""SPDXID["']?\s*:\s*["']?([^"'\s]+)"""


def recognises(head: bytes) -> bool:
    """Every document has its version, unquoted or not, and is no JSON."""
    return b"spdxVersion" in head and b"SPDX-2" in head and not head.lstrip().startswith(b"{")


def read(source: Source) -> Iterator[Component]:
    """Every package, with the edges of `relationships`."""
    documents = source.yaml_all()
    if len(documents) != 1:
        source.error(f"holds {len(documents)} YAML documents where one is expected")
    document = salvage.from_plain(source, documents[0], spdx.Document)
    return spdx.components(source, document, Lines(source, PURL, REFERENCE).of)
