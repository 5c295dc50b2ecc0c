"""Registries of providers and modules for Terraform and OpenTofu.

HashiCorp's registry: https://developer.hashicorp.com/terraform/registry/api-docs; what any other answers is the
protocol: https://developer.hashicorp.com/terraform/internals/provider-registry-protocol. Neither tells the licence.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model import Facts
from scanner.resolve.record import Record
from scanner.resolve.registries import Document, numbers, repository

HASHICORP = "registry.terraform.io"
SITES = {HASHICORP: f"https://{HASHICORP}", "registry.opentofu.org": "https://registry.opentofu.org"}
KINDS = {3: "providers", 4: "modules"}
"""By the parts of a name: host, namespace and type; host, namespace, name and system."""
OWNED = frozenset({"official", "partner"})
"""Tiers whose namespace is a company's: https://developer.hashicorp.com/terraform/registry/providers#provider-tiers"""


class Version(msgspec.Struct):
    version: str


class Deprecation(msgspec.Struct):
    reason: str | None = None


class Listed(msgspec.Struct):
    versions: list[Version] = []


class Told(msgspec.Struct):
    """A provider or a module as HashiCorp's registry has it, or what the protocol answers instead."""

    namespace: str | None = None
    version: str | None = None
    source: str | None = None
    published_at: str | None = None
    tier: str | None = None
    verified: bool = False
    warning: str | None = None
    warnings: list[str] | None = None
    unlisted: bool = False
    deprecation: Deprecation | None = None
    versions: Any = None
    modules: list[Listed] | None = None


def default() -> str:
    return SITES[HASHICORP]


def known_as(name: str, qualifiers: Mapping[str, str]) -> tuple[str, str] | None:
    """With the host before it; without one it is HashiCorp's."""
    hosted = name if "." in name.partition("/")[0] else f"{HASHICORP}/{name}"
    return ("terraform", hosted) if "repository_url" not in qualifiers and hosted.count("/") + 1 in KINDS else None


def documents(name: str) -> tuple[Document, ...]:
    host, *parts = name.split("/")
    path = f"v1/{KINDS[len(parts) + 1]}/{'/'.join(quote(part, safe='') for part in parts)}"
    return (Document(path if host == HASHICORP else f"{path}/versions"),)


def facts(body: bytes) -> Record:
    told = msgspec.json.decode(body, type=Told)
    warning = next(filter(None, [told.warning, *(told.warnings or ())]), None)
    return Record(
        facts=Facts(
            organisation=told.namespace if told.tier in OWNED or told.verified else None,
            repository=repository([told.source]),
            latest=told.version or _latest(told),
            released=(told.published_at or "")[:10] or None,
            withdrawn=_withdrawn(told, warning),
        )
    )


def _withdrawn(told: Told, warning: str | None) -> str | None:
    if told.deprecation:
        return f"deprecated: {told.deprecation.reason}" if told.deprecation.reason else "deprecated"
    return f"deprecated: {warning}" if warning else "unlisted" if told.unlisted else None


def _latest(told: Told) -> str | None:
    """The highest version that the protocol lists, of a provider or of a module."""
    listed = told.versions if told.versions is not None else [item.versions for item in told.modules or ()]
    nested = isinstance(listed, list) and listed and isinstance(listed[0], list)
    versions = msgspec.convert(listed[0] if nested else listed, list[Version])
    stable = [item.version for item in versions if "-" not in item.version]
    return max(stable or [item.version for item in versions], key=numbers, default=None)
