"""A bill of materials inside something else: which format it is in, and what it says."""

from collections.abc import Iterator

from msgspec.structs import replace

from scanner.model import Component, Location
from scanner.read.formats import HEAD, Format, formats
from scanner.read.source import Source

WRAPPERS = ("attestation", "gzip")
"""Formats that only hold others: from the inside to the outside, so that none can hold itself."""


def format_of(data: bytes, wrapper: str) -> Format | None:
    """The format of a document that stands inside a `wrapper`."""
    closed = WRAPPERS[WRAPPERS.index(wrapper) :]
    documents = (format for format in formats() if ".sbom." in format.module and format.name not in closed)
    return next((format for format in documents if format.recognises and format.recognises(data[:HEAD])), None)


def read(source: Source, inner: Source, format: Format) -> Iterator[Component]:
    """The components of the document `inner`, with its gaps; without lines, which nobody could look up."""
    for component in format.read(inner):
        yield replace(component, locations=(Location(path=source.path),))
    source.gaps += inner.gaps
