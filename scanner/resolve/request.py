"""What a registry is asked, and what it is told about who asks: https://www.rfc-editor.org/rfc/rfc9110"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scanner import __version__
from scanner.resolve.endpoints import Endpoint
from scanner.resolve.failures import UNDOCUMENTED, RegistryError, undocumented
from scanner.resolve.record import Validator
from scanner.resolve.registries import Document, Layout
from scanner.resolve.response import redirected

More = Callable[[Sequence[bytes | None]], Sequence[Document]]


class Ask(NamedTuple):
    """A package to be looked up."""

    endpoint: Endpoint
    documents: tuple[Document, ...]
    validators: tuple[Validator, ...] = ()
    pace: float = 0.0
    more: More | None = None
    """Documents that the answers so far lead to; an address in an answer is not followed."""
    layout: Layout | None = None
    """Of the document that is at the endpoint's base, if that is one which tells where the API is."""


def address(ask: Ask, document: Document, base: str) -> str:
    """`base` is that of the endpoint, or what its index tells."""
    if ask.layout:
        return f"{base}/{document.path.removeprefix(ask.layout.usual)}"
    return f"{(ask.endpoint.public and document.site) or base}/{document.path}"


def located(base: str, layout: Layout, index: bytes | None) -> str:
    """The address that a registry's index tells; it stays at the host that the configuration names."""
    if index is None:
        raise RegistryError("has no index where its address says")
    try:
        told = layout.told(index)
    except UNDOCUMENTED as error:
        raise undocumented(error) from error
    return redirected(base, told, how="its index leads").rstrip("/")


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
