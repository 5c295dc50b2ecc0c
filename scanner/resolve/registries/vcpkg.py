"""vcpkg's own registry of C and C++ libraries, a folder for each in one repository of Microsoft's.

Format: https://learn.microsoft.com/vcpkg/reference/vcpkg-json. When a port was last changed is not told.
"""

from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository


class Port(msgspec.Struct, rename="kebab"):
    name: str
    version: str | None = None
    version_semver: str | None = None
    version_date: str | None = None
    version_string: str | None = None
    homepage: str | None = None
    license: str | None = None


def default() -> str:
    return "https://raw.githubusercontent.com/microsoft/vcpkg/master"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"ports/{quote(name, safe='')}/vcpkg.json"),)


def facts(body: bytes) -> Record:
    told = msgspec.json.decode(body, type=Port)
    return Record(
        facts=Facts(
            organisation="Microsoft",
            repository=repository([told.homepage]),
            licence=normalise(told.license),
            latest=told.version or told.version_semver or told.version_date or told.version_string,
        )
    )
