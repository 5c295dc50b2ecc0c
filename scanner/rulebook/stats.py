"""Figures about the rules: how many, of which kind, with which verdicts, how well sourced."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from scanner.rulebook.index import Entry, Index
from scanner.rulebook.record import Cited


class Stats(NamedTuple):
    """Counts over a rulebook."""

    technologies: int
    actors: int
    kinds: Counter[str]
    matches: Counter[str]
    """Distinct package patterns by purl type."""
    files: int
    keys: int
    sources: int
    checked: int


def stats(index: Index, entries: Iterable[Entry]) -> Stats:
    """Count everything in `index`, whose technologies are `entries`."""
    entries = list(entries)
    cited = [source for entry in entries for source in _sources(entry)]
    return Stats(
        technologies=len(index.technologies),
        actors=len(index.actors),
        kinds=Counter(entry.record.kind for entry in entries),
        matches=Counter(
            key.partition("/")[0] for key in {*index.all_packages(), *(f"{key}*" for key in index.prefixes)}
        ),
        files=len(index.files),
        keys=sum(map(len, index.keys.values())),
        sources=len(cited),
        checked=sum(source.checked for source in cited),
    )


def _sources(entry: Entry) -> Iterable[Cited]:
    groups = entry.record.sources
    return (source for name in groups.__struct_fields__ for source in getattr(groups, name))
