"""CPAN, the archive of Perl, as MetaCPAN tells it.

API: https://github.com/metacpan/metacpan-api/blob/master/docs/API-docs.md. Who may upload is decided module by module.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository, web

FIRST_COME = True
NAMES = {
    "agpl_3": "AGPL-3.0-only", "apache_1_1": "Apache-1.1", "apache_2_0": "Apache-2.0",
    "artistic_1": "Artistic-1.0", "artistic_2": "Artistic-2.0", "bsd": "BSD-3-Clause", "freebsd": "BSD-2-Clause",
    "gfdl_1_2": "GFDL-1.2-only", "gfdl_1_3": "GFDL-1.3-only", "gpl_1": "GPL-1.0-only", "gpl_2": "GPL-2.0-only",
    "gpl_3": "GPL-3.0-only", "lgpl_2_1": "LGPL-2.1-only", "lgpl_3_0": "LGPL-3.0-only", "mit": "MIT",
    "mozilla_1_0": "MPL-1.0", "mozilla_1_1": "MPL-1.1", "openssl": "OpenSSL",
    "perl_5": "(Artistic-1.0-Perl OR GPL-1.0-or-later)", "qpl_1_0": "QPL-1.0", "zlib": "Zlib",
}  # fmt: skip
"""https://metacpan.org/pod/CPAN::Meta::Spec#license"""


class Release(msgspec.Struct):
    distribution: str
    version: Any = None
    date: str | None = None
    license: list[str] | None = None
    main_module: str | None = None
    deprecated: bool = False
    resources: dict[str, Any] | None = None


class Permission(msgspec.Struct):
    owner: str | None = None
    co_maintainers: list[str] | None = None


def default() -> str:
    return "https://fastapi.metacpan.org/v1"


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """A distribution, with or without its author before it; a module is named with colons."""
    own = "repository_url" not in qualifiers
    return ("cpan", name.rpartition("/")[2].replace("::", "-")) if own else None


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"release/{quote(name, safe='')}"),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """Who may upload the module that the distribution is named after."""
    if bodies[0] is None or len(bodies) > 1:
        return []
    module = msgspec.json.decode(bodies[0], type=Release).main_module or name.replace("-", "::")
    return [Document(f"permission/{quote(module, safe=':')}")]


def facts(body: bytes, permission: bytes | None = None) -> Record:
    told = msgspec.json.decode(body, type=Release)
    may = msgspec.json.decode(permission or b"{}", type=Permission)
    links = told.resources or {}
    source = links.get("repository")
    source = source if isinstance(source, dict) else {}
    return Record(
        facts=Facts(
            publishers=len({may.owner, *(may.co_maintainers or ())} - {None}) or None,
            repository=next(iter(web([source.get("web"), source.get("url")])), None)
            or repository([source.get("url"), links.get("homepage")]),
            licence=normalise(" AND ".join(NAMES.get(word, word) for word in told.license or ())),
            latest=str(told.version) if told.version is not None else None,
            released=(told.date or "")[:10] or None,
            withdrawn="deprecated" if told.deprecated else None,
        )
    )
