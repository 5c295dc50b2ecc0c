"""Anaconda.org, which hosts conda-forge and the other public channels of conda.

API: https://api.anaconda.org/docs. The channel is the account that publishes.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, repository

USUAL = "main"
"""The channel of packages that name none: https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/channels.html"""
CHANNELS = {"defaults": USUAL, "anaconda": USUAL, "pkgs/main": USUAL, "pkgs/r": "r"}
HOSTS = frozenset({"conda.anaconda.org", "repo.anaconda.com", "anaconda.org"})


class Owner(msgspec.Struct):
    login: str
    user_type: str | None = None


class File(msgspec.Struct):
    upload_time: str | None = None


class Package(msgspec.Struct):
    """There are as many files as versions times systems; only their dates are of interest."""

    owner: Owner | None = None
    latest_version: str | None = None
    license: str | None = None
    dev_url: str | None = None
    source_git_url: str | None = None
    home: str | None = None
    files: list[File] = []


def default() -> str:
    return "https://api.anaconda.org"


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """The channel and the name. Channels at hosts of one's own are private."""
    place = qualifiers.get("channel") or qualifiers.get("repository_url") or USUAL
    try:
        parts = urlsplit(place)
    except ValueError:
        return None
    if parts.netloc and parts.hostname not in HOSTS:
        return None
    channel = parts.path.strip("/").partition("/label/")[0]
    return "conda", f"{CHANNELS.get(channel, channel) or USUAL}/{name.rpartition('/')[2]}"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"package/{quote(name, safe='/')}"),)


def facts(body: bytes) -> Record:
    told = msgspec.json.decode(body, type=Package)
    owner = told.owner
    return Record(
        facts=Facts(
            publishers=1 if owner and owner.user_type == "user" else None,
            organisation=owner.login if owner and owner.user_type == "org" else None,
            repository=repository([told.dev_url, told.source_git_url, told.home]),
            licence=normalise(told.license),
            latest=told.latest_version,
            released=max((file.upload_time or "" for file in told.files), default="")[:10] or None,
        )
    )
