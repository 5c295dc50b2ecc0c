"""CycloneDX bills of materials as Protocol Buffers, versions 1.3 to 1.7.

Standard: ECMA-424; field numbers after https://github.com/CycloneDX/specification/blob/master/schema/bom-1.7.proto,
where they are the same in all versions.
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.sbom import cyclonedx, protobuf
from scanner.read.sbom.cyclonedx import (
    Bom,
    Choice,
    Composition,
    Dependency,
    Hash,
    Licence,
    Metadata,
    Node,
    Property,
    Reference,
)
from scanner.read.sbom.protobuf import Fields, messages, number, text
from scanner.read.source import MAX_NESTING, Source

FILES = ("*.cdx", "*.cdx.pb", "*.cdx.bin", "*bom.pb", "*bom.bin")
CARRIES = frozenset({"scope", "direct", "edges", "hashes", "licences"})
SIGNATURE = b"\x0a\x031."
"""The first field, of three bytes: specVersion."""
FILE = 6
SCOPES = (None, "required", "optional", "excluded")
ALGORITHMS = (
    "", "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512",
    "BLAKE2b-256", "BLAKE2b-384", "BLAKE2b-512", "BLAKE3",
)  # fmt: skip
REFERENCES = {1: "vcs", 5: "bom", 11: "distribution"}
COMPLETE = (0, 1, 5)
"""Compositions that are not said to be incomplete: nothing said, complete, unknown."""


def recognises(head: bytes) -> bool:
    """Encoders write fields in the order of their numbers, and specVersion is required."""
    return head.startswith(SIGNATURE)


def read(source: Source) -> Iterator[Component]:
    """Every component and service, with the edges of `dependencies`."""
    try:
        bom = _bom(protobuf.fields(memoryview(source.data)))
    except ValueError as error:
        source.error(f"is no valid CycloneDX message: {error}")
    return cyclonedx.components(source, bom, lambda _: None)


def _bom(message: Fields) -> Bom:
    metadata = messages(message, 4)
    described = messages(metadata[-1], 4) if metadata else []
    return Bom(
        spec_version=text(message, 1),
        serial_number=text(message, 3),
        metadata=Metadata(component=_component(described[-1], 0)) if described else None,
        components=[_component(item, 0) for item in messages(message, 5)],
        services=[_service(item, 0) for item in messages(message, 6)],
        external_references=_references(message, 7),
        dependencies=[
            Dependency(text(item, 1) or "", [text(need, 1) or "" for need in messages(item, 2)])
            for item in messages(message, 8)
        ],
        compositions=[Composition("incomplete") for item in messages(message, 9) if number(item, 1) not in COMPLETE],
    )


def _component(message: Fields, depth: int) -> Node:
    _check(depth)
    return Node(
        type="file" if number(message, 1) == FILE else None,
        ref=text(message, 3),
        group=text(message, 7),
        name=text(message, 8),
        version=text(message, 9) or None,
        scope=_choice(SCOPES, number(message, 11)),
        hashes=[_hash(item) for item in messages(message, 12)],
        licenses=_licences(message, 13),
        purl=text(message, 16),
        external_references=_references(message, 20),
        components=[_component(item, depth + 1) for item in messages(message, 21)],
        properties=[Property(text(item, 1), text(item, 2)) for item in messages(message, 22)],
    )


def _service(message: Fields, depth: int) -> Node:
    _check(depth)
    return Node(
        ref=text(message, 1),
        group=text(message, 3),
        name=text(message, 4),
        version=text(message, 5) or None,
        licenses=_licences(message, 11),
        external_references=_references(message, 12),
        services=[_service(item, depth + 1) for item in messages(message, 13)],
    )


def _licences(message: Fields, field: int) -> list[Choice]:
    return [
        Choice(
            license=next((Licence(text(inner, 1), text(inner, 2)) for inner in messages(item, 1)), None),
            expression=text(item, 2),
        )
        for item in messages(message, field)
    ]


def _references(message: Fields, field: int) -> list[Reference]:
    return [Reference(REFERENCES.get(number(item, 1)), text(item, 2)) for item in messages(message, field)]


def _hash(message: Fields) -> Hash:
    algorithm = number(message, 1)
    return Hash(_choice(ALGORITHMS, algorithm) or f"algorithm-{algorithm}", text(message, 2) or "")


def _choice(names: tuple[str | None, ...], number: int) -> str | None:
    return names[number] if number < len(names) else None


def _check(depth: int) -> None:
    if depth > MAX_NESTING:
        raise ValueError(f"nested more than {MAX_NESTING} deep")
