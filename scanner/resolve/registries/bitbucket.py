"""Bitbucket repositories: pipes, and packages that come straight from the forge.

API: https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/. It tells no licence.
"""

from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, web


class Owner(msgspec.Struct):
    type: str
    username: str | None = None
    display_name: str | None = None


class Repository(msgspec.Struct):
    full_name: str
    owner: Owner | None = None
    updated_on: str | None = None
    links: dict[str, Any] = {}


def default() -> str:
    return "https://api.bitbucket.org/2.0"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"repositories/{quote(name, safe='/')}"),)


def facts(body: bytes) -> Record:
    told = msgspec.json.decode(body, type=Repository)
    owner, page = told.owner, told.links.get("html")
    return Record(
        facts=Facts(
            organisation=owner.username or owner.display_name if owner and owner.type == "team" else None,
            repository=next(iter(web([page.get("href") if isinstance(page, dict) else None])), None),
            released=(told.updated_on or "")[:10] or None,
        )
    )
