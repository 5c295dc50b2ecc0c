"""Registries of images that speak the protocol of the Open Container Initiative.

Protocol: https://github.com/opencontainers/distribution-spec/blob/main/spec.md; what the annotations and labels of an
image mean: https://github.com/opencontainers/image-spec/blob/main/annotations.md. Only the registries of `SITES` and of
the configuration are asked, whatever host a purl names. Who may push is not told.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.licences import normalise
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, numbers, web

PREFIX = "org.opencontainers.image."
MANIFESTS = (
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json"
)
BLOB = "application/vnd.oci.image.config.v1+json, application/vnd.docker.container.image.v1+json, application/json"
EPOCH = "1970-01-01"
"""What reproducible builds give for the date of an image."""


class Site(NamedTuple):
    """What is particular about a public registry."""

    token: str = ""
    """Where it gives everybody a token, if it wants one: https://distribution.github.io/distribution/spec/auth/token/"""
    hosts: tuple[str, ...] = ()
    """Where it keeps what it redirects to."""


PUBLIC = {
    "ghcr.io": Site("token?service=ghcr.io&scope=repository:{}:pull", ("pkg-containers.githubusercontent.com",)),
    "quay.io": Site("v2/auth?service=quay.io&scope=repository:{}:pull", (".quay.io",)),
    "gcr.io": Site("v2/token?service=gcr.io&scope=repository:{}:pull", ("storage.googleapis.com",)),
    "public.ecr.aws": Site("token/?service=public.ecr.aws&scope=repository:{}:pull", (".cloudfront.net",)),
    "mcr.microsoft.com": Site(hosts=(".mcr.microsoft.com",)),
    "registry.k8s.io": Site(hosts=(".pkg.dev",)),
}
SITES = {host: f"https://{host}" for host in PUBLIC}


class Platform(msgspec.Struct):
    architecture: str = ""
    os: str = ""


class Descriptor(msgspec.Struct):
    digest: str
    platform: Platform | None = None


class Config(msgspec.Struct):
    """In a manifest the address of the configuration; in that the settings."""

    digest: str = ""
    labels: dict[str, str] | None = msgspec.field(name="Labels", default=None)


class Answer(msgspec.Struct):
    """Any of the documents: a token, a list of tags, an index, a manifest, or a configuration."""

    token: str | None = None
    access_token: str | None = None
    tags: list[str] | None = None
    manifests: list[Descriptor] | None = None
    annotations: dict[str, str] | None = None
    config: Config | None = None
    created: str | None = None


def default() -> str:
    return ""


def place(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str]:
    """Registry and path of an image: purls of type docker name the registry, those of type oci the whole repository."""
    address = qualifiers.get("repository_url", "").partition("://")[2] or qualifiers.get("repository_url", "")
    host, _, path = address.strip("/").partition("/")
    return host.lower(), path if path.rpartition("/")[2] == name.rpartition("/")[2] else name


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    from scanner.resolve.registries import docker

    return docker.known_as(name, qualifiers) if "repository_url" in qualifiers else None


def documents(name: str) -> tuple[Document, ...]:
    host, _, path = name.partition("/")
    site = PUBLIC.get(host, Site())
    return (Document(site.token.format(path) if site.token else _tags(path), hosts=site.hosts),)


def more(name: str, bodies: Sequence[bytes | None]) -> list[Document]:
    """Token, tags, the manifest of the newest tag, that of one system, and its configuration, one after the other."""
    host, _, path = name.partition("/")
    site, steps = PUBLIC.get(host, Site()), [None if body is None else _read(body) for body in bodies]
    bearer = ""
    if site.token and (login := steps.pop(0)):
        bearer = login.token or login.access_token or ""
    step = _next(path, steps)
    return [step._replace(bearer=bearer, hosts=site.hosts)] if step else []


def _next(path: str, steps: Sequence[Answer | None]) -> Document | None:
    last = steps[-1] if steps else Answer()
    if last is None:
        return None
    if not steps:
        return Document(_tags(path))
    root = f"v2/{quote(path)}"
    if len(steps) == 1:
        tag = _newest(last.tags or [])
        return Document(f"{root}/manifests/{quote(tag, safe='')}", MANIFESTS) if tag else None
    if last.manifests and len(steps) == 2:
        return Document(f"{root}/manifests/{quote(_one(last.manifests).digest, safe=':')}", MANIFESTS)
    told = any(name.startswith(PREFIX) for name in last.annotations or {})
    if told or not (last.config and last.config.digest):
        return None
    return Document(f"{root}/blobs/{quote(last.config.digest, safe=':')}", BLOB)


def facts(*bodies: bytes | None) -> Record | None:
    """Of several systems' images one stands for all."""
    steps = [_read(body) for body in bodies if body is not None]
    if not any(step.tags for step in steps):
        return None
    labels: dict[str, str] = {}
    for step in steps:
        labels |= (step.config.labels if step.config else None) or {}
        labels |= step.annotations or {}
    created = next((step.created for step in reversed(steps) if step.created), None)
    date = (labels.get(f"{PREFIX}created") or created or "")[:10]
    return Record(
        facts=Facts(
            repository=repository(labels),
            licence=licence(labels),
            latest=labels.get(f"{PREFIX}version"),
            released=date if date > EPOCH else None,
        )
    )


def repository(labels: Mapping[str, str]) -> str | None:
    return next(iter(web([labels.get(f"{PREFIX}source"), labels.get(f"{PREFIX}url")])), None)


def licence(labels: Mapping[str, str]) -> str | None:
    return normalise(labels.get(f"{PREFIX}licenses"))


def _read(body: bytes) -> Answer:
    return msgspec.json.decode(body, type=Answer)


def _tags(path: str) -> str:
    return f"v2/{quote(path)}/tags/list"


def _newest(tags: Sequence[str]) -> str | None:
    """The tag "latest", else the highest of those that are versions, else the last."""
    versions = [tag for tag in tags if tag.removeprefix("v").replace(".", "").isdigit() and "." in tag]
    return "latest" if "latest" in tags else max(versions, key=numbers, default=None) or next(reversed(tags), None)


def _one(manifests: Sequence[Descriptor]) -> Descriptor:
    usual = (item for item in manifests if item.platform and item.platform == Platform("amd64", "linux"))
    return next(usual, manifests[0])
