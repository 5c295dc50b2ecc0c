"""yarn.lock of Yarn 2 and later ("berry").

Format: https://yarnpkg.com/advanced/lexicon#lockfile (YAML; its fields are not documented)
"""

from collections.abc import Iterator, Mapping

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.javascript import manifest
from scanner.read.source import Source

FILES = ("yarn.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})
LINE = r"^\"?([^\s\"#][^\"\n]*?)\"?:\s*$"


class Entry(msgspec.Struct, rename="camel"):
    """One resolved package; its key lists the requests that it answers. Projects are soft links."""

    version: str = ""
    resolution: str = ""
    dependencies: dict[str, str] | None = None
    peer_dependencies: dict[str, str] | None = None
    checksum: str | None = None
    link_type: str = "hard"


def recognises(head: bytes) -> bool:
    """Whether the block is there that Yarn 1 does not write."""
    return b"__metadata:" in head


def read(source: Source) -> Iterator[Component]:
    """Every resolved package. What the workspace's projects ask for is direct; for what, package.json says."""
    entries = source.yaml(dict[str, Entry])
    entries.pop("__metadata", None)
    answers = {request.strip(): key for key in entries for request in key.split(",")}
    parts = [key for key, entry in entries.items() if entry.link_type == "soft"]
    components = _components(source, entries)
    same = _patched(components)
    answers = {request: same.get(key, key) for request, key in answers.items()}
    edges = {key: list(_resolve(entry.dependencies, answers)) for key, entry in entries.items()}
    roots = _roots(source, entries, answers, parts)
    return graph.link({key: component for key, component in components.items() if key not in same}, edges, roots)


def _components(source: Source, entries: Mapping[str, Entry]) -> dict[str, Component]:
    lines = source.lines(LINE)
    found: dict[str, Component] = {}
    for key, entry in entries.items():
        if entry.link_type == "soft":
            continue
        name, protocol, rest = _parse(entry.resolution)
        if not name:
            source.error(f"{key[:60]!r} has no resolution", f"line {lines.get(key)}")
        if protocol == "patch":  # "patch:name@npm%3A1.0.0#...": the same package, changed
            protocol, rest = "npm", ""
        found[key] = source.component(
            "npm",
            name,
            entry.version,
            line=lines.get(key),
            hashes=(entry.checksum,) if entry.checksum else (),
            qualifiers=_origin(protocol, rest),
        )
    return found


def _patched(components: Mapping[str, Component]) -> dict[str, str]:
    """Entries that are another one with a patch, by key: the same package."""
    first: dict[str, str] = {}
    return {
        key: first[component.purl]
        for key, component in components.items()
        if first.setdefault(component.purl, key) != key
    }


def _parse(resolution: str) -> tuple[str, str, str]:
    """Name, protocol and the rest of "@babel/core@npm:7.0.0"."""
    head, _, reference = resolution[1:].partition("@")
    protocol, colon, rest = reference.partition(":")
    return resolution[:1] + head, protocol if colon else "", rest


def _origin(protocol: str, rest: str) -> Mapping[str, str] | None:
    if protocol == "npm":  # "1.0.0", or with another registry's archive "1.0.0::__archiveUrl=https%3A%2F%2F..."
        from urllib.parse import unquote

        address = unquote(rest.partition("__archiveUrl=")[2].partition("&")[0])
        return manifest.origin(None, address) if address else None
    address = f"{protocol}:{rest}"
    if "#commit=" in address or protocol.startswith("git"):
        repository, _, commit = address.partition("#commit=")
        return registry.git(repository, commit.partition("&")[0] or None)
    return manifest.origin(None, address.partition("::")[0])


def _resolve(wishes: Mapping[str, str] | None, answers: Mapping[str, str]) -> Iterator[str]:
    """Before version 8 of the format a wish leaves the protocol "npm:" out, and a request has it."""
    for name, wish in (wishes or {}).items():
        key = answers.get(f"{name}@{wish}") or answers.get(f"{name}@npm:{wish}")
        if key:
            yield key


def _roots(
    source: Source,
    entries: Mapping[str, Entry],
    answers: Mapping[str, str],
    parts: list[str],
) -> dict[str, Scope] | None:
    """The entries of the projects list development dependencies like others; package.json tells them apart."""
    wanted = manifest.read(source)
    if not parts and wanted is None:
        return None
    roots: dict[str, Scope] = {}
    for part in parts:
        folder = entries[part].resolution.partition("@workspace:")[2]
        own = wanted if folder in (".", "") else manifest.read(source, folder)
        for name, wish in (entries[part].dependencies or {}).items():
            for key in _resolve({name: wish}, answers):
                scope = (own or {}).get(name, "runtime")
                roots[key] = "runtime" if "runtime" in (scope, roots.get(key)) else scope
    if not parts:
        for request, key in answers.items():
            name = _parse(request)[0]
            if wanted and name in wanted:
                roots[key] = wanted[name]
    return roots
