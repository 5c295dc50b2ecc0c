"""A small, seeded part of what `make fuzz` does, and what it found once."""

from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from scanner.read.formats import formats
from scanner.resolve.clients import clients
from scanner.resolve.registries import types
from tests.fuzz.mutate import spoilt
from tests.fuzz.mutations import MUTATIONS, grow
from tests.fuzz.oracle import complaint
from tests.fuzz.shapes import documents
from tests.fuzz.targets import CORPUS, Input, Target, targets

FEW = 12
"""Inputs made for each target."""
QUIET = settings(
    max_examples=3,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TYPED = [target for target in targets().values() if target.name.startswith(("registry/", "read/", "client/"))]
A_READER = targets()["read/cargo-lock"]
DIFFERENT = count()


def name(target: Target) -> str:
    return target.name


def test_every_reader_registry_and_client_is_a_target():
    wanted = {f"read/{format.name}" for format in formats()} | {f"registry/{type}" for type in types()}
    wanted |= {f"client/{client.__name__.rpartition('.')[2]}" for client in clients()}
    wanted |= {"purl", "configuration", "rules/technology", "rules/actor", "baseline", "report"}
    assert wanted <= set(targets())
    assert all(target.seeds for target in targets().values())


def test_what_is_kept_is_for_a_target():
    kept = {str(path.parent.relative_to(CORPUS)) for path in CORPUS.rglob("*") if path.is_file()}
    assert kept <= set(targets())


@pytest.mark.parametrize("target", targets().values(), ids=name)
def test_what_to_begin_with_ends_well(target):
    """Fixtures, and the inputs that once did not."""
    assert [reason for seed in target.seeds if (reason := complaint(target, seed, twice=True))] == []


@pytest.mark.parametrize("target", targets().values(), ids=name)
def test_spoilt_inputs_end_in_components_or_a_clear_error(target):
    assert [(number, reason) for number in range(FEW) if (reason := complaint(target, spoilt(target, number)))] == []


@pytest.mark.parametrize("target", TYPED, ids=name)
def test_documents_of_the_right_shape_with_odd_values_end_well(target):
    reasons = []
    QUIET(given(documents(target))(lambda document: reasons.append(complaint(target, document))))()
    assert len(reasons) > 1
    assert set(reasons) == {None}


def test_an_input_can_be_made_again():
    assert [spoilt(A_READER, 7).data for _ in range(2)] == [spoilt(A_READER, 7).data] * 2
    assert len({spoilt(A_READER, number).data for number in range(20)}) > 5


@pytest.mark.parametrize("mutation", [*MUTATIONS, grow], ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize(
    "data", [b"", b"a", b'{"a": [1, {"b": "c"}]}', b"<?xml?><a><b>c</b></a>", b"a: 1\nb:\n  - 2\n"]
)
def test_a_mutation_takes_any_bytes(mutation, data):
    for seed in range(20):
        assert isinstance(mutation(data, Random(seed)), bytes)


def crash(_: Input) -> object:
    raise KeyError("x")


def several_lines(_: Input) -> object:
    from scanner.errors import RuleError

    raise RuleError("one\ntwo")


def never_the_same(_: Input) -> object:
    return next(DIFFERENT)


def endless(_: Input) -> object:
    import time

    began = time.process_time()
    while time.process_time() - began < 0.05:
        pass


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (crash, "KeyError at test_mutations.py"),
        (several_lines, "an error that is not one line"),
        (never_the_same, "does not end the same way twice"),
        (endless, "takes 0."),
    ],
)
def test_what_gets_through_is_a_failure(run, reason, monkeypatch):
    from scanner.errors import OutlastError

    monkeypatch.setattr("tests.fuzz.oracle.MAX_SECONDS", 0.04)
    bad = Target("bad", A_READER.seeds, run, (OutlastError,))
    assert reason in (complaint(bad, bad.seeds[0], twice=run is never_the_same) or "")
