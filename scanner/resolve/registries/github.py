"""GitHub repositories: actions, and packages that come straight from the forge.

API: https://docs.github.com/rest/repos/repos#get-a-repository; without credentials (~/.netrc) 60 requests an hour.
"""

from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document


class Licence(msgspec.Struct):
    spdx_id: str | None = None


class Owner(msgspec.Struct):
    login: str
    type: str


class Repository(msgspec.Struct):
    owner: Owner
    html_url: str | None = None
    license: Licence | None = None
    pushed_at: str | None = None
    archived: bool = False
    disabled: bool = False


def default() -> str:
    return "https://api.github.com"


def documents(name: str) -> tuple[Document, ...]:
    """purls of actions in subfolders have them as their subpath, so a name is owner/repository."""
    return (Document(f"repos/{quote(name, safe='/')}"),)


def facts(body: bytes) -> Record:
    """A branch can be used like a release, so the last push counts as one. Collaborators are not told."""
    told = msgspec.json.decode(body, type=Repository)
    return Record(
        facts=Facts(
            organisation=told.owner.login if told.owner.type == "Organization" else None,
            repository=told.html_url,
            licence=normalise(told.license.spdx_id if told.license else None),
            released=(told.pushed_at or "")[:10] or None,
            withdrawn="archived" if told.archived else "disabled" if told.disabled else None,
        )
    )
