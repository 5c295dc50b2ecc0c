"""CycloneDX software bills of materials in JSON, versions 1.2 to 1.7.

Standard: ECMA-424, https://cyclonedx.org/docs/1.7/json/. Decoded straight into structs with the fields used, and
component by component: real files are not strictly valid, and one odd component must not lose the others.
"""

from collections.abc import Iterator, Mapping

import msgspec

from scanner import purl
from scanner.model import Component, Location, Scope
from scanner.read.source import Source

FILES = ("bom.json", "sbom.json", "cyclonedx.json", "*.cdx.json", "*.bom.json", "*bom.json")
NEWEST = (1, 7)
MAX_DEPTH = 100
LINE = r'"purl"\s*:\s*"([^"]+)"'
SCOPES: Mapping[object, Scope] = {"optional": "optional", "excluded": "development"}


class Bom(msgspec.Struct, rename="camel"):
    bom_format: object = None
    spec_version: object = None
    metadata: msgspec.Raw = msgspec.Raw(b"null")
    components: list[msgspec.Raw] | None = None
    dependencies: list[msgspec.Raw] | None = None


class Metadata(msgspec.Struct):
    component: msgspec.Raw = msgspec.Raw(b"null")


class Node(msgspec.Struct):
    """A component; what is only looked at when it is needed stays encoded."""

    name: str | None = None
    group: str | None = None
    version: str | float | None = None
    type: str | None = None
    purl: str | None = None
    scope: object = None
    ref: str | None = msgspec.field(name="bom-ref", default=None)
    licenses: msgspec.Raw = msgspec.Raw(b"null")
    hashes: msgspec.Raw = msgspec.Raw(b"null")
    components: list[msgspec.Raw] | None = None


class Edge(msgspec.Struct, rename="camel"):
    ref: str
    depends_on: list[str] | None = None
    provides: list[str] | None = None


class Hash(msgspec.Struct):
    alg: str
    content: str


_node = msgspec.json.Decoder(Node)
_edge = msgspec.json.Decoder(Edge)
_metadata = msgspec.json.Decoder(Metadata | None)
_hashes = msgspec.json.Decoder(list[Hash] | None)


def recognises(head: bytes) -> bool:
    """`bomFormat` is required since 1.2, and tools write it early."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b"CycloneDX" in head and b"bomFormat" in head


def read(source: Source) -> Iterator[Component]:
    """Every component, nested ones too, with the edges of `dependencies`."""
    bom = source.json(Bom)
    _check_version(source, bom)
    nodes = list(_nodes(source, bom.components or (), "$.components", 0))
    identities = [_purl(source, node, place) for node, place in nodes]
    by_ref = {node.ref: found for (node, _), found in zip(nodes, identities, strict=True) if node.ref and found}
    edges = _edges(source, bom.dependencies or ())
    direct = _direct(source, bom, edges)
    lines = source.lines(LINE)
    for (node, place), identity in zip(nodes, identities, strict=True):
        if identity is None:
            continue
        needs = edges.get(node.ref or "", ())
        yield Component(
            purl=identity,
            name=purl.name_of(identity) if node.purl else _name(node),
            version=purl.version_of(identity),
            scope=_scope(node),
            direct=None if direct is None else node.ref in direct,
            locations=(Location(path=source.path, line=lines.get(node.purl or "")),),
            requires=tuple(by_ref[ref] for ref in needs if ref in by_ref),
            licence=_licence(node),
            hashes=_hash_list(source, node, place),
        )


def _check_version(source: Source, bom: Bom) -> None:
    if bom.bom_format != "CycloneDX":
        source.error(f"bomFormat is {bom.bom_format!r}, not 'CycloneDX'", "$.bomFormat")
    parts = str(bom.spec_version).split(".")
    if len(parts) != 2 or not all(part.isdigit() for part in parts) or parts[0] != "1":
        source.error(f"specVersion {bom.spec_version!r} is not known; 1.2 to 1.7 are", "$.specVersion")
    if (1, int(parts[1])) > NEWEST:
        source.gap(f"specVersion {bom.spec_version} is newer than 1.7: what it adds is not read", "$.specVersion")


def _nodes(source: Source, raws: list[msgspec.Raw] | tuple[()], place: str, depth: int) -> Iterator[tuple[Node, str]]:
    if depth > MAX_DEPTH:
        source.gap(f"components are nested more than {MAX_DEPTH} deep", place[:120])
        return
    for index, raw in enumerate(raws):
        where = f"{place}[{index}]"
        try:
            node = _node.decode(raw)
        except (msgspec.MsgspecError, RecursionError) as error:
            source.gap(f"component dropped: {str(error).partition(' - at')[0]}", where)
            continue
        yield node, where
        if node.components:
            yield from _nodes(source, node.components, f"{where}.components", depth + 1)


def _purl(source: Source, node: Node, place: str) -> str | None:
    """The component's purl. Without a valid one, a generic purl of its name; files of no package have none."""
    if node.purl:
        try:
            return purl.canonical(node.purl)
        except ValueError as error:
            source.gap(f"{node.purl[:80]!r} is no valid purl: {error}", f"{place}.purl")
    if node.type == "file":
        return None
    if not node.name:
        source.gap("component dropped: it has neither name nor purl", place)
        return None
    version = str(node.version) if node.version is not None else None
    try:
        return purl.build("generic", node.name, version, namespace=node.group or "")
    except ValueError as error:
        source.gap(f"component dropped: {error}", place)
        return None


