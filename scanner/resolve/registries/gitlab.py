"""GitLab.com repositories: components of pipelines, and packages that come straight from the forge.

API: https://docs.gitlab.com/api/projects/#get-a-single-project
"""

from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document


class Namespace(msgspec.Struct):
    full_path: str
    kind: str


class Licence(msgspec.Struct):
    key: str | None = None


class Project(msgspec.Struct):
    namespace: Namespace
    web_url: str | None = None
    last_activity_at: str | None = None
    archived: bool = False
    license: Licence | None = None


def default() -> str:
    return "https://gitlab.com"


def documents(name: str) -> tuple[Document, ...]:
    return (Document(f"api/v4/projects/{quote(name, safe='')}?license=true"),)


def facts(body: bytes) -> Record:
    """Like at GitHub, the last activity counts as a release, and members are not told."""
    told = msgspec.json.decode(body, type=Project)
    return Record(
        facts=Facts(
            organisation=told.namespace.full_path if told.namespace.kind == "group" else None,
            repository=told.web_url,
            licence=normalise(told.license.key if told.license and told.license.key != "other" else None),
            released=(told.last_activity_at or "")[:10] or None,
            withdrawn="archived" if told.archived else None,
        )
    )
