"""Bills of materials compressed with gzip.

Format: RFC 1952, https://www.rfc-editor.org/rfc/rfc1952
"""

import gzip
import io
import zlib
from collections.abc import Iterator

from scanner.model import Component
from scanner.read.formats import HEAD
from scanner.read.sbom import wrapped
from scanner.read.source import Source

FILES = ("*.json.gz", "*.jsonl.gz", "*.xml.gz", "*.rdf.gz", "*.yaml.gz", "*.yml.gz", "*.spdx.gz", "*.cdx.gz")
CARRIES = frozenset({"scope", "direct", "edges", "hashes", "licences"})
MAGIC = b"\x1f\x8b\x08"
MAX_SIZE = 256 * 2**20
"""Bytes that the content may have; a few kilobytes can hold gigabytes of nothing."""


def recognises(head: bytes) -> bool:
    """Compressed, and a bill of materials as far as the head goes."""
    return head.startswith(MAGIC) and wrapped.format_of(_start(head), "gzip") is not None


def read(source: Source) -> Iterator[Component]:
    """What the compressed document says."""
    inner = unwrapped(source)
    format = wrapped.format_of(inner.data, "gzip")
    if format is None:
        source.error("holds no bill of materials")
    return wrapped.read(source, inner, format)


def unwrapped(source: Source) -> Source:
    """The content. Raises ReadError where it is damaged or too large."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(source.data)) as file:
            data = file.read(MAX_SIZE + 1)
    except (OSError, EOFError, zlib.error) as error:
        source.error(f"is damaged: {error}")
    if len(data) > MAX_SIZE:
        source.error(f"holds more than {MAX_SIZE // 2**20} MiB")
    return Source(source.path, data)


def _start(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""
