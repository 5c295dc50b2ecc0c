"""From bindings and custody to verdicts of components, severity, paths and findings."""

import pytest

from scanner.assess import assess, severity
from scanner.assess.findings import findings
from scanner.assess.summary import summarise
from scanner.assess.verdicts import reaches, worst
from scanner.assess.why import Why
from scanner.identify import identify
from scanner.model import Component, Custody, Facts, Inventory
from tests.book import book

BOOK = book()


def component(purl, **fields):
    return Component(purl=purl, name=purl.rpartition("/")[2], **({"direct": True} | fields))


def assessed(*components, custody=None, files=()):
    identified = identify(Inventory(project="p", components=components, files=files), BOOK)
    return assess(*identified, custody or {}, BOOK)


def test_a_component_has_the_worst_verdict_of_what_it_uses():
    (item,) = assessed(component("pkg:pypi/stripe@11")).components
    assert item.verdict == "flagged"


def test_language_and_registry_do_not_count_for_every_package():
    result = assessed(component("pkg:pypi/psycopg@3"))
    assert result.components[0].verdict == "safe"
    assert {item.id: item.verdict for item in result.technologies}["python"] == "watch"


def test_custody_that_was_not_looked_at_leaves_a_package_without_technology_unknown():
    (item,) = assessed(component("pkg:pypi/no-such-technology@1")).components
    assert (item.verdict, item.custody.verdict) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("purl", "bounds", "expected"),
    [
        ("pkg:pypi/psycopg@3", ("ok", "ok"), "ok"),
        ("pkg:pypi/psycopg@3", ("watch", "watch"), "watch"),
        ("pkg:pypi/psycopg@3", ("flagged", "flagged"), "flagged"),
        ("pkg:pypi/psycopg@3", ("ok", "watch"), "unknown"),
        ("pkg:pypi/redis@5", ("ok", "watch"), "watch"),
        ("pkg:pypi/redis@5", ("ok", "flagged"), "unknown"),
        ("pkg:pypi/stripe@11", ("ok", "flagged"), "flagged"),
        ("pkg:pypi/no-such-technology@1", ("ok", "watch"), "unknown"),
    ],
)
def test_a_verdict_is_unknown_only_where_what_custody_leaves_open_decides(purl, bounds, expected):
    """psycopg uses something safe, redis something on watch, stripe something flagged."""
    verdict = bounds[0] if bounds[0] == bounds[1] else "unknown"
    found = {purl: Custody(verdict=verdict, bounds=bounds, facts=Facts())}
    assert assessed(component(purl), custody=found).components[0].verdict == expected


@pytest.mark.parametrize(
    ("fields", "kinds", "expected"),
    [
        ({"scope": "runtime", "direct": True}, ["library"], 3),
        ({"scope": "runtime", "direct": None}, ["library"], 3),
        ({"scope": "runtime", "direct": False}, ["library"], 2),
        ({"scope": "optional", "direct": True}, ["library"], 2),
        ({"scope": "development", "direct": True}, ["database"], 1),
        ({"scope": "runtime", "direct": True}, ["database"], 4),
        ({"scope": "runtime", "direct": False}, ["identity"], 3),
    ],
)
def test_severity_by_scope_directness_and_what_it_holds(fields, kinds, expected):
    assert severity.of_component(component("pkg:npm/a@1", **fields), kinds) == expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["safe", "ok"], "ok"),
        (["watch", "safe"], "watch"),
        (["watch", "unknown"], "unknown"),
        (["flagged", "unknown"], "flagged"),
        ([], "unknown"),
    ],
)
def test_the_worst_verdict_decides_and_unknown_may_be_the_worst(verdicts, expected):
    assert worst(verdicts) == expected


def test_thresholds():
    assert [verdict for verdict in ("safe", "ok", "watch", "flagged", "unknown") if reaches(verdict, "watch")] == [
        "watch",
        "flagged",
    ]
    assert not any(reaches(verdict, "never") for verdict in ("flagged", "unknown"))


def test_why_gives_a_shortest_path_from_a_direct_dependency():
    graph = [
        component("pkg:npm/a@1", requires=("pkg:npm/b@1", "pkg:npm/c@1")),
        component("pkg:npm/b@1", direct=False, requires=("pkg:npm/d@1",)),
        component("pkg:npm/c@1", direct=False, requires=("pkg:npm/b@1",)),
        component("pkg:npm/d@1", direct=False, requires=("pkg:npm/a@1",)),
    ]
    assert Why(graph).path("pkg:npm/d@1") == ("pkg:npm/a@1", "pkg:npm/b@1", "pkg:npm/d@1")
    assert Why(graph).path("pkg:npm/elsewhere@1") == ("pkg:npm/elsewhere@1",)


def test_why_starts_from_what_nothing_needs_where_no_input_tells_what_is_direct():
    graph = [
        component("pkg:npm/a@1", direct=None, requires=("pkg:npm/b@1",)),
        component("pkg:npm/b@1", direct=None),
    ]
    assert Why(graph).path("pkg:npm/b@1") == ("pkg:npm/a@1", "pkg:npm/b@1")


def test_findings_come_worst_first_and_name_the_way_out():
    result = assessed(component("pkg:pypi/stripe@11"), component("pkg:pypi/redis@5"), component("pkg:pypi/psycopg@3"))
    names = {id: BOOK.technology(id).record.name for id in BOOK.ids}
    found = findings(result.technologies, result.components, "watch", names)
    assert [finding.id for finding in found][:2] == ["stripe", "redis"]
    assert "postgresql" not in [finding.id for finding in found]
    assert "Valkey" in found[1].remedy


def test_a_package_is_a_finding_by_its_custody_and_not_a_second_time_by_its_technology():
    custody = {"pkg:npm/left-pad@1": Custody(verdict="flagged", reasons=("deprecated: use x",), facts=Facts())}
    result = assessed(component("pkg:npm/left-pad@1"), component("pkg:pypi/stripe@11"), custody=custody)
    found = findings(result.technologies, result.components, "flagged", {})
    assert [(finding.kind, finding.id) for finding in found] == [
        ("component", "pkg:npm/left-pad@1"),
        ("technology", "stripe"),
    ]


def test_the_summary_takes_the_worst_verdict_with_a_score_in_its_band():
    result = assessed(component("pkg:pypi/stripe@11"), component("pkg:pypi/psycopg@3"))
    summary = summarise(result.technologies, result.components)
    assert summary.verdict == "flagged"
    assert 0 <= summary.score <= 39
    assert sum(summary.by_verdict.values()) == summary.technologies == len(result.technologies)


def test_an_empty_project_is_unknown_and_has_no_score():
    summary = summarise((), ())
    assert (summary.verdict, summary.score) == ("unknown", None)


def test_actors_come_with_their_owners_and_what_hangs_on_them():
    actors = {actor.id: actor for actor in assessed(component("pkg:golang/github.com/vmware/govmomi@v0.30")).actors}
    assert actors["vmware"].owner == "broadcom"
    assert "vmware-vsphere" in actors["vmware"].technologies
    assert "vmware-vsphere" in actors["broadcom"].technologies
