"""The policy: which rule decides, what each condition asks, and what exceptions let pass until when."""

import datetime

import msgspec
import pytest

from scanner.assess.findings import of_component
from scanner.assess.policy import SOON, Exemption, Rule, rule_on
from scanner.model import Custody, Facts, Location, Reason, Service
from tests.outlook.world import actor, component, technology, world

TODAY = datetime.date(2026, 11, 24)
LEFT_PAD = "pkg:npm/left-pad@1.3.0"


def rule(effect="deny", name="rule", because="", **conditions):
    return Rule(name, effect, because, conditions)


def package(purl=LEFT_PAD, *bindings, scope="runtime", direct=True, licence="MIT", severity=3, **facts):
    """A package that was looked up; `facts` are those of its registry."""
    verdict = facts.pop("verdict", "ok")
    known = Facts(**{"publishers": 3, "licence": licence, "released": "2026-10-01"} | facts)
    return msgspec.structs.replace(
        component(purl, *bindings),
        scope=scope,
        direct=direct,
        severity=severity,
        verdict=verdict,
        custody=Custody(verdict=verdict, facts=known, bounds=(verdict, verdict)),
    )


def ruled(scan, *rules, exemptions=()):
    return rule_on(scan, rules, exemptions, TODAY).findings


def ids(scan, *rules, exemptions=()):
    return [finding.id for finding in ruled(scan, *rules, exemptions=exemptions)]


def exemption(until, technologies=("t",), packages=(), rules=(), owner="ops"):
    return Exemption(technologies, packages, rules, "being replaced", owner, until)


def test_without_a_rule_nothing_is_forbidden():
    assert ids(world([technology("t")])) == []


def test_the_first_rule_that_fits_decides():
    scan = world([technology("t")])
    assert ids(scan, rule("allow", technology=("t",)), rule(verdict="flagged")) == []
    assert ids(scan, rule(verdict="flagged"), rule("allow", technology=("t",))) == ["t"]


def test_a_rule_without_conditions_is_about_everything_so_allow_lists_end_with_it():
    scan = world([technology("good"), technology("other")], components=[package()])
    rules = (rule("allow", technology=("good",)), rule("allow", package=("pkg:npm/left-pad",)), rule())
    assert ids(scan, *rules) == ["other"]


def test_of_a_rule_every_condition_has_to_hold_and_of_a_list_one_entry():
    scan = world([technology("t", kind="saas")])
    assert ids(scan, rule(kind=("database", "saas"), verdict="flagged")) == ["t"]
    assert ids(scan, rule(kind=("database", "cache"), verdict="flagged")) == []


@pytest.mark.parametrize(
    ("verdict", "threshold", "found"),
    [
        ("flagged", "flagged", True),
        ("watch", "flagged", False),
        ("flagged", "watch", True),
        ("unknown", "watch", False),
        ("unknown", "unknown", True),
        ("safe", "unknown", False),
    ],
)
def test_a_verdict_is_a_threshold(verdict, threshold, found):
    assert bool(ids(world([technology("t", verdict=verdict)]), rule(verdict=threshold))) is found


def test_severity_is_a_threshold():
    scan = world([technology("t", severity=3)])
    assert ids(scan, rule(severity=3)) == ["t"]
    assert ids(scan, rule(severity=4)) == []


def test_a_service_is_named_by_what_relies_on_it():
    shop = Service(name="shop", criticality="vital", technologies=("t",), components=())
    scan = world([technology("t"), technology("u")], services=[shop])
    assert ids(scan, rule(service=("shop",))) == ["t"]


def test_the_scope_of_a_technology_is_that_of_any_of_its_packages():
    part = package("pkg:npm/x@1", ("t", "uses"), scope="development")
    scan = world([technology("t", components=("pkg:npm/x@1",))], components=[part])
    assert ids(scan, rule(scope=("runtime",))) == []
    assert ids(scan, rule(scope=("development",), technology=("t",))) == ["t"]


def test_a_technology_known_by_a_file_is_there_at_run_time_unless_it_is_of_the_workshop():
    scan = world([technology("db", kind="database"), technology("pipeline", kind="ci")])
    assert ids(scan, rule(scope=("runtime",))) == ["db"]
    assert ids(scan, rule(scope=("build",))) == ["pipeline"]


def test_technologies_are_named_by_id_or_glob():
    scan = world([technology("amazon-s3"), technology("stripe")])
    assert ids(scan, rule(technology=("amazon-*",))) == ["amazon-s3"]


