"""The registries that can be asked: one module each, named like its purl type and found by folder.

A module has `default()`, the base address of the public registry; `documents(name)`, the paths that tell about a
package; and `facts(*bodies)`, which reads their answers (None where the registry has no such document), and is None
itself where they show that there is no such package.
Where needed it also has `more(name, bodies)`, further documents that the answers so far lead to, none at the end;
`known_as(name, qualifiers)`, the registry type and the name under which a purl's package is to be looked up, None where
that is no public place; `SITES`, the addresses of several registries that speak the same protocol, by the first part of
the name; `PACE`, the least number of seconds between two requests to the public registry; `FIRST_COME`, which says that
a name goes to whoever is the first to publish under it; and `ACROSS`, which marks a source that is no registry itself,
by the purl types that it knows (across.py); and `LAYOUT`, how private registries say where they keep what.
No address is taken from a purl or from an answer: they are constants of the module, or of the configuration. Only
where the configuration names a `LAYOUT`'s index does that lead to another place, at the same host.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol, cast
from urllib.parse import urlsplit

from scanner.resolve.record import Record

JSON = "application/json"
FORGE = re.compile(
    r"(git\+)?(https?|git|ssh)?(://)?(git@)?(www\.)?(?P<host>github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)"
    r"[/:](?P<path>[\w.-]+/[\w.-]+?)(\.git)?(?=[/#?]|$)",
    re.IGNORECASE,
)
"""The address of a repository at one of the public forges, in any of the forms that authors give it."""


class Document(NamedTuple):
    """One document of a registry's API: where it is under the base address, and in which media type."""

    path: str
    accept: str = JSON
    required: bool = True
    """Whether there is no such package where there is no such document."""
    offered: bool = True
    """Whether every registry of this type has it; where not, another media type means that this one does not."""
    site: str = ""
    """Another address of the public registry, where it does not keep all under one."""
    bearer: str = ""
    """The token that this document is given for."""
    hosts: tuple[str, ...] = ()
    """Hosts that the registry may redirect to, without credentials; a leading dot stands for all below."""


class Layout(NamedTuple):
    """The document by which each registry of a type says where its API is."""

    ending: str
    """Of its address."""
    usual: str
    """The beginning of paths, as the public registry has them, that the address in it stands for."""
    told: Callable[[bytes], str]
    """The address in it. Raises what decoders raise."""


class Registry(Protocol):
    """What a module of this folder offers."""

    def default(self) -> str: ...
    def documents(self, name: str) -> tuple[Document, ...]: ...

    facts: Callable[..., Record | None]


@cache
def types() -> frozenset[str]:
    """The purl types that have a module here."""
    return frozenset(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))


@cache
def registry(type: str) -> Registry:
    """The registry of a purl type that is among `types()`."""
    return cast("Registry", importlib.import_module(f"{__name__}.{type}"))


def layout(type: str, base: str) -> Layout | None:
    """How the registry at `base` is laid out, if that is the address of an index."""
    known: Layout | None = getattr(registry(type), "LAYOUT", None)
    return known if known and base.endswith(known.ending) else None


def default(type: str, scope: str = "") -> str | None:
    """The base address of the public registry, or of the one that has packages of `scope`; None where there is none."""
    sites: Mapping[str, str] | None = getattr(registry(type), "SITES", None)
    return registry(type).default() or None if sites is None else sites.get(scope)


def sites() -> list[str]:
    """All that can have an address of its own under [registries]: the types, and the sites of those that have some."""
    named = {type: getattr(registry(type), "SITES", None) for type in types()}
    return [key for type, sites in named.items() for key in ([f"{type}/{site}" for site in sites] if sites else [type])]


@cache
def derived(sample: str) -> str:
    """The public registry's host, of what packageurl derives for a sample purl: the download's, else the page's."""
    from packageurl.contrib import purl2url

    tell: tuple[Callable[[str], str | None], ...] = (purl2url.get_download_url, purl2url.get_repo_url)
    address = next(filter(None, (ask(sample) for ask in tell)), "")
    return f"https://{urlsplit(address).netloc}"


def repository(addresses: Iterable[object]) -> str | None:
    """The first of `addresses` that is a repository at a forge, as one opens it in a browser."""
    for text in addresses:
        if isinstance(text, str) and (found := FORGE.match(text.strip())):
            return f"https://{found['host'].lower()}/{found['path']}"
    return None


def numbers(version: str) -> tuple[int, ...]:
    """What versions are ordered by where they are dotted numbers."""
    return tuple(int(digits) for digits in re.findall(r"\d{1,18}", version))


def web(addresses: Iterable[object]) -> tuple[str, ...]:
    """Those of `addresses` that are links for a browser, each once; registries pass on what authors typed."""
    links = (address.strip() for address in addresses if isinstance(address, str))
    return tuple(dict.fromkeys(link for link in links if link.startswith(("https://", "http://"))))
