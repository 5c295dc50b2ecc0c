"""ecosyste.ms, which tells of packages of nearly all ecosystems; asked only where the configuration names it.

API: https://packages.ecosyste.ms/docs. It copies registries from time to time, and asks forges about repositories.
"""

from typing import Any
from urllib.parse import quote

import msgspec

from scanner import purl
from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, web

ACROSS: dict[str, str] = {}
"""It calls all types as purls do."""


class Maintainer(msgspec.Struct):
    uuid: str | None = None
    login: str | None = None


class Owner(msgspec.Struct):
    login: str | None = None
    kind: str | None = None


class Forge(msgspec.Struct):
    archived: bool | None = None
    owner_record: Owner | None = None


class Package(msgspec.Struct):
    name: str
    licenses: str | None = None
    repository_url: str | None = None
    latest_release_number: str | None = None
    latest_release_published_at: str | None = None
    status: str | None = None
    maintainers: list[Maintainer] | None = None
    funding_links: list[Any] | None = None
    repo_metadata: Forge | None = None


def default() -> str:
    return ""


def documents(name: str) -> tuple[Document, ...]:
    """A name has its type before it."""
    type, _, rest = name.partition("/")
    return (Document(f"packages/lookup?purl={quote(purl.build(type, rest or type), safe=':/')}"),)


def facts(body: bytes) -> Record | None:
    """Several registries may have a package; the first is the one that the purl means."""
    found = msgspec.json.decode(body, type=list[Package])
    if not found:
        return None
    told, forge = found[0], found[0].repo_metadata or Forge()
    publishers = len({person.login or person.uuid for person in told.maintainers or ()} - {None})
    owner = forge.owner_record or Owner()
    return Record(
        facts=Facts(
            publishers=publishers or None,
            organisation=owner.login if owner.kind == "organization" and not publishers else None,
            repository=next(iter(web([told.repository_url])), None),
            licence=normalise((told.licenses or "").replace(",", " AND ")),
            latest=told.latest_release_number,
            released=(told.latest_release_published_at or "")[:10] or None,
            withdrawn=told.status or ("archived" if forge.archived else None),
            funding=web(told.funding_links or ()),
        )
    )
