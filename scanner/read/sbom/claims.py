"""What a CycloneDX document says of itself that a reader of its components has to know.

Completeness: https://cyclonedx.org/docs/1.7/json/#compositions
BOM-Link: https://cyclonedx.org/capabilities/bomlink/
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.read.source import Source

if TYPE_CHECKING:
    from scanner.read.sbom.cyclonedx import Bom, Node

LINK = re.compile(rb"urn:cdx:([0-9a-fA-F-]{36})/[0-9]{1,9}")
SHOWN = 3
MAX_SHOWN = 120
"""Items of a list, and characters of one, in the text of a gap."""


def report(source: Source, bom: "Bom", nodes: Sequence["Node"]) -> None:
    """Gaps for what is declared incomplete, for other documents referred to, and for ambiguous references."""
    for aggregate in sorted({item.aggregate for item in bom.compositions or () if item.aggregate}):
        if aggregate.startswith("incomplete"):
            source.gap(f"it says of itself that it is {aggregate[:60].replace('_', ' ')}", "$.compositions")
    if others := list(dict.fromkeys(_others(source, bom, nodes))):
        source.gap(f"refers to other bills of materials that are not read: {some(others)}")
    references = [node.ref for node in nodes if node.ref]
    if len(set(references)) < len(references):
        twice = [reference for reference, count in Counter(references).items() if count > 1]
        source.gap(f"a bom-ref is used more than once, and its edges are those of the first: {some(twice)}")


def _others(source: Source, bom: "Bom", nodes: Iterable["Node"]) -> Iterator[str]:
    own = (bom.serial_number or "").lower().removeprefix("urn:uuid:").encode()
    for match in LINK.finditer(source.data):
        if match[1].lower() != own:
            yield match[0].decode()
    for references in (bom.external_references, *[node.external_references for node in nodes]):
        for item in references or ():
            if item.type == "bom" and item.url and _is_document(item.url):
                yield item.url


def _is_document(url: str) -> bool:
    """Whether it is no BOM-Link, which is found wherever it stands."""
    return not url.startswith("urn:cdx:")


def some(items: Sequence[str]) -> str:
    """The first of some items, and how many more there are."""
    more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return ", ".join(item[:MAX_SHOWN] for item in items[:SHOWN]) + more
