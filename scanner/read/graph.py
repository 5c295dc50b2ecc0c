"""Follow dependency edges, for formats that say what depends on what but not what it is for."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from scanner.model import SCOPES, Component, Scope

Node = TypeVar("Node", bound=Hashable)


MAX_SAME = 100
"""Versions of one package that a need without a version can mean; a hostile file names thousands."""


def by_name(names: Iterable[str]) -> dict[str, list[int]]:
    """The places of each name, in order."""
    found: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        places = found.setdefault(name, [])
        if len(places) < MAX_SAME:
            places.append(index)
    return found


def reachable(roots: Iterable[Node], edges: Mapping[Node, Iterable[Node]]) -> set[Node]:
    """All nodes on a path of `edges` from one of `roots`, these included where they are nodes."""
    seen: set[Node] = set()
    front = {root for root in roots if root in edges}
    while front:
        seen |= front
        front = (set(chain.from_iterable(map(edges.__getitem__, front))) - seen) & edges.keys()
    return seen


def strongest(roots: Mapping[Node, Scope], edges: Mapping[Node, Iterable[Node]]) -> dict[Node, Scope]:
    """The scope of each node that `roots` lead to: the strongest of those it is reached with."""
    scopes: dict[Node, Scope] = {}
    for scope in reversed(SCOPES):
        scopes |= dict.fromkeys(reachable((node for node, own in roots.items() if own == scope), edges), scope)
    return scopes


def link(
    components: Mapping[Node, Component],
    edges: Mapping[Node, Iterable[Node]],
    roots: Mapping[Node, Scope] | None = None,
) -> Iterator[Component]:
    """The components with what they require.

    `roots` are those that the project asks for itself, with scopes: they are direct, and what they lead to has
    their scope. Without it both stay as they are.
    """
    scopes = strongest(roots, edges) if roots is not None else {}
    purls = {node: component.purl for node, component in components.items()}
    for node, component in components.items():
        needs = edges.get(node)
        requires = tuple(dict.fromkeys(filter(None, map(purls.get, needs)))) if needs else ()
        if roots is None:
            yield replace(component, requires=requires) if requires else component
        else:
            scope = scopes.get(node, component.scope)
            yield replace(component, requires=requires, direct=node in roots, scope=scope)