def _name(node: Node) -> str:
    return f"{node.group}/{node.name}" if node.group else node.name or ""


def _scope(node: Node) -> Scope:
    return SCOPES.get(node.scope, "runtime") if isinstance(node.scope, str) else "runtime"


def _edges(source: Source, raws: list[msgspec.Raw] | tuple[()]) -> dict[str, list[str]]:
    edges: dict[str, list[str]] = {}
    for index, raw in enumerate(raws):
        try:
            edge = _edge.decode(raw)
        except (msgspec.MsgspecError, RecursionError) as error:
            source.gap(f"dependency dropped: {str(error).partition(' - at')[0]}", f"$.dependencies[{index}]")
            continue
        edges.setdefault(edge.ref, []).extend(edge.depends_on or ())
    return edges


def _direct(source: Source, bom: Bom, edges: Mapping[str, list[str]]) -> frozenset[str] | None:
    """What the described project depends on itself; None where the graph does not start from it."""
    try:
        metadata = _metadata.decode(bom.metadata)
        root = _node.decode(metadata.component) if metadata and metadata.component != b"null" else None
    except (msgspec.MsgspecError, RecursionError) as error:
        source.gap(f"metadata not read: {str(error).partition(' - at')[0]}", "$.metadata")
        return None
    return frozenset(edges[root.ref]) if root and root.ref and root.ref in edges else None


def _licence(node: Node) -> str | None:
    """One SPDX expression of all that is declared; names that are no SPDX id are quoted by nobody and kept as is."""
    if node.licenses == b"null" or node.licenses == b"[]":
        return None
    try:
        choices = msgspec.json.decode(node.licenses)
    except (msgspec.MsgspecError, RecursionError):
        return None
    found = [text for choice in choices if (text := _choice(choice))] if isinstance(choices, list) else []
    return " AND ".join(found) or None


def _choice(choice: object) -> str | None:
    if not isinstance(choice, dict):
        return None
    licence = choice.get("license")
    text = choice.get("expression")
    if text is None and isinstance(licence, dict):
        text = licence.get("id") or licence.get("name")
    return text if isinstance(text, str) else None


def _hash_list(source: Source, node: Node, place: str) -> tuple[str, ...]:
    if node.hashes == b"null":
        return ()
    try:
        return tuple(f"{hash.alg}:{hash.content}" for hash in _hashes.decode(node.hashes) or ())
    except (msgspec.MsgspecError, RecursionError):
        source.gap("hashes not read", f"{place}.hashes")
        return ()
