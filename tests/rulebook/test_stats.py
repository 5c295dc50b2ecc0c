"""What the figures count as read."""

from collections.abc import Iterable
from pathlib import Path

from scanner.rulebook import open_rulebook
from scanner.rulebook.stats import Read, Stats, stats


def _stats(overlays: Iterable[Path] = ()) -> Stats:
    book = open_rulebook(list(overlays))
    return stats(book.index, map(book.technology, book.ids), map(book.actor, book.actor_ids))


def _more(of: Read, than: Read) -> tuple[int, int]:
    return of.read - than.read, of.of - than.of


def test_an_owner_and_a_fork_are_read_where_one_of_their_sources_is(rules):
    rules.actor("bought", parent="acme")
    rules.technology("kv", implementations="[{name: own, actor: bought}, {name: other, actor: acme, fork_of: own}]")
    ours, shipped = _stats([rules.root]), _stats()
    assert _more(ours.owners, shipped.owners) == (0, 1)
    assert _more(ours.forks, shipped.forks) == (1, 1)
    assert _more(ours.sources, shipped.sources) == (3, 3)
