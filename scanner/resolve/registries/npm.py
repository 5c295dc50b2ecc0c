"""The npm registry and what speaks its API.

API: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md. The full document, since only that
one tells the present maintainers and when something was last released.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, repository, web

FIRST_COME = True
FORGES = {"github": "https://github.com/", "gitlab": "https://gitlab.com/", "bitbucket": "https://bitbucket.org/"}


class Dist(msgspec.Struct):
    attestations: Any = None
    signatures: Any = None


class Version(msgspec.Struct):
    deprecated: Any = None
    license: Any = None
    licenses: Any = None
    repository: Any = None
    funding: Any = None
    dist: Dist | None = None


class Packument(msgspec.Struct):
    name: str
    dist_tags: dict[str, str] = msgspec.field(default_factory=dict, name="dist-tags")
    versions: dict[str, msgspec.Raw] = {}
    """Not decoded: there may be thousands, and one is of interest."""
    maintainers: Any = None
    time: dict[str, Any] = {}
    license: Any = None
    repository: Any = None


def default() -> str:
    return derived("pkg:npm/name@1")


def documents(name: str) -> tuple[Document, ...]:
    return (Document(quote(name, safe="@")),)


def facts(body: bytes) -> Record:
    package = msgspec.json.decode(body, type=Packument)
    tag = package.dist_tags.get("latest", "")
    latest = _version(package.versions[tag]) if tag in package.versions else Version()
    return Record(
        facts=Facts(
            publishers=_publishers(package.maintainers),
            repository=_repository(latest.repository or package.repository),
            licence=_licence(latest.license or latest.licenses or package.license),
            latest=tag or None,
            released=_released(package),
            withdrawn=_withdrawn(package, latest),
            provenance=_provenance(latest.dist or Dist()),
            funding=_funding(latest.funding),
        ),
        withdrawn=_deprecations(package) if b'"deprecated"' in body else {},
    )


def _version(raw: msgspec.Raw) -> Version:
    return msgspec.json.decode(raw, type=Version)


def _deprecations(package: Packument) -> dict[str, str]:
    versions = ((name, _version(raw)) for name, raw in package.versions.items())
    return {name: reason for name, version in versions if (reason := _deprecated(version))}


def _publishers(maintainers: Any) -> int | None:
    """The registry lists every account with write access, as objects or as "name <address>"."""
    if not isinstance(maintainers, list):
        return None
    names = (item.get("name") if isinstance(item, dict) else item for item in maintainers)
    return len({name for name in names if isinstance(name, str)}) or None


def _repository(declared: Any) -> str | None:
    """package.json's repository: an object, an address or "github:owner/name"; as one opens it in a browser."""
    text = declared.get("url") if isinstance(declared, dict) else declared
    if not isinstance(text, str):
        return None
    forge, _, path = text.rpartition(":")
    if re.fullmatch(r"[\w.-]+/[\w.-]+", path) and forge in ("", *FORGES):
        return FORGES[forge or "github"] + path
    text = re.sub(r"^(git\+)?(ssh://)?git@([^:/]+)[:/]", r"https://\3/", text)
    text = re.sub(r"^git(\+https?)?://", "https://", text)
    return repository([text]) or next(iter(web([text.removesuffix(".git")])), None)


def _licence(declared: Any) -> str | None:
    """A string by today's rules; older packages have {type, url} or a list of those, of which one may choose."""
    items = declared if isinstance(declared, list) else [declared]
    words = [item.get("type") if isinstance(item, dict) else item for item in items]
    return normalise(" OR ".join(str(word) for word in words if word))


def _released(package: Packument) -> str | None:
    """`time` also has `created`, `modified` (any edit of the metadata) and versions that were unpublished.

    A mirror that leaves `created` out has times of its own, as those when it first fetched a version.
    """
    if "created" not in package.time:
        return None
    times = (told for name, told in package.time.items() if name in package.versions and isinstance(told, str))
    return max(times, default="")[:10] or None


def _withdrawn(package: Packument, latest: Version) -> str | None:
    unpublished = package.time.get("unpublished")
    if unpublished and not package.versions:
        return "unpublished"
    return _deprecated(latest)


def _deprecated(version: Version) -> str | None:
    """An empty message undoes a deprecation: https://docs.npmjs.com/deprecating-and-undeprecating-packages"""
    if not version.deprecated:
        return None
    return f"deprecated: {version.deprecated}" if isinstance(version.deprecated, str) else "deprecated"


def _provenance(dist: Dist) -> bool | None:
    """The registry signs every version, so a document without signatures is not its own whole account."""
    return True if dist.attestations else False if dist.signatures else None


def _funding(declared: Any) -> tuple[str, ...]:
    items: Iterable[Any] = declared if isinstance(declared, list) else [declared]
    return web(item.get("url") if isinstance(item, dict) else item for item in items)
