"""*.tf of Terraform and OpenTofu: providers and modules from elsewhere.

Format: https://developer.hashicorp.com/terraform/language/providers/requirements and …/language/modules/sources
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scanner.model import Component
from scanner.read import registry
from scanner.read.deploy import hcl
from scanner.read.source import Source

FILES = ("*.tf", "*.tofu")
CARRIES = frozenset({"direct", "lines"})
REGISTRY = "registry.terraform.io"
BUILT_IN = frozenset({"terraform", "local"})
EXACT = re.compile(r"=?\s*v?(\d[\w.+-]*)$")
ADDRESS = re.compile(r"(?:([\w-]+(?:\.[\w-]+)+)/)?([\w-]+/[\w-]+(?:/[\w-]+)?)(?://.*)?$")
FORGE = re.compile(
    r"(?:git::)?(?:https://|ssh://git@|git@)?(github\.com|bitbucket\.org)[:/]([\w.-]+/[\w.-]+?)(?:\.git)?(?:/.*|\?.*)?$"
)
REFERENCE = re.compile(r"[?&]ref=([^&]+)")


class Wish(NamedTuple):
    """A provider or module as it is asked for."""

    line: int
    source: str = ""
    version: str = ""


def read(source: Source) -> Iterator[Component]:
    """Required providers, unless the lockfile beside it has them, the providers that resources imply, and modules.

    The types of resources ("aws_dynamodb_table") are keys.
    """
    return declared(source, list(hcl.read(source.text)))


def declared(source: Source, assignments: list[hcl.Assignment]) -> Iterator[Component]:
    """The components of assignments, in whichever syntax they stand."""
    for type, line in _types(assignments).items():
        source.key(type, line)
    required = _wishes(assignments, ("terraform", "required_providers"))
    locked = source.neighbour(".terraform.lock.hcl") is not None
    if not locked:
        for name, wish in [*required.items(), *_implied(assignments, required)]:
            address = wish.source or f"hashicorp/{name}"
            address = address if address.count("/") == 2 else f"{REGISTRY}/{address}"
            yield source.component("terraform", address, _exact(wish.version), line=wish.line, direct=True)
    for wish in _wishes(assignments, ("module",)).values():
        found = _module(source, wish)
        if found:
            yield found


def _wishes(assignments: list[hcl.Assignment], head: tuple[str, ...]) -> dict[str, Wish]:
    """By name: blocks below `head`, or in older files assignments of just a version."""
    found: dict[str, Wish] = {}
    for path, name, value, line in assignments:
        if path[: len(head)] != head:
            continue
        if len(path) == len(head) + 1:
            wish = found.setdefault(path[-1], Wish(line))
            if name == "source":
                found[path[-1]] = wish._replace(source=value)
            elif name == "version":
                found[path[-1]] = wish._replace(version=value)
        elif len(path) == len(head) and name:
            found[name] = Wish(line, version=value)
    return found


def _implied(assignments: list[hcl.Assignment], required: Mapping[str, Wish]) -> Iterator[tuple[str, Wish]]:
    """Providers of resources ("aws_instance") that nothing asks for by name: Terraform takes HashiCorp's own."""
    seen = {*required, *BUILT_IN}
    for type, line in _types(assignments).items():
        provider = type.partition("_")[0]
        if provider not in seen:
            seen.add(provider)
            yield provider, Wish(line)


def _types(assignments: list[hcl.Assignment]) -> dict[str, int]:
    """Types of resources, with the line where each stands first."""
    types: dict[str, int] = {}
    for path, name, _, line in assignments:
        if not name and len(path) == 3 and path[0] in ("resource", "data"):
            types.setdefault(path[1], line)
    return types


def _exact(version: str) -> str | None:
    match = EXACT.match(version)
    return match[1] if match else None


def _module(source: Source, wish: Wish) -> Component | None:
    """From a registry, from a forge, or by another address; one at a path is a part of the project."""
    if not wish.source or wish.source.startswith("."):
        return None
    if match := FORGE.match(wish.source):
        reference = REFERENCE.search(wish.source)
        type = "github" if match[1] == "github.com" else "bitbucket"
        version = reference[1] if reference else None
        return source.component(type, match[2], version, line=wish.line, direct=True)
    if (match := ADDRESS.match(wish.source)) and match[2].count("/") == 2:
        address = f"{match[1] or REGISTRY}/{match[2]}"
        return source.component("terraform", address, _exact(wish.version), line=wish.line, direct=True)
    name = wish.source.partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".git") or wish.source
    qualifiers = {"download_url": registry.without_secrets(wish.source)}
    return source.component("generic", name, None, line=wish.line, direct=True, qualifiers=qualifiers)
