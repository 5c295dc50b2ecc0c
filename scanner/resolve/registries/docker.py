"""Docker Hub.

API: https://docs.docker.com/reference/api/hub/latest/. To fetch an image's configuration, which has all of its labels,
counts as a pull (https://docs.docker.com/docker-hub/usage/pulls/), and those are the user's: so only such labels are
known as the instructions say that the image was built by.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, oci

HUB = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"})
OFFICIAL = "library"
"""The namespace of images that Docker reviews: https://docs.docker.com/docker-hub/repos/manage/trusted-content/"""
SOURCE = "https://github.com/docker-library/official-images"
TAG = "latest"
LABEL = re.compile(r"""(org\.opencontainers\.image\.\w+)=(?:"([^"]*)"|(.*?))(?= [\w.-]+=|$)""")
"""As builders write it into an image's history: `LABEL name=value name=value`, with and without quotes."""
LONGEST = 10_000
"""Characters of an instruction that are looked at."""


class Repository(msgspec.Struct):
    name: str
    namespace: str | None = None
    status_description: str | None = None
    last_updated: str | None = None


class Account(msgspec.Struct):
    type: str | None = None


class Layer(msgspec.Struct):
    instruction: str | None = None


class Image(msgspec.Struct):
    """The image for one system; as far as labels go, any stands for all."""

    layers: list[Layer] | None = None


class Tag(msgspec.Struct):
    images: list[Image] | None = None


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
    return Document(path), Document(f"{path}/tags/{TAG}", required=False), *account


def facts(body: bytes, tag: bytes | None = None, account: bytes | None = None) -> Record:
    told = msgspec.json.decode(body, type=Repository)
    labels = dict(_labels(msgspec.json.decode(tag or b"{}", type=Tag)))
    holder = msgspec.json.decode(account or b"{}", type=Account)
    official = told.namespace == OFFICIAL
    return Record(
        facts=Facts(
            organisation="Docker" if official else told.namespace if holder.type == "Organization" else None,
            repository=SOURCE if official else oci.repository(labels),
            licence=oci.licence(labels),
            released=(told.last_updated or "")[:10] or None,
            withdrawn="archived" if told.status_description == "archived" else None,
        )
    )


def _labels(tag: Tag) -> Iterator[tuple[str, str]]:
    """The last of the same name counts."""
    layers = next((image.layers for image in tag.images or () if image.layers), [])
    for layer in layers:
        said = (layer.instruction or "")[:LONGEST].rpartition("#(nop)")[2]
        word, _, rest = " ".join(said.split()).partition(" ")
        if word == "LABEL":
            yield from ((found[1], found[2] or found[3] or "") for found in LABEL.finditer(rest))
