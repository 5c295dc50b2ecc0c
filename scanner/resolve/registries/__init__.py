"""The registries that can be asked: one module each, named like its purl type and found by folder.

A module has `default()`, the base address of the public registry; `documents(name)`, the paths that tell about a
package; and `facts(*bodies)`, which reads their answers (None where the registry has no such document). `PACE`, where
a registry asks for it, is the least number of seconds between two requests.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol, cast
from urllib.parse import urlsplit

from scanner.resolve.record import Record

JSON = "application/json"


class Document(NamedTuple):
    """One document of a registry's API: where it is under the base address, and in which media type."""

    path: str
    accept: str = JSON
    optional: bool = False
    """Whether an answer in another media type only means that this registry does not offer it."""


class Registry(Protocol):
    """What a module of this folder offers."""

    def default(self) -> str: ...
    def documents(self, name: str) -> tuple[Document, ...]: ...

    facts: Callable[..., Record]


@cache
def types() -> frozenset[str]:
    """The purl types that have a module here."""
    return frozenset(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))


@cache
def registry(type: str) -> Registry:
    """The registry of a purl type that is among `types()`."""
    return cast("Registry", importlib.import_module(f"{__name__}.{type}"))


def derived(type: str) -> str:
    """The public registry's host, of what packageurl derives for a sample: the download's, else the page's."""
    from packageurl.contrib import purl2url

    sample = f"pkg:{type}/name@1"
    tell: tuple[Callable[[str], str | None], ...] = (purl2url.get_download_url, purl2url.get_repo_url)
    address = next(filter(None, (ask(sample) for ask in tell)), "")
    return f"https://{urlsplit(address).netloc}"


def web(addresses: Iterable[object]) -> tuple[str, ...]:
    """Those of `addresses` that are links for a browser, each once; registries pass on what authors typed."""
    links = (address.strip() for address in addresses if isinstance(address, str))
    return tuple(dict.fromkeys(link for link in links if link.startswith(("https://", "http://"))))
