"""What came, what went, what became better or worse; and what is no change at all."""

import msgspec

from scanner.assess.difference import compare
from scanner.assess.findings import findings
from scanner.model import Custody, Facts, Location
from tests.outlook.world import actor, component, technology, world


def ways(changes):
    return [(change.way, change.id) for change in changes]


def held(purl, verdict="ok", reason=""):
    reasons = (reason,) if reason else ()
    custody = Custody(verdict=verdict, facts=Facts(), reasons=reasons, bounds=(verdict, verdict))
    return msgspec.structs.replace(component(purl), verdict=verdict, custody=custody)


def test_a_technology_that_came_and_one_that_went():
    result = compare(world([technology("old")]), world([technology("new")]))
    assert ways(result.technologies) == [("added", "new"), ("removed", "old")]
    assert (result.technologies[0].before, result.technologies[0].after) == (None, "flagged")


def test_a_technology_whose_facts_changed():
    before = world([technology("a", verdict="safe"), technology("b", score_range=(20, 20))])
    after = world([technology("a", verdict="watch"), technology("b", score_range=(30, 30))])
    result = compare(before, after)
    assert ways(result.technologies) == [("worse", "a"), ("better", "b")]


def test_the_same_twice_is_no_difference():
    scan = world([technology("t")], components=[held("pkg:npm/a@1")])
    result = compare(scan, scan)
    assert (result.technologies, result.actors, result.components, result.findings) == ((), (), (), ())


def test_a_version_bump_alone_is_no_change():
    result = compare(world([], components=[held("pkg:npm/a@1")]), world([], components=[held("pkg:npm/a@2")]))
    assert result.components == ()


def test_a_package_that_is_held_worse_says_why():
    before = world([], components=[held("pkg:npm/a@1")])
    after = world([], components=[held("pkg:npm/a@2", "flagged", "deprecated")])
    (change,) = compare(before, after).components
    assert (change.way, change.id, change.before, change.after, change.message) == (
        "worse", "pkg:npm/a", "ok", "flagged", "deprecated",
    )  # fmt: skip


def test_of_several_versions_the_worst_counts():
    before = world([], components=[held("pkg:npm/a@1", "watch"), held("pkg:npm/a@2")])
    after = world([], components=[held("pkg:npm/a@2")])
    assert ways(compare(before, after).components) == [("better", "pkg:npm/a")]


def test_what_was_not_looked_at_is_no_change():
    before = world([], components=[held("pkg:npm/a@1", "watch")])
    after = world([], components=[held("pkg:npm/a@1", "unknown")])
    assert compare(before, after).components == compare(after, before).components == ()


def test_an_actor_is_named_with_its_owner_and_what_it_can_stop():
    actors = [actor("amazon"), actor("aws", parent="amazon")]
    after = world([technology("dynamodb", "aws")], actors=actors)
    (change,) = compare(world([]), after).actors
    assert (change.way, change.name, change.message) == ("added", "Aws (Amazon)", "Can stop Dynamodb.")


def test_an_actor_that_can_stop_more_is_worse():
    before = world([technology("a"), technology("b", verdict="watch")])
    after = world([technology("a"), technology("b")])
    assert ways(compare(before, after).actors) == [("worse", "acme")]
    assert ways(compare(after, before).actors) == [("better", "acme")]


def test_findings_are_those_that_are_new_or_worse():
    def found(*technologies):
        scan = world(technologies)
        return msgspec.structs.replace(scan, findings=findings(technologies, (), "watch", {}))

    before = found(technology("same"), technology("worse", verdict="watch"), technology("gone"))
    after = found(technology("same"), technology("worse"), technology("new"))
    assert sorted(item.id for item in compare(before, after).findings) == ["new", "worse"]


def test_the_threshold_of_the_old_scan_makes_nothing_new():
    technologies = (technology("t", verdict="watch"),)
    after = msgspec.structs.replace(world(technologies), findings=findings(technologies, (), "watch", {}))
    assert compare(world(technologies), after).findings == ()


def test_a_new_technology_says_where_it_is_declared():
    place = (Location(path="requirements.txt", line=2),)
    (change,) = compare(world([]), world([technology("t", locations=place)])).technologies
    assert change.locations == place
