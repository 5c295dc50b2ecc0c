"""crates.io, the registry of Rust.

API: https://crates.io/data-access and https://doc.rust-lang.org/cargo/reference/registry-web-api.html. It asks
programs for one request a second at most. A private registry names its API in the config.json of its index:
https://doc.rust-lang.org/cargo/reference/registry-index.html#index-configuration
"""

from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, Layout, derived, web

FIRST_COME = True
PACE = 1.0


class Crate(msgspec.Struct):
    max_version: str | None = None
    max_stable_version: str | None = None
    repository: str | None = None


class Version(msgspec.Struct):
    num: str
    yanked: bool = False
    yank_message: str | None = None
    license: str | None = None
    created_at: str | None = None
    trustpub_data: Any = msgspec.UNSET
    """The run of a forge that published it, if one did: https://crates.io/docs/trusted-publishing"""


class Package(msgspec.Struct):
    crate: Crate
    versions: list[Version]


class Owner(msgspec.Struct):
    login: str
    kind: str = "user"


class Owners(msgspec.Struct):
    users: list[Owner]


class Config(msgspec.Struct):
    api: str


def told(config: bytes) -> str:
    return msgspec.json.decode(config, type=Config).api


LAYOUT = Layout("/config.json", "", told)


def default() -> str:
    return derived("pkg:cargo/name@1")


def documents(name: str) -> tuple[Document, ...]:
    path = f"api/v1/crates/{quote(name, safe='')}"
    return Document(path), Document(f"{path}/owners", required=False)


def facts(body: bytes, owners: bytes | None = None) -> Record:
    package = msgspec.json.decode(body, type=Package)
    holders = msgspec.json.decode(owners, type=Owners).users if owners else []
    crate, yanked = package.crate, {version.num: _yanked(version) for version in package.versions if version.yanked}
    latest = crate.max_stable_version or crate.max_version
    newest = next((version for version in package.versions if version.num == latest), None)
    return Record(
        facts=Facts(
            publishers=sum(owner.kind == "user" for owner in holders) or None,
            organisation=_organisation(holders),
            repository=next(iter(web([crate.repository])), None),
            licence=normalise(newest.license) if newest else None,
            latest=latest,
            released=max((version.created_at or "" for version in package.versions), default="")[:10] or None,
            withdrawn="yanked: all versions" if len(yanked) == len(package.versions) else None,
            provenance=_provenance(newest),
        ),
        withdrawn=yanked,
    )


def _organisation(owners: list[Owner]) -> str | None:
    """That of the first team, whose login reads "github:rust-lang:libs"."""
    teams = (owner.login for owner in owners if owner.kind == "team")
    return next((login.split(":")[1] for login in teams if login.count(":") > 1), None)


def _provenance(version: Version | None) -> bool | None:
    """None where the registry leaves the key out."""
    if version is None or version.trustpub_data is msgspec.UNSET:
        return None
    return version.trustpub_data is not None


def _yanked(version: Version) -> str:
    return f"yanked: {version.yank_message}" if version.yank_message else "yanked"
