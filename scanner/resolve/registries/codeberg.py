"""Codeberg repositories, and those of other forges that run Forgejo.

API: https://codeberg.org/api/swagger. Whether an owner is an organisation, another document tells by being there.
"""

from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document


class Owner(msgspec.Struct):
    login: str


class Repository(msgspec.Struct):
    owner: Owner
    html_url: str | None = None
    licenses: list[str] | None = None
    updated_at: str | None = None
    archived: bool = False


def default() -> str:
    return "https://codeberg.org"


def documents(name: str) -> tuple[Document, ...]:
    owner = quote(name.partition("/")[0], safe="")
    return (
        Document(f"api/v1/repos/{quote(name, safe='/')}"),
        Document(f"api/v1/orgs/{owner}", required=False),
    )


def facts(body: bytes, organisation: bytes | None = None) -> Record:
    told = msgspec.json.decode(body, type=Repository)
    return Record(
        facts=Facts(
            organisation=told.owner.login if organisation else None,
            repository=told.html_url,
            licence=normalise(" AND ".join(told.licenses or ())),
            released=(told.updated_at or "")[:10] or None,
            withdrawn="archived" if told.archived else None,
        )
    )
