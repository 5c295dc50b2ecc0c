"""What is gone, what goes on, and what falls."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import UsageError
from scanner.outlook.backhoe import backhoe
from tests.outlook.world import NAMES, actor, component, service, technology, world, worlds

RANK = {"gone": 0, "degraded": 1, "untouched": 2}


def fates(scan, *losses):
    return {row.technology: row.fate for row in backhoe(scan, losses).technologies}


def test_the_product_of_one_actor_is_gone_with_it():
    assert fates(world([technology("t")]), "actor:acme") == {"t": "gone"}


def test_what_another_implements_too_is_degraded_to_that():
    result = backhoe(world([technology("t", others=["other"])]), ["actor:acme"])
    assert (result.technologies[0].fate, result.technologies[0].survivors) == ("degraded", ("t by other",))


def test_open_code_that_one_can_run_is_degraded_and_never_gone():
    assert fates(world([technology("t", takeover=True)]), "actor:acme") == {"t": "degraded"}


def test_whether_one_may_take_over_is_unknown_counts_as_no():
    assert fates(world([technology("t", takeover=None)]), "actor:acme") == {"t": "gone"}


def test_losing_an_owner_loses_all_it_owns():
    actors = [actor("top"), actor("acme", parent="top")]
    result = backhoe(world([technology("t")], actors), ["actor:top"])
    assert result.technologies[0].fate == "gone"
    assert result.actors == ("acme", "top")


def test_losing_a_subsidiary_leaves_its_owner():
    actors = [actor("top"), actor("acme", parent="top")]
    assert fates(world([technology("t", "top"), technology("u")], actors), "actor:acme") == {
        "t": "untouched",
        "u": "gone",
    }


def test_losing_a_jurisdiction_loses_who_sits_there_and_what_they_own():
    actors = [
        actor("top", jurisdiction="US"),
        actor("acme", parent="top", jurisdiction="FR"),
        actor("b", jurisdiction="DE"),
    ]
    assert fates(world([technology("t"), technology("u", "b")], actors), "country:us") == {
        "t": "gone",
        "u": "untouched",
    }


def test_losing_a_registry_stops_installing_and_not_running():
    scan = world(
        [technology("npm-registry", kind="registry"), technology("t", "b")],
        components=[component("pkg:npm/x@1", ("npm-registry", "comes-from"), ("t", "uses"))],
        services=[service(technologies=["npm-registry", "t"])],
    )
    result = backhoe(scan, ["registry:npm"])
    assert result.not_installable == ("pkg:npm/x@1",)
    assert result.components_stopped == ()
    assert not result.services[0].falls


def test_a_package_with_a_second_origin_stays_installable():
    scan = world(
        [technology("proxy", "b", kind="registry"), technology("forge", kind="forge")],
        components=[component("pkg:golang/x@1", ("proxy", "comes-from"), ("forge", "comes-from"))],
    )
    assert backhoe(scan, ["forge:forge"]).not_installable == ()
    assert backhoe(scan, ["forge:forge", "registry:golang"]).not_installable == ("pkg:golang/x@1",)


def test_a_service_falls_by_what_is_gone_and_not_by_what_is_degraded():
    technologies = [technology("t"), technology("u", others=["other"])]
    scan = world(technologies, services=[service(technologies=["t", "u"]), service("blog", "ordinary", ["u"])])
    found = {row.service: row.by for row in backhoe(scan, ["actor:acme"]).services}
    assert found == {"shop": ("t",), "blog": ()}


def test_what_runs_on_something_lost_stops():
    scan = world([technology("t")], components=[component("pkg:npm/x@1", ("t", "runs-on"))])
    assert backhoe(scan, ["technology:t"]).components_stopped == ("pkg:npm/x@1",)


@pytest.mark.parametrize(
    ("loss", "says"),
    [
        ("acme", "wants one of actor:"),
        ("actor:", "wants one of actor:"),
        ("planet:mars", "wants one of actor:"),
        ("actor:acne", "did you mean acme"),
        ("country:XX", "known are: US"),
        ("technology:zzz", "known are: t1"),
        ("forge:github", "nothing of that name"),
        ("registry:cargo", "nothing of that name"),
    ],
)
def test_a_loss_that_the_scan_does_not_know_is_answered_with_what_it_knows(loss, says):
    with pytest.raises(UsageError, match=says):
        backhoe(world([technology("t1")]), [loss])


losses = st.lists(st.sampled_from([f"actor:{name}" for name in NAMES] + ["country:US"]), max_size=3)


@given(worlds(), losses, losses)
def test_losing_more_never_leaves_more_standing(scan, some, more):
    few, many = backhoe(scan, some), backhoe(scan, some + more)
    for before, after in zip(few.technologies, many.technologies, strict=True):
        assert RANK[after.fate] <= RANK[before.fate]
    assert set(few.components_stopped) <= set(many.components_stopped)
    assert set(few.not_installable) <= set(many.not_installable)
    assert [row.falls for row in few.services] <= [row.falls for row in many.services]


@given(worlds(), losses)
def test_the_order_of_losses_does_not_matter(scan, some):
    one, other = backhoe(scan, some), backhoe(scan, some[::-1])
    assert (one.technologies, one.services) == (other.technologies, other.services)


@given(worlds())
def test_single_points_are_the_owners_whose_loss_surely_leaves_something_gone(scan):
    sure = {item.id for item in scan.technologies if item.takeover is False}
    owners = {item.owner for item in scan.actors}
    expected = {
        owner: {row.technology for row in backhoe(scan, [f"actor:{owner}"]).technologies if row.fate == "gone"} & sure
        for owner in owners
    }
    found = {point.actor: set(point.technologies) for point in scan.outlook.single_points}
    assert found == {owner: gone for owner, gone in expected.items() if gone}


@given(worlds())
def test_the_smallest_sets_are_those_that_trying_all_finds(scan):
    """Brute force over every set of up to three owners."""
    sure = {item.id for item in scan.technologies if item.takeover is False}
    owners = sorted({item.owner for item in scan.actors})
    stopping = [
        frozenset(group)
        for size in (1, 2, 3)
        for group in combinations(owners, size)
        if sure.intersection(backhoe(scan, [f"actor:{owner}" for owner in group]).services[0].by)
    ]
    smallest = {group for group in stopping if not any(other < group for other in stopping)}
    assert {frozenset(cut.actors) for cut in scan.outlook.cuts} == smallest