def test_an_actor_holds_what_its_children_hold_and_brings_its_jurisdiction():
    actors = [actor("parent", jurisdiction="FR"), actor("acme", parent="parent", jurisdiction="US")]
    scan = world([technology("t", steward="acme")], actors=actors)
    for name in ("acme", "parent"):
        assert ids(scan, rule(actor=(name,))) == ["t"]
    assert ids(scan, rule(jurisdiction=("FR",))) == ["t"]
    assert ids(scan, rule(jurisdiction=("DE",))) == []


def test_an_actor_without_a_known_seat_is_found_as_unknown():
    scan = world([technology("t")], actors=[actor("acme", jurisdiction=None)])
    assert ids(scan, rule(jurisdiction=("unknown",))) == ["t"]


def test_kind_and_actor_have_to_hold_of_the_same_technology():
    technologies = [technology("db", "acme", kind="database"), technology("saas", "other", kind="saas")]
    part = package("pkg:npm/both@1", ("db", "uses"), ("saas", "uses"))
    scan = world(technologies, components=[part])
    assert ids(scan, rule(package=("pkg:npm/*",), kind=("database",), actor=("acme",))) == ["pkg:npm/both@1"]
    assert ids(scan, rule(package=("pkg:npm/*",), kind=("saas",), actor=("acme",))) == []


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("pkg:npm/left-pad", True),
        ("pkg:npm/left-pad@1.3.0", True),
        ("pkg:npm/left-pad@2*", False),
        ("pkg:npm/left-*", True),
        ("pkg:npm/left", False),
        ("pkg:*", True),
    ],
)
def test_a_package_is_named_by_purl_or_glob_and_without_a_version_every_version_is(pattern, found):
    assert bool(ids(world([], components=[package()]), rule(package=(pattern,)))) is found


def test_a_rule_about_packages_makes_no_finding_of_a_technology():
    scan = world([technology("t")], components=[package(direct=True), package("pkg:npm/deep@1", direct=False)])
    assert ids(scan, rule(direct=True)) == [LEFT_PAD]
    assert ids(scan, rule(direct=False)) == ["pkg:npm/deep@1"]


def test_the_verdict_of_a_package_is_that_of_its_custody():
    """What it binds to is judged as a technology, once."""
    flagged = msgspec.structs.replace(package(LEFT_PAD, ("t", "uses")), verdict="flagged")
    assert ids(world([technology("t")], components=[flagged]), rule(verdict="flagged")) == ["t"]


def test_custody_that_was_not_looked_at_is_no_verdict_but_can_be_asked_for():
    scan = world([technology("t", verdict="safe")], components=[component(LEFT_PAD, ("t", "uses"))])
    scan = msgspec.structs.replace(scan, components=(msgspec.structs.replace(scan.components[0], verdict="safe"),))
    assert ids(scan, rule(verdict="unknown")) == []
    assert ids(scan, rule(custody=("not-looked-at",))) == [LEFT_PAD]


@pytest.mark.parametrize(
    ("concern", "facts"),
    [
        ("withdrawn", {"withdrawn": "deprecated"}),
        ("not-open", {"licence": "Proprietary"}),
        ("one-publisher", {"publishers": 1}),
        ("no-release", {"released": "2023-11-23"}),
        ("no-provenance", {"provenance": False}),
    ],
)
def test_each_reason_of_custody_is_found_and_only_where_it_holds(concern, facts):
    scan = world([], components=[package(**facts), package("pkg:npm/fine@1", provenance=True)])
    assert ids(scan, rule(custody=(concern,))) == [LEFT_PAD]


def test_one_account_of_an_organisation_is_not_one_person():
    scan = world([], components=[package(publishers=1, organisation="acme")])
    assert ids(scan, rule(custody=("one-publisher",))) == []


def test_age_counts_months_since_the_last_release_and_what_is_not_told_has_none():
    scan = world([], components=[package(released="2025-11-24"), package("pkg:npm/untold@1", released=None)])
    assert ids(scan, rule(age=12)) == [LEFT_PAD]
    assert ids(scan, rule(age=13)) == []


@pytest.mark.parametrize(
    ("licence", "wanted", "denied", "allowed"),
    [
        ("GPL-3.0-only", "GPL-*", True, True),
        ("MIT", "GPL-*", False, False),
        ("MIT OR GPL-3.0-only", "GPL-*", False, True),
        ("MIT AND GPL-3.0-only", "GPL-*", True, False),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", "GPL-*", True, False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only", True, True),
        ("MIT", "open", True, True),
        ("Proprietary", "not-open", True, True),
        (None, "unknown", True, True),
        ("who knows / what", "GPL-*", False, False),
    ],
)
def test_of_a_choice_of_licences_one_is_enough_to_allow_and_all_are_needed_to_deny(licence, wanted, denied, allowed):
    scan = world([], components=[package(licence=licence)])
    assert bool(ids(scan, rule(licence=(wanted,), package=("pkg:*",)))) is denied
    assert ids(scan, rule("allow", licence=(wanted,), package=("pkg:*",)), rule()) == ([] if allowed else [LEFT_PAD])


