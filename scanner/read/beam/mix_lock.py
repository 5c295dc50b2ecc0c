"""mix.lock of Mix, and mix.exs beside it.

Format: https://hexdocs.pm/mix/Mix.Tasks.Deps.Get.html (an Elixir term, an entry a line; its fields are not documented)
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.source import Source

FILES = ("mix.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})

MAP = re.compile(r"(?:\s|#[^\n]*)*+%\{")
ENTRY = re.compile(r"\s*\"([^\"]+)\":\s*\{\s*:(\w+),\s*(.*)")
HEX = re.compile(r":\"?([\w.-]+)\"?,\s*\"([^\"]+)\",\s*\"([0-9a-fA-F]*)\"(.*)")
TAIL = re.compile(r"\],\s*\"([^\"]+)\"(?:,\s*\"([0-9a-fA-F]+)\")?\}")
NEED = re.compile(r"\{:\"?([\w.-]+)\"?,")
GIT = re.compile(r"\"([^\"]+)\",\s*\"([^\"]+)\"")
WISH = re.compile(r"\{\s*:(\w+)\s*,([^{}]*)\}")
ONLY = re.compile(r"\bonly:\s*(\[[^\]]*\]|:\w+)")
PUBLIC = "hexpm"


class Entry(NamedTuple):
    component: Component
    needs: list[str]


def read(source: Source) -> Iterator[Component]:
    """Every locked package; direct ones and scopes come from mix.exs."""
    if not MAP.match(source.text):
        source.error("is no map of Elixir")
    entries: dict[str, Entry] = {}
    for number, text in enumerate(source.text.splitlines(), 1):
        match = ENTRY.match(text)
        if match:
            entry = _hex(source, match, number) if match[2] == "hex" else _git(source, match, number)
            if entry:
                entries[match[1]] = entry
    components = {name: entry.component for name, entry in entries.items()}
    edges = {name: entry.needs for name, entry in entries.items()}
    return graph.link(components, edges, _roots(source, components))


def _hex(source: Source, match: re.Match[str], line: int) -> Entry | None:
    found = HEX.match(match[3])
    if found is None:
        source.error(f"{match[1]!r} has no name and version", f"line {line}")
    name, version, inner, rest = found.groups()
    tail = TAIL.search(rest)
    repository = tail[1] if tail else PUBLIC
    checksum = tail[2] if tail and tail[2] else inner
    owner = repository.partition(":")[2]
    component = source.component(
        "hex",
        f"{owner}/{name}" if owner else name,
        version,
        line=line,
        hashes=(f"sha256:{checksum}",) if checksum else (),
        qualifiers=None if repository.partition(":")[0] == PUBLIC else {"repository_url": repository},
    )
    return Entry(component, NEED.findall(rest))


def _git(source: Source, match: re.Match[str], line: int) -> Entry | None:
    """A package from git has no version; one at a path is a part of the project."""
    found = GIT.match(match[3]) if match[2] == "git" else None
    if found is None:
        return None
    return Entry(source.component("hex", match[1], None, line=line, qualifiers=registry.git(found[1], found[2])), [])


def _roots(source: Source, names: dict[str, Component]) -> dict[str, Scope] | None:
    """What mix.exs names in tuples such as {:ex_doc, "~> 0.30", only: :dev}."""
    neighbour = source.neighbour("mix.exs")
    if neighbour is None:
        return None
    return {match[1]: _scope(match[2]) for match in WISH.finditer(neighbour.text) if match[1] in names}


def _scope(options: str) -> Scope:
    only = ONLY.search(options)
    environments = set(re.findall(r":(\w+)", only[1])) if only else {"prod"}
    if "prod" in environments:
        return "optional" if "optional: true" in options else "runtime"
    return "test" if environments == {"test"} else "development"
