"""A portfolio out of Dependency-Track: a folder with projects.json and a bill of materials for each project.

projects.json is what GET /api/v1/project answers, and a file that begins with a project's UUID what
GET /api/v1/bom/cyclonedx/project/{uuid} does. Reports are called by the UUID, to go
back with POST /api/v1/bom. API: https://docs.dependencytrack.org/integrations/rest-api/
"""

import os
from collections.abc import Iterator
from typing import cast

import msgspec

from scanner.errors import ReadError
from scanner.model import Criticality
from scanner.portfolio.listing import CRITICALITIES
from scanner.portfolio.records import Entry

INDEX = "projects.json"
UUID = 36
"""Characters of a UUID."""


class Named(msgspec.Struct):
    name: str | None = None


class Project(msgspec.Struct):
    """The part of the API's project that is used."""

    uuid: str
    name: str
    version: str | None = None
    group: str | None = None
    publisher: str | None = None
    author: str | None = None
    authors: list[Named] | None = None
    supplier: Named | None = None
    tags: list[Named] | None = None
    active: bool | None = None


def is_export(folder: str) -> bool:
    """Whether a folder has the list of projects that an export has."""
    return os.path.isfile(os.path.join(folder, INDEX))


def entries(folder: str) -> Iterator[Entry]:
    """The active projects. Raises ReadError where the list cannot be read."""
    path = os.path.join(folder, INDEX)
    try:
        with open(path, "rb") as file:
            projects = msgspec.json.decode(file.read(), type=list[Project])
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ReadError(path, f"is no list of projects as Dependency-Track gives it: {error}") from error
    files = {name[:UUID].lower(): name for name in sorted(os.listdir(folder)) if name != INDEX}
    for project in projects:
        if project.active is not False:
            yield _entry(project, os.path.join(folder, files.get(project.uuid.lower(), project.uuid)))


def _entry(project: Project, path: str) -> Entry:
    tags = [tag.name for tag in project.tags or () if tag.name]
    return Entry(
        name=" ".join(filter(None, (project.name, project.version))),
        path=os.fsencode(path),
        owner=_owner(project),
        criticality=_criticality(tags),
        labels=tuple(tags),
        key=project.uuid,
    )


def _owner(project: Project) -> str:
    author = next((author.name for author in project.authors or () if author.name), None)
    supplier = project.supplier.name if project.supplier else None
    return author or project.author or supplier or project.publisher or project.group or ""


def _criticality(tags: list[str]) -> Criticality | None:
    """A tag "vital", or "criticality:vital"."""
    words = (tag.lower().removeprefix("criticality:").strip() for tag in tags)
    return cast("Criticality | None", next((word for word in words if word in CRITICALITIES), None))