@pytest.mark.parametrize(
    ("fact", "wanted", "found"),
    [
        ("proprietary", "not-open", True),
        ("source-available", "not-open", True),
        ("source-available", "source-available", True),
        ("open", "not-open", False),
        ("unknown", "unknown", True),
    ],
)
def test_the_licence_of_a_technology_is_the_fact_in_its_record(fact, wanted, found):
    reasons = (Reason(fact="licence", value=fact, effect=""),)
    assert bool(ids(world([technology("t", reasons=reasons)]), rule(licence=(wanted,)))) is found


def test_a_finding_says_its_rule_and_its_reason_and_keeps_the_way_out_that_the_scan_knew():
    scan = world([technology("t", summary="Hangs on Acme.")])
    known = of_component(component("x"))
    scan = msgspec.structs.replace(scan, findings=(msgspec.structs.replace(known, id="t", remedy="Port to U."),))
    (finding,) = ruled(scan, rule(name="no-saas", because="We said so.", verdict="flagged"))
    assert (finding.rule, finding.message, finding.remedy) == ("no-saas", "Hangs on Acme. We said so.", "Port to U.")
    assert finding.level == "error"


def test_a_rule_can_only_warn():
    (finding,) = ruled(world([technology("t")]), rule("warn", verdict="flagged"))
    assert finding.level == "warning"


def test_errors_come_first_then_the_worst_then_the_gravest():
    scan = world(
        [
            technology("a", severity=2),
            technology("b", severity=5),
            technology("c", verdict="watch", severity=5),
            technology("d", severity=5),
        ]
    )
    assert ids(scan, rule("warn", technology=("d",)), rule(verdict="watch")) == ["b", "a", "c", "d"]


@pytest.mark.parametrize(
    ("days", "level", "says"),
    [
        (SOON + 1, None, ""),
        (SOON, "warning", "ends on 2026-12-24, in 30 days."),
        (1, "warning", "in 1 day."),
        (0, "warning", "today."),
        (-1, "error", "The exception of ops (being replaced) expired on 2026-11-23."),
    ],
)
def test_an_exception_hides_a_finding_then_warns_of_its_end_then_expires(days, level, says):
    until = TODAY + datetime.timedelta(days=days)
    found = ruled(world([technology("t")]), rule(verdict="flagged"), exemptions=[exemption(until)])
    assert [finding.level for finding in found] == ([level] if level else [])
    assert all(finding.message.endswith(says) for finding in found)


def test_of_several_exceptions_the_one_that_counts_longest_decides():
    exemptions = [exemption(TODAY - datetime.timedelta(days=9)), exemption(datetime.date(2030, 1, 1))]
    assert ids(world([technology("t")]), rule(verdict="flagged"), exemptions=exemptions) == []


def test_an_exception_without_an_end_hides_for_good():
    assert ids(world([technology("t")]), rule(verdict="flagged"), exemptions=[exemption(None)]) == []


def test_an_exception_may_be_from_one_rule_only():
    scan = world([technology("t")])
    only = [exemption(datetime.date(2030, 1, 1), rules=("other",))]
    assert ids(scan, rule(verdict="flagged"), exemptions=only) == ["t"]


def test_an_exception_names_packages_by_purl_or_glob():
    scan = world([], components=[package(verdict="flagged")])
    forever = exemption(datetime.date(2030, 1, 1), (), ("pkg:npm/left-*",))
    assert ids(scan, rule(verdict="flagged")) == [LEFT_PAD]
    assert ids(scan, rule(verdict="flagged"), exemptions=[forever]) == []


def test_an_exception_that_nothing_needs_is_told():
    idle = exemption(datetime.date(2030, 1, 1), technologies=("gone",))
    used = exemption(datetime.date(2030, 1, 1))
    assert rule_on(world([technology("t")]), [rule(verdict="flagged")], [idle, used], TODAY).idle == (idle,)


def test_the_way_to_a_finding_is_kept():
    place = (Location(path="yarn.lock", line=3),)
    (finding,) = ruled(world([technology("t", locations=place, why=(("pkg:npm/a@1",),))]), rule())
    assert (finding.locations, finding.why) == (place, (("pkg:npm/a@1",),))
