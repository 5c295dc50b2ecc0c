"""Identify: merge what several files say of one package, and bind packages to technologies.

purls are canonical already where readers make them; here equal ones become one component.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from scanner.model import SCOPES, Binding, Component, Inventory, Location, places
from scanner.purl import key
from scanner.rulebook import Rulebook


class Identified(NamedTuple):
    """What the inventory's packages and files are."""

    components: tuple[Component, ...]
    """The distinct ones, sorted by purl."""
    packages: dict[str, tuple[Binding, ...]]
    """The technologies that each purl implies."""
    files: dict[Location, tuple[Binding, ...]]
    """The technologies that the mere presence of a file implies, and with a line those that a word in it does."""


def identify(inventory: Inventory, rulebook: Rulebook) -> Identified:
    """Merge the components and look everything up in the rules."""
    components = merge(inventory.components)
    return Identified(
        components=components,
        packages={component.purl: rulebook.bindings(key(component.purl)) for component in components},
        files=_files(inventory, rulebook),
    )


def _files(inventory: Inventory, rulebook: Rulebook) -> dict[Location, tuple[Binding, ...]]:
    found = {Location(path=path): rulebook.file_bindings(path) for path in inventory.files}
    for item in inventory.keys:
        if bindings := rulebook.key_bindings(item.path, item.key):
            place = Location(path=item.path, line=item.line)
            found[place] = tuple(sorted({*found.get(place, ()), *bindings}))
    return found


def merge(components: Iterable[Component]) -> tuple[Component, ...]:
    """One component per purl, sorted: the strongest scope, direct where any file says so, all places and edges."""
    first: dict[str, Component] = {}
    more: dict[str, list[Component]] = {}
    for component in components:
        known = first.setdefault(component.purl, component)
        if known is not component:
            more.setdefault(component.purl, [known]).append(component)
    merged = {purl: _merge(group) for purl, group in more.items()}
    return tuple([merged[purl] if purl in merged else first[purl] for purl in sorted(first)])


def _merge(group: list[Component]) -> Component:
    first = group[0]
    directs = {component.direct for component in group}
    return msgspec.structs.replace(
        first,
        scope=min((component.scope for component in group), key=SCOPES.index),
        direct=True if True in directs else (None if None in directs else False),
        locations=places(place for component in group for place in component.locations),
        requires=tuple(sorted({need for component in group for need in component.requires})),
        licence=next((component.licence for component in group if component.licence), None),
        hashes=tuple(sorted({value for component in group for value in component.hashes})),
    )
