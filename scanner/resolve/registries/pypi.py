"""The Python Package Index and what speaks its two APIs.

JSON API: https://github.com/pypi/warehouse/blob/main/docs/user/api/json.md (owners, licence, yanked files).
Index API: PEP 691, with the provenance of PEP 740 and the project status of PEP 792:
https://packaging.python.org/en/latest/specifications/simple-repository-api/
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import from_classifiers, normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, derived, repository, web

FIRST_COME = True
SIMPLE = "application/vnd.pypi.simple.v1+json"
FUNDING = ("fund", "sponsor", "donat", "tidelift", "patreon", "open collective")
SOURCE = ("source", "source code", "repository", "code", "github", "gitlab")
PAGES = ("home", "bug", "issue", "tracker")
"""Labels of pages that may be those of a repository, if they are at a forge."""
INACTIVE = "Development Status :: 7 - Inactive"


class Info(msgspec.Struct):
    version: str | None = None
    license: Any = None
    license_expression: Any = None
    classifiers: list[str] | None = None
    home_page: Any = None
    project_urls: dict[str, Any] | None = None


class File(msgspec.Struct):
    upload_time: str | None = None
    yanked: bool = False
    yanked_reason: str | None = None


class Role(msgspec.Struct):
    user: str


class Ownership(msgspec.Struct):
    organization: str | None = None
    roles: list[Role] | None = None


class Project(msgspec.Struct):
    info: Info
    releases: dict[str, list[File]] = {}
    ownership: Ownership | None = None


class IndexFile(msgspec.Struct, rename="kebab"):
    filename: str = ""
    upload_time: str | None = None
    provenance: str | msgspec.UnsetType | None = msgspec.UNSET


class Status(msgspec.Struct):
    status: str = "active"
    reason: str | None = None


class Index(msgspec.Struct, rename="kebab"):
    files: list[IndexFile] = []
    project_status: Status | None = None


def default() -> str:
    return derived("pkg:pypi/name@1")


def documents(name: str) -> tuple[Document, ...]:
    escaped = quote(name, safe="")
    return (
        Document(f"pypi/{escaped}/json", required=False),
        Document(f"simple/{escaped}/", SIMPLE, required=False, offered=False),
    )


def facts(project: bytes | None, index: bytes | None = None) -> Record:
    told = msgspec.json.decode(project, type=Project) if project else Project(info=Info())
    listed = msgspec.json.decode(index, type=Index) if index else Index()
    info, owners = told.info, told.ownership or Ownership()
    links = info.project_urls or {}
    files = [file for release in told.releases.values() for file in release]
    return Record(
        facts=Facts(
            publishers=len({role.user for role in owners.roles}) if owners.roles else None,
            organisation=owners.organization or None,
            repository=_repository(links, info.home_page),
            licence=_licence(info),
            latest=info.version,
            released=_released([*files, *listed.files]),
            withdrawn=_withdrawn(info, listed.project_status),
            provenance=_provenance(listed.files),
            funding=_links(links, FUNDING),
        ),
        withdrawn={version: reason for version, release in told.releases.items() if (reason := _yanked(release))},
    )


def _repository(links: dict[str, Any], home: Any) -> str | None:
    """What is labelled as the source, at best at a forge ("GitHub: issues" has the way to it); else a page at one."""
    source = _links({label: address for label, address in links.items() if "conduct" not in label.lower()}, SOURCE)
    return repository(source) or next(iter(source), None) or repository([*_links(links, PAGES), home])


def _links(links: dict[str, Any], words: Iterable[str]) -> tuple[str, ...]:
    """Addresses whose label starts with one of `words`; labels are the author's: "Source Code", "Funding"."""
    return web(address for label, address in links.items() if label.lower().startswith(tuple(words)))


def _licence(info: Info) -> str | None:
    """PEP 639's expression, else the free text where it is an identifier, else the classifiers, else the text."""
    if info.license_expression:
        return normalise(info.license_expression)
    classified = from_classifiers(info.classifiers or ())
    return normalise(info.license, instead=classified)


def _released(files: Iterable[File | IndexFile]) -> str | None:
    return max((file.upload_time[:10] for file in files if file.upload_time), default=None)


def _withdrawn(info: Info, status: Status | None) -> str | None:
    if status and status.status != "active":
        return f"{status.status}: {status.reason}" if status.reason else status.status
    return "declared inactive" if INACTIVE in (info.classifiers or ()) else None


def _provenance(files: list[IndexFile]) -> bool | None:
    """Whether the newest upload has an attestation; None where the index leaves the key out of every file."""
    if all(file.provenance is msgspec.UNSET for file in files):
        return None
    newest = max(files, key=lambda file: file.upload_time or "")
    return isinstance(newest.provenance, str)


def _yanked(release: list[File]) -> str | None:
    """Why a release is yanked, PEP 592: it is when all of its files are."""
    if not release or not all(file.yanked for file in release):
        return None
    reason = next((file.yanked_reason for file in release if file.yanked_reason), None)
    return f"yanked: {reason}" if reason else "yanked"
