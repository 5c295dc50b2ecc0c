"""Debian's source packages.

API: https://sources.debian.org/doc/api/, which the configuration has to give the address of: that of the archive, which
a system has packages from, says only where files are. Any developer of Debian may upload a package.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, web


class Version(msgspec.Struct):
    version: str
    suites: list[str] = []


class Package(msgspec.Struct):
    package: str
    versions: list[Version]


class Details(msgspec.Struct):
    vcs_browser: str | None = None


class Info(msgspec.Struct):
    pkg_infos: Details


def default() -> str:
    return ""


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """The source package, where the purl tells it; other distributions than Debian are not told here."""
    vendor, _, binary = name.partition("/")
    if vendor != "debian":
        return f"deb/{vendor}", binary
    return "deb", qualifiers.get("upstream", "").partition("@")[0] or binary


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"api/src/{quote(name, safe='')}/"),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """What is known of the newest version, which comes first."""
    if bodies[0] is None or len(bodies) > 1:
        return []
    versions = msgspec.json.decode(bodies[0], type=Package).versions[:1]
    name = quote(name, safe="")
    return [Document(f"api/info/package/{name}/{quote(newest.version, safe=':+~')}/") for newest in versions]


def facts(body: bytes, info: bytes | None = None) -> Record:
    """The licence is told file by file, and the date of an upload not at all."""
    told = msgspec.json.decode(body, type=Package)
    details = msgspec.json.decode(info, type=Info).pkg_infos if info else Details()
    newest = next(iter(told.versions), None)
    return Record(
        facts=Facts(
            organisation="Debian",
            repository=next(iter(web([details.vcs_browser])), None),
            latest=newest.version if newest else None,
        )
    )
