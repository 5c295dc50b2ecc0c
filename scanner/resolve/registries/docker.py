"""Docker Hub.

API: https://docs.docker.com/reference/api/hub/latest/. It tells no licence; the labels of an image, which may, cannot
be read without counting as a pull: https://docs.docker.com/docker-hub/usage/.
"""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, oci

HUB = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"})
OFFICIAL = "library"
"""The namespace of images that Docker reviews: https://docs.docker.com/docker-hub/repos/manage/trusted-content/"""


class Repository(msgspec.Struct):
    name: str
    namespace: str | None = None
    status_description: str | None = None
    last_updated: str | None = None


class Account(msgspec.Struct):
    type: str | None = None


def default() -> str:
    return "https://hub.docker.com"


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """An image of Docker Hub, or of the registry that the purl names."""
    host, path = oci.place(name, qualifiers)
    if not host or host in HUB:
        return "docker", path if "/" in path else f"{OFFICIAL}/{path}"
    return "oci", f"{host}/{path}"


def documents(name: str) -> tuple[Document, ...]:
    namespace, _, image = name.partition("/")
    path = f"v2/namespaces/{quote(namespace, safe='')}/repositories/{quote(image, safe='')}"
    account = () if namespace == OFFICIAL else (Document(f"v2/users/{quote(namespace, safe='')}", required=False),)
    return Document(path), *account


def facts(body: bytes, account: bytes | None = None) -> Record:
    told = msgspec.json.decode(body, type=Repository)
    holder = msgspec.json.decode(account or b"{}", type=Account)
    official = told.namespace == OFFICIAL
    return Record(
        facts=Facts(
            organisation="Docker" if official else told.namespace if holder.type == "Organization" else None,
            repository="https://github.com/docker-library/official-images" if official else None,
            released=(told.last_updated or "")[:10] or None,
            withdrawn="archived" if told.status_description == "archived" else None,
        )
    )
