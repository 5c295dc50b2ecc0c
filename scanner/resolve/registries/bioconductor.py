"""Bioconductor, the registry of R for genomics, as R-universe tells it.

API: https://docs.r-universe.dev/browse/api.html. A package has one maintainer, and the project's core team beside them.
"""

import re
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, cran, repository


class Package(msgspec.Struct):
    version: str = msgspec.field(name="Version")
    licence: str | None = msgspec.field(name="License", default=None)
    url: str | None = msgspec.field(name="URL", default=None)
    status: str | None = msgspec.field(name="PackageStatus", default=None)
    upstream: str | None = msgspec.field(name="_upstream", default=None)
    published: str | None = msgspec.field(name="_published", default=None)


def default() -> str:
    return "https://bioc.r-universe.dev"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"api/packages/{quote(name, safe='')}"),)


def facts(body: bytes) -> Record:
    told = msgspec.json.decode(body, type=Package)
    return Record(
        facts=Facts(
            organisation="Bioconductor",
            repository=repository([told.upstream, *re.split(r"[,\s]+", told.url or "")]),
            licence=cran.licence(told.licence),
            latest=told.version,
            released=(told.published or "")[:10] or None,
            withdrawn="deprecated" if told.status == "Deprecated" else None,
        )
    )
