"""Which implementations count as independent."""

import datetime

import pytest

from scanner.rulebook import Rulebook
from scanner.rulebook.index import compile_index
from scanner.rulebook.lint import lint

TODAY = datetime.date(2026, 11, 24)


def counts(rules, implementations):
    rules.technology("kv", implementations=implementations)
    entry = Rulebook(compile_index([rules.root])).technology("kv")
    return {item.name: item.counts for item in entry.implementations}


def test_own_code_and_own_actor_count_as_independent(rules):
    rules.actor("other")
    assert counts(rules, "[{name: a, actor: acme}, {name: b, actor: other, compatibility: wire}]") == {
        "a": "independent",
        "b": "independent",
    }


def test_a_second_code_base_of_the_same_actor_does_not_count(rules):
    assert counts(rules, "[{name: a, actor: acme}, {name: b, actor: acme}]")["b"] == "same actor"


def test_a_subsidiary_is_the_same_actor(rules):
    rules.actor("child", parent="acme")
    assert counts(rules, "[{name: a, actor: acme}, {name: b, actor: child}]")["b"] == "same actor"


def test_a_fork_by_another_actor_counts_apart(rules):
    rules.actor("other")
    assert counts(rules, "[{name: a, actor: acme}, {name: b, actor: other, fork_of: a}]")["b"] == "fork"


@pytest.mark.parametrize(
    ("origin", "counted"),
    [("", "fork"), (", compatibility: subset", "subset"), (", maintained: false", "unmaintained")],
)
def test_the_stewards_own_fork_is_no_survivor_of_its_own_loss(rules, origin, counted):
    """Of what was forked from each other one counts as the technology itself: that of the steward."""
    rules.actor("other")
    found = counts(rules, f"[{{name: a, actor: other{origin}}}, {{name: b, actor: acme, fork_of: a}}]")
    assert found == {"a": counted, "b": "independent"}


def test_a_fork_of_a_fork_is_of_the_same_family(rules):
    for actor in ("other", "third"):
        rules.actor(actor)
    forks = "{name: b, actor: other, fork_of: a}, {name: c, actor: third, fork_of: b}"
    assert counts(rules, f"[{{name: a, actor: acme}}, {forks}]") == {"a": "independent", "b": "fork", "c": "fork"}


def test_of_what_is_made_of_something_else_the_first_stands_for_the_family(rules):
    """A code base that does another thing is no implementation, so nothing is lost by coming from it."""
    rules.actor("other")
    assert counts(rules, "[{name: a, actor: acme, fork_of: x}]") == {"a": "independent"}
    two = "[{name: a, actor: acme, fork_of: x}, {name: b, actor: other, fork_of: x}]"
    assert counts(rules, two) == {"a": "independent", "b": "fork"}
    assert counts(rules, "[{name: a, actor: acme}, {name: b, actor: other, fork_of: x}]") == {
        "a": "independent",
        "b": "independent",
    }


def test_forks_in_a_circle_end(rules):
    """The lint refuses them; an overlay may have them."""
    rules.actor("other")
    circle = "[{name: a, actor: acme, fork_of: b}, {name: b, actor: other, fork_of: a}]"
    assert set(counts(rules, circle)) == {"a", "b"}
    assert any("the other way round" in complaint.message for complaint in lint(rules.root, TODAY))


def test_a_fork_by_its_origins_actor_does_not_count(rules):
    assert counts(rules, "[{name: a, actor: acme}, {name: b, actor: acme, fork_of: a}]")["b"] == "same actor"


def test_a_subset_and_an_unmaintained_one_do_not_count(rules):
    rules.actor("other")
    rules.actor("third")
    found = counts(
        rules,
        "[{name: a, actor: acme}, {name: b, actor: other, compatibility: subset},"
        " {name: c, actor: third, maintained: false}]",
    )
    assert (found["b"], found["c"]) == ("subset", "unmaintained")


def test_unknown_stays_unknown(rules):
    rules.technology("kv", implementations="unknown")
    assert Rulebook(compile_index([rules.root])).technology("kv").implementations is None
