"""Packagist, the registry of PHP.

API: https://packagist.org/apidoc#get-package-data
"""

from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, web

FIRST_COME = True


class Version(msgspec.Struct):
    version: str = ""
    time: str | None = None
    license: Any = None
    funding: Any = None


class Maintainer(msgspec.Struct):
    name: str


class Package(msgspec.Struct):
    name: str
    versions: dict[str, Version]
    maintainers: list[Maintainer] | None = None
    repository: str | None = None
    abandoned: Any = False
    """True, or the name of the package to use instead."""


class Answer(msgspec.Struct):
    package: Package


def default() -> str:
    return derived("pkg:composer/vendor/name@1")


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"packages/{quote(name, safe='/')}.json"),)


def facts(body: bytes) -> Record:
    package = msgspec.json.decode(body, type=Answer).package
    tagged = [
        version for name, version in package.versions.items() if not name.startswith("dev-") and "-dev" not in name
    ]
    newest = max(tagged, key=lambda version: version.time or "", default=Version())
    funding = newest.funding if isinstance(newest.funding, list) else []
    return Record(
        facts=Facts(
            publishers=len({person.name for person in package.maintainers or ()}) or None,
            repository=next(iter(web([(package.repository or "").removesuffix(".git")])), None),
            licence=_licence(newest.license),
            latest=newest.version or None,
            released=(newest.time or "")[:10] or None,
            withdrawn="abandoned" if package.abandoned else None,
            successor=package.abandoned if isinstance(package.abandoned, str) and package.abandoned else None,
            funding=web(item.get("url") for item in funding if isinstance(item, dict)),
        )
    )


def _licence(declared: Any) -> str | None:
    """Of several licences one may choose: https://getcomposer.org/doc/04-schema.md#license"""
    names = declared if isinstance(declared, list) else [declared]
    return normalise(" OR ".join(str(name) for name in names if name))
