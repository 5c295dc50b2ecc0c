"""yarn.lock of Yarn 1 ("classic").

Format: https://classic.yarnpkg.com/en/docs/yarn-lock (an indented text of its own, close to YAML)
"""

from collections.abc import Iterable, Iterator

import msgspec

from scanner.model import Component, Scope
from scanner.read import graph, registry
from scanner.read.javascript import manifest
from scanner.read.source import Source

FILES = ("yarn.lock",)
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})

LOCAL = ("file:", "link:", "portal:")


class Block(msgspec.Struct):
    """One resolved package: the requests it answers ("lodash@^4.0.0"), and what it asks for in turn."""

    line: int
    requests: list[str]
    fields: dict[str, str]
    needs: list[str]


def recognises(head: bytes) -> bool:
    """Yarn 1 signs its files; the later ones are YAML with a __metadata block."""
    return b"yarn lockfile v1" in head or (b"__metadata:" not in head and b"\n  version " in head)


def read(source: Source) -> Iterator[Component]:
    """Every resolved package. Direct ones and scopes come from package.json, where it is there."""
    blocks = list(_blocks(source))
    answers = {request: index for index, block in enumerate(blocks) for request in block.requests}
    edges = {index: [answers[need] for need in block.needs if need in answers] for index, block in enumerate(blocks)}
    wanted = manifest.read(source)
    direct = {index: scope for index, block in enumerate(blocks) if wanted and (scope := _wanted(block, wanted))}
    usual = registry.usual("npm", (block.fields.get("resolved") for block in blocks))
    components = {index: _component(source, block, usual) for index, block in enumerate(blocks) if not _is_part(block)}
    return graph.link(components, edges, direct if wanted is not None else None)


def _is_part(block: Block) -> bool:
    """A folder of the project: an archive in it would have been resolved."""
    folder = all(request[1:].partition("@")[2].startswith(LOCAL) for request in block.requests)
    return folder and "resolved" not in block.fields


def _component(source: Source, block: Block, usual: Iterable[str]) -> Component:
    integrity = block.fields.get("integrity")
    return source.component(
        "npm",
        _name(block.requests[0]),
        block.fields["version"],
        line=block.line,
        hashes=(integrity,) if integrity else (),
        qualifiers=manifest.origin(None, block.fields.get("resolved"), usual),
    )


def _blocks(source: Source) -> Iterator[Block]:
    block: Block | None = None
    section = ""
    for number, text in enumerate(source.text.splitlines(), 1):
        stripped = text.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if not text.startswith(" "):
            if block:
                yield _complete(source, block)
            block, section = _head(source, stripped, number), ""
        elif block is None:
            source.error("a field stands before the first package", f"line {number}")
        else:
            section = _field(block, text, stripped, section)
    if block:
        yield _complete(source, block)


def _head(source: Source, text: str, number: int) -> Block:
    if not text.endswith(":"):
        source.error(f"{text[:60]!r} starts no package", f"line {number}")
    return Block(number, [_unquote(part) for part in text[:-1].split(",")], {}, [])


def _field(block: Block, text: str, stripped: str, section: str) -> str:
    """Add one line to its block; returns the section that the next line is in."""
    if not text.startswith("    ") and stripped.endswith(":"):
        return stripped[:-1]
    name, value = _pair(stripped)
    if not text.startswith("    "):
        block.fields[name] = value
        return ""
    if section in ("dependencies", "optionalDependencies"):
        block.needs.append(f"{name}@{value}")
    return section


def _complete(source: Source, block: Block) -> Block:
    if "version" not in block.fields:
        source.error(f"{block.requests[0][:60]!r} has no version", f"line {block.line}")
    return block


def _pair(text: str) -> tuple[str, str]:
    """`name "value"`, either of them with or without quotes."""
    if text.startswith('"'):
        name, _, value = text[1:].partition('"')
    else:
        name, _, value = text.partition(" ")
    return name, _unquote(value)


def _unquote(text: str) -> str:
    return text.strip().strip('"')


def _name(request: str) -> str:
    """The package a request is for: "@babel/core@^7", or under another name "alias@npm:real-name@^1"."""
    name, _, wanted = request[1:].partition("@")
    if wanted.startswith("npm:"):
        real = wanted.removeprefix("npm:")
        return real[:1] + real[1:].partition("@")[0]
    return request[:1] + name


def _wanted(block: Block, wanted: dict[str, Scope]) -> Scope | None:
    names = [request[:1] + request[1:].partition("@")[0] for request in block.requests]
    return next((wanted[name] for name in names if name in wanted), None)
