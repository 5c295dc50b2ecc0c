"""Single points of failure and concentration."""

from scanner.outlook import outlook
from scanner.outlook.points import stopped
from tests.outlook.world import actor, service, technology


def test_the_owner_of_a_flagged_technology_is_a_single_point():
    actors = [actor("child", parent="top"), actor("top"), actor("other")]
    found = outlook([technology("t", "child"), technology("u", "other")], actors)
    assert {point.actor: point.technologies for point in found.single_points} == {"top": ("t",), "other": ("u",)}


def test_the_gravest_single_point_comes_first():
    technologies = [
        technology("t", "a", components=("pkg:npm/a@1",)),
        technology("u", "b", severity=5),
        technology("v", "c"),
    ]
    points = outlook(technologies, [actor("a"), actor("b"), actor("c")]).single_points
    assert [point.actor for point in points] == ["b", "a", "c"]


def test_what_has_a_second_source_is_no_single_point():
    assert outlook([technology("t", "a", verdict="watch", takeover=True)], [actor("a")]).single_points == ()


def test_what_may_have_a_second_source_is_no_single_point():
    unsure = [technology("t", "a", verdict="unknown", takeover=None), technology("u", "a", verdict="unknown")]
    assert outlook(unsure, [actor("a")]).single_points == ()
    assert outlook(unsure, [actor("a")], [service(technologies=["t", "u"])]).cuts == ()


def test_a_service_stops_with_what_it_relies_on_but_not_with_where_that_came_from():
    technologies = [technology("t", "a"), technology("r", "a", kind="registry")]
    [point] = outlook(technologies, [actor("a")]).single_points
    services = [service("shop", technologies=["t"]), service("build", technologies=["r"])]
    assert [item.name for item in stopped(point, services, technologies)] == ["shop"]


def test_one_holder_of_everything_is_the_highest_concentration():
    found = outlook([technology("t", "a"), technology("u", "a")], [actor("a")]).concentration["actor"]
    assert (found.index, found.band) == (10_000, "high")


def test_the_index_is_the_sum_of_squared_shares():
    technologies = [technology(f"t{number}", f"a{number}") for number in range(10)]
    found = outlook(technologies, [actor(f"a{number}") for number in range(10)]).concentration["actor"]
    assert (found.index, found.band) == (1_000, "low")


def test_what_nobody_holds_does_not_concentrate():
    found = outlook([technology("t", "a", verdict="safe")], [actor("a")]).concentration["actor"]
    assert (found.index, found.shares) == (0, ())


def test_the_jurisdiction_is_that_of_the_owner():
    found = outlook(
        [technology("t", "child")], [actor("child", "top", jurisdiction="FR"), actor("top", jurisdiction="US")]
    )
    assert [share.name for share in found.concentration["jurisdiction"].shares] == ["US"]
