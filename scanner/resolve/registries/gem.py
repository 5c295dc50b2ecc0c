"""RubyGems.org, the registry of Ruby.

API: https://guides.rubygems.org/rubygems-org-api/, with at most ten requests a second:
https://guides.rubygems.org/rubygems-org-rate-limits/
"""

from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, web

FIRST_COME = True
PACE = 0.1


class Gem(msgspec.Struct):
    name: str
    version: str | None = None
    version_created_at: str | None = None
    yanked: bool = False
    licenses: list[str] | None = None
    metadata: dict[str, str] | None = None
    source_code_uri: str | None = None
    funding_uri: str | None = None


class Owner(msgspec.Struct):
    id: int


def default() -> str:
    return derived("pkg:gem/name@1")


def documents(name: str) -> tuple[Document, ...]:
    escaped = quote(name, safe="")
    return Document(f"api/v1/gems/{escaped}.json"), Document(f"api/v1/gems/{escaped}/owners.json", required=False)


def facts(body: bytes, owners: bytes | None = None) -> Record:
    """Yanked versions are gone from the registry's answers; a gem of which none is left may still be there."""
    gem = msgspec.json.decode(body, type=Gem)
    holders = msgspec.json.decode(owners, type=list[Owner]) if owners else []
    links = gem.metadata or {}
    return Record(
        facts=Facts(
            publishers=len({owner.id for owner in holders}) or None,
            repository=next(iter(web([gem.source_code_uri, links.get("source_code_uri")])), None),
            licence=normalise(" OR ".join(gem.licenses or ())),
            latest=gem.version,
            released=(gem.version_created_at or "")[:10] or None,
            withdrawn="yanked: all versions" if gem.yanked else None,
            funding=web([gem.funding_uri, links.get("funding_uri")]),
        )
    )
