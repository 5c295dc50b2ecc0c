"""pub.dev, the registry of Dart and Flutter.

API: https://github.com/dart-lang/pub/blob/master/doc/repository-spec-v2.md for the package itself, and
https://pub.dev/help/api for its publisher and its tags. Uploaders of a package without a publisher are not told.
"""

from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, web

FIRST_COME = True
KINDS = frozenset({"fsf-libre", "osi-approved", "unknown", "pending"})
"""What a tag "license:…" may say beside the identifier."""


class Version(msgspec.Struct):
    version: str
    published: str | None = None
    retracted: bool = False
    pubspec: dict[str, Any] = {}


class Package(msgspec.Struct, rename="camel"):
    latest: Version
    versions: list[Version]
    is_discontinued: bool = False
    replaced_by: str | None = None


class Publisher(msgspec.Struct, rename="camel"):
    publisher_id: str | None = None


class Score(msgspec.Struct):
    tags: list[str] | None = None


def default() -> str:
    return derived("pkg:pub/name@1")


def documents(name: str) -> tuple[Document, ...]:
    path = f"api/packages/{quote(name, safe='')}"
    return Document(path), Document(f"{path}/publisher", required=False), Document(f"{path}/score", required=False)


def facts(body: bytes, publisher: bytes | None = None, score: bytes | None = None) -> Record:
    package = msgspec.json.decode(body, type=Package)
    holder = msgspec.json.decode(publisher, type=Publisher).publisher_id if publisher else None
    tags = msgspec.json.decode(score, type=Score).tags if score else None
    spec = package.latest.pubspec
    funding = spec.get("funding")
    return Record(
        facts=Facts(
            organisation=holder or None,
            repository=next(iter(web([spec.get("repository"), spec.get("homepage")])), None),
            licence=_licence(tags or []),
            latest=package.latest.version,
            released=max((version.published or "" for version in package.versions), default="")[:10] or None,
            withdrawn="discontinued" if package.is_discontinued else None,
            successor=package.replaced_by or None,
            funding=web(funding if isinstance(funding, list) else ()),
        ),
        withdrawn={version.version: "retracted" for version in package.versions if version.retracted},
    )


def _licence(tags: list[str]) -> str | None:
    """The licences that the site recognises in the package's files; all of them bind."""
    names = [tag.removeprefix("license:") for tag in tags if tag.startswith("license:")]
    return normalise(" AND ".join(name for name in names if name not in KINDS))
