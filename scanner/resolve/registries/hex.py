"""Hex, the registry of Erlang and Elixir.

API: https://github.com/hexpm/specifications/blob/main/apiary.apib
"""

from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, web

FIRST_COME = True
SOURCE = ("github", "gitlab", "source", "repository", "codeberg", "sourcehut")
FUNDING = ("fund", "sponsor", "donat", "open collective")


class Meta(msgspec.Struct):
    licenses: list[str] | None = None
    links: dict[str, str] | None = None


class Owner(msgspec.Struct):
    username: str


class Release(msgspec.Struct):
    version: str
    inserted_at: str = ""


class Retirement(msgspec.Struct):
    reason: str = ""
    message: str | None = None


class Package(msgspec.Struct):
    name: str
    meta: Meta
    releases: list[Release]
    owners: list[Owner] | None = None
    retirements: dict[str, Retirement] | None = None
    latest_stable_version: str | None = None
    latest_version: str | None = None


def default() -> str:
    return "https://hex.pm/api"


def documents(name: str) -> tuple[Document, ...]:
    """An organisation's packages are purls with a namespace; they have no public document."""
    return (Document(f"packages/{quote(name, safe='')}"),)


def facts(body: bytes) -> Record:
    package = msgspec.json.decode(body, type=Package)
    retired = {version: _reason(retirement) for version, retirement in (package.retirements or {}).items()}
    latest = package.latest_stable_version or package.latest_version
    links = package.meta.links or {}
    return Record(
        facts=Facts(
            publishers=len({owner.username for owner in package.owners or ()}) or None,
            repository=next(iter(_links(links, SOURCE)), None),
            licence=normalise(" AND ".join(package.meta.licenses or ())),
            latest=latest,
            released=max((release.inserted_at for release in package.releases), default="")[:10] or None,
            withdrawn=retired.get(latest or ""),
            funding=_links(links, FUNDING),
        ),
        withdrawn=retired,
    )


def _links(links: dict[str, str], words: tuple[str, ...]) -> tuple[str, ...]:
    return web(address for label, address in links.items() if label.lower().startswith(words))


def _reason(retirement: Retirement) -> str:
    return ": ".join(filter(None, ("retired", retirement.reason, retirement.message)))
