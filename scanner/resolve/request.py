"""What a registry is asked, and what it is told about who asks: https://www.rfc-editor.org/rfc/rfc9110"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scanner import __version__
from scanner.resolve.endpoints import Endpoint
from scanner.resolve.record import Validator
from scanner.resolve.registries import Document

More = Callable[[Sequence[bytes | None]], Sequence[Document]]


class Ask(NamedTuple):
    """A package to be looked up."""

    endpoint: Endpoint
    documents: tuple[Document, ...]
    validators: tuple[Validator, ...] = ()
    pace: float = 0.0
    more: More | None = None
    """Documents that the answers so far lead to; an address in an answer is not followed."""


def address(endpoint: Endpoint, document: Document) -> str:
    return f"{(endpoint.public and document.site) or endpoint.base}/{document.path}"


def headers(endpoint: Endpoint, document: Document, validator: Validator) -> dict[str, str]:
    told = {
        "User-Agent": f"outlast/{__version__}",
        "Accept-Encoding": "gzip",
        "Accept": document.accept,
        "If-None-Match": validator.etag,
        "If-Modified-Since": validator.modified,
        "Authorization": _authorization(endpoint, document),
    }
    return {name: value for name, value in told.items() if value}


def _authorization(endpoint: Endpoint, document: Document) -> str | None:
    """Credentials are for the endpoint itself, not for another address of the same registry."""
    if document.bearer:
        return f"Bearer {document.bearer}"
    return None if endpoint.public and document.site else endpoint.authorization
