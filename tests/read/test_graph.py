"""Scopes and edges that follow from what requires what."""

from scanner.model import Component
from scanner.read import graph


def components(names: str) -> dict[str, Component]:
    return {name: Component(purl=f"pkg:npm/{name}@1", name=name) for name in names}


def test_a_package_has_the_strongest_scope_that_leads_to_it() -> None:
    edges = {"a": ["c"], "b": ["c", "d"], "c": [], "d": [], "e": []}
    assert graph.strongest({"a": "runtime", "b": "test"}, edges) == {
        "a": "runtime", "b": "test", "c": "runtime", "d": "test",
    }  # fmt: skip


def test_roots_are_direct_and_edges_are_purls_without_repetition() -> None:
    found = {c.name: c for c in graph.link(components("ab"), {"a": ["b", "b", "gone"], "b": ["a"]}, {"a": "build"})}
    assert (found["a"].direct, found["a"].scope, found["a"].requires) == (True, "build", ("pkg:npm/b@1",))
    assert (found["b"].direct, found["b"].scope, found["b"].requires) == (False, "build", ("pkg:npm/a@1",))


def test_without_roots_direct_stays_unknown() -> None:
    assert [c.direct for c in graph.link(components("a"), {}, None)] == [None]


def test_parts_of_the_project_pass_their_scope_on_without_being_components() -> None:
    found = list(graph.link(components("b"), {"part": ["b"], "b": []}, {"part": "development"}))
    assert [(c.name, c.scope, c.direct) for c in found] == [("b", "development", False)]


def test_a_name_that_a_file_repeats_without_end_has_a_bounded_number_of_places() -> None:
    assert len(graph.by_name(["a"] * 10_000)["a"]) == graph.MAX_SAME
