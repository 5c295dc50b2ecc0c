"""deps.dev, which tells of packages of several ecosystems; asked only where the configuration names it.

API: https://docs.deps.dev/api/v3/. It reads licences out of the packages themselves; who can publish it does not tell.
"""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository

ACROSS = {
    "cargo": "cargo", "gem": "rubygems", "golang": "go", "maven": "maven", "npm": "npm", "nuget": "nuget",
    "pypi": "pypi",
}  # fmt: skip
"""The purl types that it knows, and what it calls them."""
OTHER = "non-standard"
"""Its word for a licence that has no SPDX identifier."""


class Key(msgspec.Struct):
    version: str


class Version(msgspec.Struct, rename="camel"):
    version_key: Key
    published_at: str | None = None
    is_default: bool = False


class Package(msgspec.Struct):
    versions: list[Version]


class Link(msgspec.Struct):
    label: str = ""
    url: str | None = None


class Details(msgspec.Struct, rename="camel"):
    licenses: list[str] = []
    links: list[Link] = []
    attestations: list[msgspec.Raw] = []
    slsa_provenances: list[msgspec.Raw] = []


def default() -> str:
    return ""


def documents(name: str) -> tuple[Document, ...]:
    """A name has its type before it; Maven's parts are joined by a colon here."""
    type, _, rest = name.partition("/")
    if type == "maven":
        rest = ":".join(rest.rsplit("/", 1))
    return (Document(f"systems/{ACROSS.get(type, type)}/packages/{quote(rest, safe=':')}"),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """What is known of the version that is taken where none is asked for."""
    if bodies[0] is None or len(bodies) > 1:
        return []
    usual = [it for it in msgspec.json.decode(bodies[0], type=Package).versions if it.is_default][:1]
    return [Document(f"{documents(name)[0].path}/versions/{quote(it.version_key.version, safe='')}") for it in usual]


def facts(body: bytes, details: bytes | None = None) -> Record:
    versions = msgspec.json.decode(body, type=Package).versions
    told = msgspec.json.decode(details or b"{}", type=Details)
    sources = [link.url for link in told.links if link.label == "SOURCE_REPO"]
    return Record(
        facts=Facts(
            repository=repository(sources),
            licence=normalise(" AND ".join(told.licenses)) if OTHER not in told.licenses else None,
            latest=next((version.version_key.version for version in versions if version.is_default), None),
            released=max((version.published_at or "" for version in versions), default="")[:10] or None,
            provenance=True if told.attestations or told.slsa_provenances else None,
        )
    )
