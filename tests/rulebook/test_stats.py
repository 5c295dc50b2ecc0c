"""What the figures count as read."""

from scanner.rulebook import open_rulebook
from scanner.rulebook.stats import Read, stats


def _more(of: Read, than: Read) -> tuple[int, int]:
    return of.read - than.read, of.of - than.of


def test_an_owner_and_a_fork_are_read_where_one_of_their_sources_is(rules):
    rules.actor("bought", parent="acme")
    sold = rules.actor("sold", parent="acme")
    both = 'checked: false}, {url: "https://sold.example/news", title: Sold, retrieved: 2026-11-01}'
    sold.write_text(sold.read_text("utf-8").replace("checked: false}", both), "utf-8")
    rules.technology("kv", implementations="[{name: own, actor: bought}, {name: other, actor: acme, fork_of: own}]")
    rules.technology("queue", implementations="[{name: queue, actor: sold}]")
    rules.technology("unknown", implementations="unknown")
    ours, shipped = stats(open_rulebook([rules.root])), stats(open_rulebook())
    assert _more(ours.owners, shipped.owners) == (1, 2)
    assert _more(ours.forks, shipped.forks) == (1, 1)
    assert _more(ours.sources, shipped.sources) == (9, 9)
