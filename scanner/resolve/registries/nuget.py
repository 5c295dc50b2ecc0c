"""NuGet.org, the registry of .NET.

API: https://learn.microsoft.com/nuget/api/registration-base-url-resource. The names of owners are only in its search
service, at another host and without a word on which are organisations, so how many people can publish is not known.
Where a private feed keeps its registrations is in its service index:
https://learn.microsoft.com/nuget/api/service-index
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, Layout, numbers, repository

FIRST_COME = True
FOLDER = "v3/registration5-gz-semver2"


REGISTRATIONS = "RegistrationsBaseUrl"


class Resource(msgspec.Struct):
    id: str = msgspec.field(name="@id")
    type: str | list[str] = msgspec.field(name="@type")


class Service(msgspec.Struct):
    resources: list[Resource]


class Alternate(msgspec.Struct):
    id: str


class Deprecation(msgspec.Struct, rename="camel"):
    reasons: list[str] = []
    message: str | None = None
    alternate_package: Alternate | None = None


class Entry(msgspec.Struct, rename="camel"):
    id: str
    version: str
    published: str = ""
    license_expression: str | None = None
    license_url: str | None = None
    project_url: str | None = None
    listed: bool = True
    deprecation: Deprecation | None = None


class Leaf(msgspec.Struct, rename="camel"):
    catalog_entry: Entry


class Page(msgspec.Struct):
    """A run of versions; those of a package with many have documents of their own."""

    lower: str
    upper: str
    id: str = msgspec.field(name="@id", default="")
    items: list[Leaf] | None = None


class Index(msgspec.Struct):
    items: list[Page]


def told(index: bytes) -> str:
    """Of several registrations those of the newest version, as only they have all packages."""
    resources = msgspec.json.decode(index, type=Service).resources
    named = [(word, it.id) for it in resources for word in ([it.type] if isinstance(it.type, str) else it.type)]
    versions = [(numbers(word), address) for word, address in named if word.partition("/")[0] == REGISTRATIONS]
    if not versions:
        raise ValueError(f"no {REGISTRATIONS}")
    return max(versions)[1]


LAYOUT = Layout("/index.json", f"{FOLDER}/", told)


def default() -> str:
    return "https://api.nuget.org"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"{FOLDER}/{quote(name.lower(), safe='')}/index.json"),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """Pages that are not in the index itself."""
    if bodies[0] is None or len(bodies) > 1:
        return []
    pages = msgspec.json.decode(bodies[0], type=Index).items
    folder = f"{FOLDER}/{quote(name.lower(), safe='')}"
    return [Document(f"{folder}/{_place(name, page)}") for page in pages if page.items is None]


def _place(name: str, page: Page) -> str:
    """Where a page is in the folder of its package; its address is not followed, but feeds have names of their own."""
    told = page.id.partition(f"/{name.lower()}/")[2]
    usual = f"page/{quote(page.lower, safe='')}/{quote(page.upper, safe='')}.json"
    return told if re.fullmatch(r"(?!.*\.\.)[\w.+/-]{1,200}", told, re.ASCII) else usual


def facts(index: bytes, *pages: bytes | None) -> Record:
    found = msgspec.json.decode(index, type=Index).items
    found += [msgspec.json.decode(page, type=Page) for page in pages if page]
    entries = [leaf.catalog_entry for page in found for leaf in page.items or ()]
    if not entries:
        raise ValueError("no versions")
    listed = [entry for entry in entries if entry.listed]
    stable = [entry for entry in listed if "-" not in entry.version]
    latest = (stable or listed or entries)[-1]
    return Record(
        facts=Facts(
            repository=repository([latest.project_url]),
            licence=_licence(latest),
            latest=latest.version,
            released=max((entry.published for entry in listed), default="")[:10] or None,
            withdrawn=_withdrawn(latest) if listed else "unlisted: all versions",
            successor=_successor(latest),
        ),
        withdrawn={entry.version: reason for entry in entries if (reason := _withdrawn(entry))},
    )


def _licence(entry: Entry) -> str | None:
    """Older packages have an address, which says nothing that is sure; licenses.nuget.org names the expression."""
    prefix = "https://licenses.nuget.org/"
    address = entry.license_url or ""
    return normalise(entry.license_expression) or (
        normalise(address.removeprefix(prefix)) if address.startswith(prefix) else None
    )


def _withdrawn(entry: Entry) -> str | None:
    if entry.deprecation is None:
        return None
    return ": ".join(filter(None, ("deprecated", ", ".join(entry.deprecation.reasons), entry.deprecation.message)))


def _successor(entry: Entry) -> str | None:
    alternate = entry.deprecation and entry.deprecation.alternate_package
    return alternate.id if alternate else None
