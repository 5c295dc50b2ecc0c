"""The components as compact rows for the page's own script: strings pooled, worst first.

A row is [purl, name, version, verdict, severity, score, scope, direct, licence, technologies, custody, locations,
requires, facts]; name and version are 0 where the purl says them, technologies and locations are pairs laid flat,
and what is known by number stands in ORDER, SCOPES, RELATIONS or the pool. templates/report.js reads it.
"""

from collections.abc import Iterable, Sequence
from typing import get_args

from scanner.model import SCOPES, Assessed, Facts, Location, Relation
from scanner.report.page import ORDER
from scanner.report.visible import address

Row = list[object]
RELATIONS: tuple[Relation, ...] = get_args(Relation)


class Pool:
    """Strings by number, each kept once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    def optional(self, text: str | None) -> int:
        """The number of a string, -1 for none."""
        return self.number(text) if text else -1


def rows(components: Sequence[Assessed], technologies: Sequence[str], pool: Pool) -> list[Row]:
    """A row for each component, in their order. `technologies` are ids, which rows name by position."""
    places = {component.purl: number for number, component in enumerate(components)}
    positions = {id: number for number, id in enumerate(technologies)}
    return [_row(component, places, positions, pool) for component in components]


def _row(component: Assessed, places: dict[str, int], positions: dict[str, int], pool: Pool) -> Row:
    custody = component.custody
    bindings = sorted(
        {
            (positions[item.id], RELATIONS.index(item.relation))
            for item in component.technologies
            if item.id in positions
        }
    )
    return [
        component.purl,
        *_identity(component),
        ORDER.index(component.verdict),
        component.severity,
        component.score,
        SCOPES.index(component.scope),
        -1 if component.direct is None else int(component.direct),
        pool.optional(component.licence),
        [number for pair in bindings for number in pair],
        [ORDER.index(custody.verdict), *map(pool.number, custody.reasons)],
        _places(component.locations, pool),
        [places[purl] for purl in component.requires if purl in places],
        _facts(custody.facts, pool) if custody.facts else 0,
    ]


def _identity(component: Assessed) -> tuple[str | int, str | int]:
    plain = f"{component.name}@{component.version}"
    if component.purl.partition("/")[2] == plain and plain.count("@") == 1:
        return 0, 0
    return component.name, component.version or ""


def _places(locations: Iterable[Location], pool: Pool) -> list[int]:
    """File and line in turn, line 0 where there is none."""
    return [number for place in locations for number in (pool.number(place.path), place.line or 0)]


def _facts(facts: Facts, pool: Pool) -> Row:
    """Custody as the registry tells it; trailing nothings are left out."""
    row: Row = [
        facts.publishers or 0,
        pool.optional(facts.organisation),
        pool.optional(address(facts.repository) if facts.repository else None),
        pool.optional(facts.latest),
        pool.optional(facts.released),
        -1 if facts.provenance is None else int(facts.provenance),
        pool.optional(address(facts.source)),
        pool.optional(facts.retrieved),
        int(facts.stale),
        pool.optional(facts.successor),
        pool.optional(facts.withdrawn),
        [pool.number(url) for url in facts.funding if address(url)],
    ]
    while row and row[-1] in (-1, 0, []):
        row.pop()
    return row
