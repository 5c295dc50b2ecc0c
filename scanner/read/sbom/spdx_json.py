"""SPDX documents in JSON, versions 2.0 to 2.3.

Specification: https://spdx.github.io/spdx-spec/v2.3/, schema in https://github.com/spdx/spdx-spec
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.sbom import salvage, spdx
from scanner.read.sbom.lines import Lines
from scanner.read.source import Source

FILES = ("*.spdx.json", "*spdx*.json", "*bom.json", "*.spdx")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes", "licences"})
PURL = r'"referenceLocator"\s*:\s*"(pkg:[^"]+)"'
REFERENCE = r'"SPDXID"\s*:\s*"([^"]+)"'


class Answer(spdx.Document, rename="camel"):
    """A document, or GitHub's answer with the document inside.

    https://docs.github.com/en/rest/dependency-graph/sboms
    """

    sbom: spdx.Document | None = None


def recognises(head: bytes) -> bool:
    """Every document has these keys; which come early is the tool's choice."""
    start = head.lstrip()
    return start.startswith(b"{") and (b'"spdxVersion"' in head or (b'"SPDXID"' in head and b"SPDXRef-" in head))


def read(source: Source) -> Iterator[Component]:
    """Every package, with the edges of `relationships`."""
    answer = salvage.from_json(source, Answer)
    return spdx.components(source, answer.sbom or answer, Lines(source, PURL, REFERENCE).of)
