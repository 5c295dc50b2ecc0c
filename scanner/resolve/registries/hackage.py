"""Hackage, the registry of Haskell.

API: https://hackage.haskell.org/api. Everybody who is named as a maintainer can upload.
"""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, numbers, repository

FIRST_COME = True


class Deprecation(msgspec.Struct, rename="kebab"):
    is_deprecated: bool = False
    in_favour_of: list[str] = []


class Member(msgspec.Struct):
    username: str


class Group(msgspec.Struct):
    members: list[Member] = []


class Description(msgspec.Struct):
    license: str | None = None
    homepage: str | None = None
    uploaded_at: str | None = None


def default() -> str:
    return derived("pkg:hackage/name@1")


def documents(name: str) -> tuple[Document, ...]:
    path = f"package/{quote(name, safe='')}"
    return (
        Document(f"{path}.json"),
        Document(f"{path}/deprecated.json", required=False),
        Document(f"{path}/maintainers/.json", required=False),
    )


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """The description of the latest version."""
    if bodies[0] is None or len(bodies) > len(documents(name)):
        return []
    return [Document(f"package/{quote(f'{name}-{latest}', safe='')}.json") for latest in _latest(bodies[0])]


def facts(
    versions: bytes,
    deprecation: bytes | None = None,
    maintainers: bytes | None = None,
    description: bytes | None = None,
) -> Record:
    status = msgspec.json.decode(versions, type=dict[str, str])
    deprecated = msgspec.json.decode(deprecation or b"{}", type=Deprecation)
    told = msgspec.json.decode(description or b"{}", type=Description)
    members = msgspec.json.decode(maintainers or b"{}", type=Group).members
    return Record(
        facts=Facts(
            publishers=len({member.username for member in members}) or None,
            repository=repository([told.homepage]),
            licence=normalise(told.license),
            latest=next(iter(_latest(versions)), None),
            released=(told.uploaded_at or "")[:10] or None,
            withdrawn="deprecated" if deprecated.is_deprecated else None,
            successor=next(iter(deprecated.in_favour_of), None),
        ),
        withdrawn={version: "deprecated" for version, word in status.items() if word == "deprecated"},
    )


def _latest(versions: bytes) -> list[str]:
    """The highest version, of those that are not deprecated if there are any; none where there are no versions."""
    status = msgspec.json.decode(versions, type=dict[str, str])
    usual = [version for version, word in status.items() if word == "normal"] or list(status)
    return sorted(usual, key=numbers)[-1:]
