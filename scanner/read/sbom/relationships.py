"""What SPDX relationships say about dependencies: who needs whom, and for what.

Specification: https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/ and, for the names in camel
case, https://spdx.github.io/spdx-spec/v3.0.1/model/Core/Vocabularies/RelationshipType/
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from scanner.model import SCOPES, Scope

RANKS = {scope: rank for rank, scope in enumerate(SCOPES)}
WHOLE_FIRST: Mapping[str, Scope] = {
    "DEPENDS_ON": "runtime", "CONTAINS": "runtime", "STATIC_LINK": "runtime", "DYNAMIC_LINK": "runtime",
    "HAS_PREREQUISITE": "runtime",
    "dependsOn": "runtime", "contains": "runtime", "hasStaticLink": "runtime", "hasDynamicLink": "runtime",
    "hasPrerequisite": "runtime", "hasProvidedDependency": "runtime", "hasOptionalDependency": "optional",
    "hasOptionalComponent": "optional", "usesTool": "build", "trainedOn": "build", "testedOn": "test",
}  # fmt: skip
"""Relationships that read "whole, relationship, part"."""
PART_FIRST: Mapping[str, Scope] = {
    "DEPENDENCY_OF": "runtime", "RUNTIME_DEPENDENCY_OF": "runtime", "PROVIDED_DEPENDENCY_OF": "runtime",
    "CONTAINED_BY": "runtime", "PREREQUISITE_FOR": "runtime", "PACKAGE_OF": "runtime",
    "OPTIONAL_DEPENDENCY_OF": "optional", "OPTIONAL_COMPONENT_OF": "optional",
    "BUILD_DEPENDENCY_OF": "build", "BUILD_TOOL_OF": "build",
    "TEST_DEPENDENCY_OF": "test", "TEST_TOOL_OF": "test",
    "DEV_DEPENDENCY_OF": "development", "DEV_TOOL_OF": "development",
}  # fmt: skip
"""Those that read "part, relationship, whole"."""
CONTAINMENT = frozenset({"CONTAINS", "CONTAINED_BY", "contains", "PACKAGE_OF"})
"""Those that tell what is inside, and not who asked for it."""


class Edge(msgspec.Struct, frozen=True, gc=False):
    """`whole` needs `part`, for `scope`."""

    whole: str
    part: str
    scope: Scope
    asked: bool
    """Whether the whole asks for the part, and does not merely contain it."""


class Graph(NamedTuple):
    """How the packages of a document depend on each other, by identifier."""

    project: str | None
    """The one that the document is about, if it is one of several."""
    parts: Mapping[str, Sequence[Edge]]
    direct: Mapping[str, bool]
    """Whether the project asks for it itself; without those of which that is not said."""
    scopes: Mapping[str, Scope]
    """Without those of scope runtime."""


def edges(relationships: Iterable[tuple[str, str, str]]) -> list[Edge]:
    """The relationships that are dependencies."""
    found = []
    for first, kind, second in relationships:
        if scope := WHOLE_FIRST.get(kind):
            found.append(Edge(first, second, scope, kind not in CONTAINMENT))
        elif scope := PART_FIRST.get(kind):
            found.append(Edge(second, first, scope, kind not in CONTAINMENT))
    return found


def graph(edges: Iterable[Edge], known: AbstractSet[str], described: Iterable[str]) -> Graph:
    """The edges between `known` packages, of which those `described` are what the document is about."""
    about = {id for id in described if id in known}
    project = about.pop() if len(about) == 1 and len(known) > 1 else None
    parts: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.part in known and edge.whole in known:
            if edge.whole in parts:
                parts[edge.whole].append(edge)
            else:
                parts[edge.whole] = [edge]
    return Graph(project, parts, _direct(parts, project), _scopes(parts, known))


def _direct(parts: Mapping[str, Sequence[Edge]], project: str | None) -> dict[str, bool]:
    asked = [edge.part for edge in parts.get(project, ()) if edge.asked] if project else []
    if not asked:
        return {}
    direct = {edge.part: False for whole, edges in parts.items() if whole != project for edge in edges}
    return direct | dict.fromkeys(asked, True)


def _scopes(parts: Mapping[str, Sequence[Edge]], known: AbstractSet[str]) -> dict[str, Scope]:
    """The strongest scope of all ways to a package; a way is as strong as its weakest edge."""
    if all(edge.scope == "runtime" for edges in parts.values() for edge in edges):
        return {}
    tops = known - {edge.part for edges in parts.values() for edge in edges}
    reached: dict[str, int] = {}
    waiting = [list(tops), *([] for _ in SCOPES[1:])]  # what is reached with each scope, the strongest first

    for rank, open_ in enumerate(waiting):
        for id in open_:
            if id not in reached:
                reached[id] = rank
                for edge in parts.get(id, ()):
                    waiting[max(rank, RANKS[edge.scope])].append(edge.part)
    return {id: SCOPES[rank] for id, rank in reached.items() if rank}
