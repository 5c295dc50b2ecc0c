"""Gemfile.lock of Bundler.

Format: https://bundler.io/man/bundle-lock.1.html (an indented text of its own; its fields are not documented)
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.ruby import gemfile
from scanner.read.source import Source

FILES = ("Gemfile.lock", "gems.locked", "Gemfile.*.lock")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})

SPEC = re.compile(r"    ([^\s()]+) \(([^()]+)\)$")
NEED = re.compile(r"(?:      |  )([^\s()!]+)(!)?(?: \(.*\))?(!)?$")
CHECKSUM = re.compile(r"  ([^\s()]+) \(([^()]+)\) (\S+)$")


class Origin(NamedTuple):
    """The header of a section: GEM, GIT, PATH or PLUGIN SOURCE, and its fields."""

    kind: str
    fields: dict[str, str]


class Gem(NamedTuple):
    line: int
    name: str
    version: str
    origin: Origin
    needs: list[str]


def read(source: Source) -> Iterator[Component]:
    """Every gem but those at a path of the project, with edges; of several platforms' builds one."""
    gems, wanted, checksums = _parse(source)
    usual = registry.usual(
        "gem", (gem.origin.fields.get("remote") for gem in gems.values() if gem.origin.kind == "GEM")
    )
    components = {
        name: source.component(
            "gem",
            name,
            gem.version,
            line=gem.line,
            hashes=checksums.get((name, gem.version), ()),
            qualifiers=_origin(gem.origin, usual),
        )
        for name, gem in gems.items()
        if gem.origin.kind != "PATH"
    }
    scopes = gemfile.read(source)
    roots: dict[str, Scope] = {name: scopes.get(name, "runtime") for name in wanted}
    for gem in gems.values():
        if gem.origin.kind == "PATH":
            roots |= {need: roots.get(need, "runtime") for need in gem.needs}
    return graph.link(components, {name: gem.needs for name, gem in gems.items()}, roots)


def _origin(origin: Origin, usual: frozenset[str]) -> Mapping[str, str] | None:
    remote = origin.fields.get("remote", "")
    if origin.kind == "GIT":
        return registry.git(remote, origin.fields.get("revision"))
    return registry.qualifiers(remote, usual)


def _parse(source: Source) -> tuple[dict[str, Gem], list[str], dict[tuple[str, str], tuple[str, ...]]]:
    gems: dict[str, Gem] = {}
    wanted: list[str] = []
    checksums: dict[tuple[str, str], tuple[str, ...]] = {}
    origin = Origin("", {})
    last: Gem | None = None
    for number, raw in enumerate(source.text.splitlines(), 1):
        text = raw.rstrip()
        if text and not text.startswith(" "):
            origin, last = Origin(text, {}), None
        elif origin.kind == "DEPENDENCIES" and (match := NEED.match(text)):
            wanted.append(match[1])
        elif origin.kind == "CHECKSUMS" and (match := CHECKSUM.match(text)):
            checksums.setdefault((match[1], match[2].partition("-")[0]), (match[3].replace("=", ":", 1),))
        elif origin.kind in ("GEM", "GIT", "PATH", "PLUGIN SOURCE"):
            if match := SPEC.match(text):
                version = match[2].partition("-")[0]  # "1.15.0-x86_64-linux": a platform's build
                last = gems.setdefault(match[1], Gem(number, match[1], version, origin, []))
            elif last and (match := NEED.match(text)):
                last.needs.append(match[1])
            elif text.startswith("  ") and ":" in text:
                name, _, value = text.strip().partition(":")
                origin.fields[name] = value.strip()
    if not wanted and not gems and origin.kind not in ("BUNDLED WITH", "PLATFORMS", "DEPENDENCIES", "CHECKSUMS"):
        source.error("is no lockfile of Bundler")
    return gems, wanted, checksums
