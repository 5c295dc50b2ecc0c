"""Bills of materials in an attestation: an in-toto statement, alone, in a DSSE envelope or in a sigstore bundle.

Signatures are not checked: who wrote a bill of materials is not asked here, only what it says.

Formats: https://github.com/in-toto/attestation/tree/main/spec/v1,
https://github.com/secure-systems-lab/dsse/blob/master/envelope.md, https://docs.sigstore.dev/about/bundle/
"""

import base64
import binascii
import re
from collections.abc import Iterator

import msgspec

from scanner.errors import ReadError
from scanner.model import Component
from scanner.read.sbom import wrapped
from scanner.read.source import Source

FILES = ("*.intoto.json", "*.intoto.jsonl", "*.att.json", "*.dsse.json", "*.dsse", "*.sigstore.json", "*.sigstore")
CARRIES = frozenset({"scope", "direct", "edges", "hashes", "licences"})
STATEMENT = b"in-toto.io/Statement/"
BUNDLE = b"application/vnd.dev.sigstore.bundle"
PAYLOAD = re.compile(rb'"payload"\s*:\s*"([A-Za-z0-9+/_-]{4,})')
PREDICATES = (b"cyclonedx.org/", b"spdx.dev/")
NO_BYTES = msgspec.Raw(b"")


class Envelope(msgspec.Struct, rename="camel"):
    """Any of the three."""

    predicate: msgspec.Raw = NO_BYTES
    payload: str | None = None
    dsse_envelope: "Envelope | None" = None


class Wrapped(msgspec.Struct):
    """What cosign wrote as predicate at first: the document as a text."""

    data: str = msgspec.field(name="Data")


def recognises(head: bytes) -> bool:
    """A statement about a bill of materials, or a bundle, which need not come to the statement soon."""
    if not head.lstrip().startswith(b"{"):
        return False
    match = PAYLOAD.search(head)
    text = _decoded(match[1][: len(match[1]) // 4 * 4]) if match else head
    return BUNDLE in head or (STATEMENT in text and any(type in text for type in PREDICATES))


def read(source: Source) -> Iterator[Component]:
    """What the bills of materials in it say; nothing where it attests something else."""
    for document in unwrapped(source):
        format = wrapped.format_of(document.data, "attestation")
        if format:
            yield from wrapped.read(source, document, format)


def unwrapped(source: Source) -> Iterator[Source]:
    """The predicates of the statements; a file can hold one statement a line. Raises ReadError."""
    first, _, rest = source.data.strip().partition(b"\n")
    lines = first.rstrip().endswith(b"}") and rest.strip()
    for part in source.data.splitlines() if lines else [source.data]:
        if part.strip():
            yield Source(source.path, _predicate(Source(source.path, part), 0))


def _predicate(source: Source, depth: int) -> bytes:
    """The document in a statement; b"" where there is none."""
    envelope = source.json(Envelope)
    envelope = envelope.dsse_envelope or envelope
    if envelope.payload is not None and depth == 0:
        statement = _decoded(envelope.payload.encode())
        if not statement:
            source.error("its payload is no base64")
        return _predicate(Source(source.path, statement), depth + 1)
    return _text(source, envelope.predicate) if envelope.predicate != NO_BYTES else b""


def _text(source: Source, predicate: msgspec.Raw) -> bytes:
    """The predicate itself, or the text in it."""
    if bytes(memoryview(predicate)[:1]) == b'"':
        return source.part(predicate, str).encode()
    try:
        return source.part(predicate, Wrapped).data.encode()
    except ReadError:
        return bytes(predicate)


def _decoded(text: bytes) -> bytes:
    """Base64 in its usual or its web-safe alphabet; b"" where it is neither."""
    try:
        return base64.b64decode(text.translate(bytes.maketrans(b"-_", b"+/")), validate=True)
    except binascii.Error:
        return b""
