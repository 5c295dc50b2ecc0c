"""CycloneDX bills of materials in JSON, versions 1.2 to 1.7.

Standard: ECMA-424, https://cyclonedx.org/docs/1.7/json/
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.sbom import cyclonedx, own, salvage
from scanner.read.sbom.lines import Lines
from scanner.read.source import Source

FILES = ("*bom.json", "*.cdx.json", "*cyclonedx*.json")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
PURL = r'"purl"\s*:\s*"([^"]+)"'
REFERENCE = r'"bom-ref"\s*:\s*"([^"]+)"'


def recognises(head: bytes) -> bool:
    """`bomFormat` is required since 1.2, and tools write it early."""
    return head.lstrip().startswith(b"{") and b"CycloneDX" in head and b"bomFormat" in head


def read(source: Source) -> Iterator[Component]:
    """Every component and service, with the edges of `dependencies`."""
    bom = salvage.from_json(source, cyclonedx.Bom)
    if bom.bom_format != "CycloneDX":
        source.error(f"bomFormat is {str(bom.bom_format)[:40]!r}, not 'CycloneDX'", "$.bomFormat")
    own.note(source)
    lines = Lines(source, PURL, REFERENCE)
    return cyclonedx.components(source, bom, lambda node: lines.of(node.purl, node.ref))
