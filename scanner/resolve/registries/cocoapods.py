"""CocoaPods, the registry of pods for Apple's systems.

Who owns a pod is told by Trunk, https://github.com/CocoaPods/trunk.cocoapods.org; its specification is a file of the
network that clients load it from, https://blog.cocoapods.org/CocoaPods-1.8.0-beta/.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, numbers, repository

FIRST_COME = True
CDN = "https://cdn.cocoapods.org"
PUBLIC = ("cdn.cocoapods.org", "github.com/CocoaPods/Specs")


class Owner(msgspec.Struct):
    email: str | None = None
    name: str | None = None


class Version(msgspec.Struct):
    name: str
    created_at: str | None = None


class Pod(msgspec.Struct):
    versions: list[Version]
    owners: list[Owner] = []


class Spec(msgspec.Struct):
    license: Any = None
    homepage: str | None = None
    source: Any = None
    deprecated: bool = False
    deprecated_in_favor_of: str | None = None


def default() -> str:
    return "https://trunk.cocoapods.org"


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """A subspec belongs to its pod. Other repositories of specifications are private."""
    address = qualifiers.get("repository_url")
    public = address is None or any(place in address for place in PUBLIC)
    return ("cocoapods", name.partition("/")[0]) if public else None


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"api/v1/pods/{quote(name, safe='')}"),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """The specification of the latest version; files are spread over folders by the hash of the name."""
    if bodies[0] is None or len(bodies) > 1:
        return []
    latest = _latest(msgspec.json.decode(bodies[0], type=Pod))
    if latest is None:
        return []
    folder = "/".join(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:3])
    escaped = quote(name, safe="")
    return [Document(f"Specs/{folder}/{escaped}/{quote(latest, safe='')}/{escaped}.podspec.json", site=CDN)]


def facts(body: bytes, spec: bytes | None = None) -> Record:
    pod = msgspec.json.decode(body, type=Pod)
    told = msgspec.json.decode(spec or b"{}", type=Spec)
    licence = told.license.get("type") if isinstance(told.license, dict) else told.license
    source = told.source.get("git") if isinstance(told.source, dict) else None
    return Record(
        facts=Facts(
            publishers=len({owner.email or owner.name for owner in pod.owners}) or None,
            repository=repository([source, told.homepage]),
            licence=normalise(licence),
            latest=_latest(pod),
            released=max((version.created_at or "" for version in pod.versions), default="")[:10] or None,
            withdrawn="deprecated" if told.deprecated or told.deprecated_in_favor_of else None,
            successor=told.deprecated_in_favor_of,
        )
    )


def _latest(pod: Pod) -> str | None:
    """The highest version that is no pre-release, if there is any such."""
    names = [version.name for version in pod.versions]
    stable = [name for name in names if name.replace(".", "").isdigit()]
    return max(stable or names, key=numbers, default=None)
