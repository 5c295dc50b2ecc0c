"""Which implementations count as independent."""

from scanner.rulebook import Rulebook
from scanner.rulebook.index import compile_index


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
