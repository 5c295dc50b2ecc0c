"""Figures about the rules: how many, of which kind, with which verdicts, how well sourced."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from scanner.rulebook import Rulebook
from scanner.rulebook.index import Entry
from scanner.rulebook.record import Cited


class Read(NamedTuple):
    """How many of some things have a source that was read."""

    read: int
    of: int

    @classmethod
    def among(cls, cited: Iterable[bool]) -> "Read":
        told = list(cited)
        return cls(sum(told), len(told))


class Stats(NamedTuple):
    """Counts over a rulebook."""

    technologies: int
    actors: int
    kinds: Counter[str]
    matches: Counter[str]
    """Distinct package patterns by purl type."""
    files: int
    keys: int
    sources: Read
    owners: Read
    """Actors that another one owns: who bought whom changes oftenest, so it wants a source that was read."""
    forks: Read
    """Technologies with an implementation that was forked from another one."""


def stats(book: Rulebook) -> Stats:
    """Count everything in `book`."""
    index, entries, actors = book.index, list(map(book.technology, book.ids)), list(map(book.actor, book.actor_ids))
    return Stats(
        technologies=len(entries),
        actors=len(actors),
        kinds=Counter(entry.record.kind for entry in entries),
        matches=Counter(
            key.partition("/")[0] for key in {*index.all_packages(), *(f"{key}*" for key in index.prefixes)}
        ),
        files=len(index.files),
        keys=sum(map(len, index.keys.values())),
        sources=Read.among(source.checked for entry in entries for source in _sources(entry)),
        owners=Read.among(_any_read(actor.sources) for actor in actors if actor.parent is not None),
        forks=Read.among(_any_read(entry.record.sources.implementations) for entry in entries if _has_fork(entry)),
    )


def _sources(entry: Entry) -> Iterable[Cited]:
    groups = entry.record.sources
    return (source for name in groups.__struct_fields__ for source in getattr(groups, name))


def _any_read(sources: Iterable[Cited]) -> bool:
    return any(source.checked for source in sources)


def _has_fork(entry: Entry) -> bool:
    facts = entry.record.implementations
    return facts != "unknown" and any(fact.fork_of is not None for fact in facts)
