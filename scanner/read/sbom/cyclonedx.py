"""What CycloneDX says in any of its encodings, and components made of it.

The structs are the part of its object model that is used, named as in its JSON. A service is what the project talks
to, so it is a component too; without purl both are `pkg:generic/<group>/<name>@<version>`.

Standard: ECMA-424, https://cyclonedx.org/docs/1.7/json/
Properties: https://github.com/CycloneDX/cyclonedx-property-taxonomy
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

import msgspec

from scanner import purl
from scanner.model import SCOPES as ORDER
from scanner.model import Component, Location, Scope
from scanner.read.sbom import claims, identity
from scanner.read.source import Source

NEWEST = 7
SCOPES: Mapping[str, Scope] = {"optional": "optional", "excluded": "development"}
PROPERTIES: Mapping[tuple[str | None, str | None], Scope] = {
    ("cdx:npm:package:development", "true"): "development",
    ("cdx:composer:package:isDevRequirement", "true"): "development",
    ("cdx:pipenv:category", "develop"): "development",
    ("cdx:pipenv:category", "default"): "runtime",
    ("cdx:poetry:group", "dev"): "development",
    ("cdx:poetry:group", "main"): "runtime",
    ("cdx:maven:package:test", "true"): "test",
    **{("outlast:scope", scope): scope for scope in ORDER},
}


class Licence(msgspec.Struct, gc=False):
    id: str | None = None
    name: str | None = None


class Choice(msgspec.Struct, gc=False):
    license: Licence | None = None
    expression: str | None = None


class Hash(msgspec.Struct, gc=False):
    alg: str
    content: str


class Reference(msgspec.Struct, gc=False):
    type: str | None = None
    url: str | None = None


class Property(msgspec.Struct, gc=False):
    name: str | None = None
    value: str | None = None


class Node(msgspec.Struct, rename="camel", gc=False):
    """A component or a service."""

    name: str | None = None
    group: str | None = None
    version: str | int | float | None = None
    type: str | None = None
    purl: str | None = None
    scope: str | None = None
    ref: str | None = msgspec.field(name="bom-ref", default=None)
    licenses: list[Choice] | None = None
    hashes: list[Hash] | None = None
    external_references: list[Reference] | None = None
    properties: list[Property] | None = None
    components: "list[Node] | None" = None
    services: "list[Node] | None" = None


class Dependency(msgspec.Struct, rename="camel", gc=False):
    ref: str
    depends_on: list[str] | None = None


class Composition(msgspec.Struct):
    aggregate: str | None = None


class Metadata(msgspec.Struct):
    component: Node | None = None


class Bom(msgspec.Struct, rename="camel"):
    bom_format: str | None = None
    spec_version: str | float | None = None
    serial_number: str | None = None
    metadata: Metadata | None = None
    components: list[Node] | None = None
    services: list[Node] | None = None
    external_references: list[Reference] | None = None
    dependencies: list[Dependency] | None = None
    compositions: list[Composition] | None = None


Placed = tuple[Node, str | None, int | None]
"""A node, its purl (None for a file of no package) and the index of what contains it."""
LineOf = Callable[[Node], int | None]


def components(source: Source, bom: Bom, line_of: LineOf) -> Iterator[Component]:
    """Every component and service, nested ones too, with the edges that are declared.

    Its parts are something that a whole requires.
    """
    _check_version(source, bom)
    placed = list(_placed(source, bom))
    edges = _edges(bom)
    by_ref, inside = _targets(placed)
    direct = _direct(bom, edges)
    needed = set(chain.from_iterable(edges.values())) if direct is not None else frozenset[str]()
    claims.report(source, bom, [node for node, _, _ in placed])
    path = source.path
    for index, (node, found, parent) in enumerate(placed):
        needs = edges.pop(node.ref, ()) if node.ref else ()
        if found is None:
            continue
        name, version = purl.name_and_version(found)
        yield Component(
            purl=found,
            name=name,
            version=version,
            scope=_scope(node),
            direct=_is_direct(node, direct, needed=parent is not None or node.ref in needed),
            locations=(Location(path=path, line=line_of(node)),),
            requires=identity.others(found, [*map(by_ref.get, needs), *inside.get(index, ())]),
            licence=_licence(node.licenses) if node.licenses else None,
            hashes=tuple([identity.hash(item.alg, item.content) for item in node.hashes]) if node.hashes else (),
        )


def _check_version(source: Source, bom: Bom) -> None:
    major, _, minor = str(bom.spec_version).partition(".")
    if major != "1" or not minor.isdecimal() or len(minor) > 2:
        shown = str(bom.spec_version)[:20]
        source.error(f"specVersion {shown!r} is not known; 1.0 to 1.{NEWEST} are", "$.specVersion")
    if int(minor) > NEWEST:
        source.gap(f"specVersion 1.{minor} is newer than 1.{NEWEST}: what it adds is not read", "$.specVersion")


def _placed(source: Source, bom: Bom) -> Iterator[Placed]:
    """All nodes, those that contain others before these."""
    open_: deque[tuple[str, list[Node] | None, int | None]] = deque()
    open_ += [("$.components", bom.components, None), ("$.services", bom.services, None)]
    index = 0
    while open_:
        list_place, nodes, parent = open_.popleft()
        for number, node in enumerate(nodes or ()):
            place = f"{list_place}[{number}]"
            yield node, _purl(source, node, place), parent
            if node.components or node.services:
                inside = place if len(place) < identity.MAX_PLACE else "…"
                open_.append((f"{inside}.components", node.components, index))
                open_.append((f"{inside}.services", node.services, index))
            index += 1


def _purl(source: Source, node: Node, place: str) -> str | None:
    version = None if node.version is None else str(node.version)
    if node.purl and (found := identity.given(source, node.purl, version, f"{place}.purl")):
        return found
    if node.type == "file":
        return None
    origin = identity.origin((reference.type, reference.url) for reference in node.external_references or ())
    return identity.generic(source, node.group, node.name, version, origin, place)


def _edges(bom: Bom) -> dict[str, list[str]]:
    edges: dict[str, list[str]] = {}
    for dependency in bom.dependencies or ():
        known = edges.get(dependency.ref)
        edges[dependency.ref] = [*known, *(dependency.depends_on or ())] if known else dependency.depends_on or []
    return edges


def _targets(placed: list[Placed]) -> tuple[Mapping[str, str], Mapping[int, list[str]]]:
    """purls by bom-ref, of nodes that share one that of the first; and of what is inside a node, by its index."""
    by_ref = {node.ref: found for node, found, _ in reversed(placed) if node.ref and found}
    inside: dict[int, list[str]] = {}
    for _, found, parent in placed:
        if parent is not None and found:
            inside.setdefault(parent, []).append(found)
    return by_ref, inside


def _direct(bom: Bom, edges: Mapping[str, list[str]]) -> frozenset[str] | None:
    """What the described project and its modules depend on; None where the graph does not start from them."""
    modules = [bom.metadata.component] if bom.metadata and bom.metadata.component else []
    for module in modules:
        modules += module.components or ()
    refs = [module.ref for module in modules if module.ref in edges]
    return frozenset(need for ref in refs if ref for need in edges[ref]) if refs else None


def _is_direct(node: Node, direct: frozenset[str] | None, *, needed: bool) -> bool | None:
    """None for what the graph does not know: nobody is said to need it."""
    if direct is None:
        return None
    return True if node.ref in direct else (False if needed else None)


def _scope(node: Node) -> Scope:
    if node.properties:
        found = [scope for item in node.properties if (scope := PROPERTIES.get((item.name, item.value)))]
        if found:
            return min(found, key=ORDER.index)
    return SCOPES.get(node.scope, "runtime") if node.scope else "runtime"


def _licence(choices: list[Choice]) -> str | None:
    """One expression of all that is declared; names that are no SPDX id stay as they are."""
    found = []
    for choice in choices:
        text = choice.expression
        if text is None and choice.license:
            text = choice.license.id or choice.license.name
        if text:
            found.append(text)
    if len(found) < 2:
        return found[0] if found else None
    return " AND ".join(f"({text})" if " OR " in text else text for text in dict.fromkeys(found))
