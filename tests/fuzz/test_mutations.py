"""A small, seeded part of what `python -m tests.fuzz.mutate` does."""

import pytest

from tests.fuzz.mutate import Failure, check, originals, spoilt
from tests.fuzz.mutations import MUTATIONS, grow
from tests.read.cases import Case

EACH = 6
"""Inputs made of each fixture."""


@pytest.mark.parametrize("case", originals(), ids=lambda case: case.id)
def test_spoilt_inputs_end_in_components_or_a_clear_error(case: Case) -> None:
    assert [failure for number in range(EACH) if (failure := check(case, number))] == []


def test_an_input_can_be_made_again() -> None:
    case = originals()[0]
    assert [spoilt(case, 7).data for _ in range(2)] == [spoilt(case, 7).data] * 2
    assert len({spoilt(case, number).data for number in range(20)}) > 5


@pytest.mark.parametrize("mutation", [*MUTATIONS, grow], ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize(
    "data", [b"", b"a", b'{"a": [1, {"b": "c"}]}', b"<?xml?><a><b>c</b></a>", b"a: 1\nb:\n  - 2\n"]
)
def test_a_mutation_takes_any_bytes(mutation, data) -> None:
    from random import Random

    for seed in range(20):
        assert isinstance(mutation(data, Random(seed)), bytes)


def test_what_gets_through_is_a_failure(monkeypatch) -> None:
    def crash(case: Case, source: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("tests.fuzz.mutate._ends_well", crash)
    assert check(originals()[0], 0) == Failure(originals()[0].id, 0, "KeyError: 'x'")
