"""The risk register: the product, the treatments, the next step."""

import datetime
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.config import MitigationTable
from scanner.model import Exit
from scanner.outlook.register import band, likelihood, register, residual
from tests.outlook.world import actor, service, technology

TODAY = datetime.date(2026, 11, 24)
KINDS = ["diversified", "standard", "in-house", "accepted"]
EVERY_SET = list(chain.from_iterable(combinations(KINDS, size) for size in range(5)))


def rows(technologies, *treatments, services=(), actors=None):
    actors = actors or [actor(id) for id in {id for item in technologies for id in item.actors}]
    return register(technologies, actors, services, treatments, {"redis": "Redis"}, TODAY)


def treatment(kind, until=None):
    return MitigationTable(technology="t", kind=kind, until=until, owner="ops")


def test_risk_is_severity_times_likelihood_times_difficulty():
    (row,) = rows([technology("t", severity=4, exit=Exit(difficulty="rewrite"))])
    assert (row.severity, row.likelihood, row.difficulty, row.raw, row.residual) == (4, 5, 3, 60, 60)
    assert row.failure_mode == "Loss of Acme for T"


def test_the_failure_mode_is_the_loss_of_the_owner():
    (row,) = rows([technology("t")], actors=[actor("top"), actor("acme", parent="top")])
    assert (row.actor, row.failure_mode) == ("top", "Loss of Top for T")


def test_safe_technologies_have_no_row():
    assert rows([technology("t", verdict="safe")]) == ()


def test_the_highest_residual_risk_comes_first():
    found = rows([technology("t"), technology("u", severity=5)], treatment("diversified"))
    assert [row.technology for row in found] == ["u", "t"]


def test_services_that_rely_on_it_are_named():
    (row,) = rows([technology("t")], services=[service(technologies=["t"]), service("blog", "ordinary")])
    assert row.services == ("shop",)
    assert "in shop" in row.effect


def test_a_mitigation_counts_until_its_last_day_and_is_asked_about_after_it():
    (today,) = rows([technology("t")], treatment("diversified", TODAY))
    (late,) = rows([technology("t")], treatment("diversified", TODAY - datetime.timedelta(days=1)))
    assert today.residual < today.raw
    assert late.residual == late.raw
    assert late.mitigations == ()
    assert "expired on 2026-11-23" in late.next_step


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 4))
def test_a_mitigation_never_raises_the_residual_risk(severity, likely, hard):
    for kinds in EVERY_SET:
        for more in KINDS:
            before, after = (residual(severity, likely, hard, some) for some in (kinds, {*kinds, more}))
            assert 1 <= after <= before <= severity * likely * hard


@pytest.mark.parametrize("kind", ["diversified", "standard", "in-house"])
def test_each_treatment_does_something(kind):
    assert residual(3, 5, 4, [kind]) < 60


def test_accepting_a_risk_does_not_make_it_smaller():
    assert residual(3, 5, 4, ["accepted"]) == 60


@given(st.integers(0, 99))
def test_a_better_score_is_never_more_likely(score):
    assert likelihood(score + 1) <= likelihood(score)


def test_bands_cover_every_risk():
    assert [band(risk) for risk in (1, 7, 8, 19, 20, 39, 40, 100)] == [
        "low", "low", "medium", "medium", "high", "high", "critical", "critical",
    ]  # fmt: skip


def test_another_implementation_never_raises_a_risk():
    """Better facts give a better score, and the score gives the likelihood."""
    (one,) = rows([technology("t", score_range=(20, 20))])
    (two,) = rows([technology("t", score_range=(50, 50), verdict="watch")])
    assert two.raw <= one.raw
