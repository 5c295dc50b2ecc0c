"""GitLab's Code Quality report: the fields that it wants, with fingerprints that outlive a version bump."""

import json

import msgspec
import pytest

from scanner.model import Location
from scanner.report.codequality import render
from tests.report.sample import demo

SCAN = demo()
FIRST = SCAN.findings[0]
PACKAGE = next(finding for finding in SCAN.findings if finding.kind == "component")


def issues(*findings):
    return json.loads(render(msgspec.structs.replace(SCAN, findings=findings)))


def changed(finding=FIRST, **fields):
    return msgspec.structs.replace(finding, **fields)


def test_every_finding_is_an_issue_with_the_fields_that_gitlab_wants():
    found = issues(*SCAN.findings)
    assert len(found) == len(SCAN.findings)
    for issue in found:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
    assert len({issue["fingerprint"] for issue in found}) == len(found)


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"verdict": "flagged", "severity": 5}, "blocker"),
        ({"verdict": "flagged", "severity": 4}, "critical"),
        ({"verdict": "flagged", "severity": 2}, "major"),
        ({"verdict": "flagged", "severity": 5, "level": "warning"}, "minor"),
        ({"verdict": "flagged", "severity": 5, "known": True}, "info"),
        ({"verdict": "watch"}, "minor"),
        ({"verdict": "watch", "rule": "ours"}, "major"),
        ({"verdict": "unknown"}, "info"),
    ],
)
def test_how_grave_an_issue_is(fields, severity):
    assert issues(changed(**fields))[0]["severity"] == severity


def test_a_version_bump_or_another_line_is_the_same_issue():
    (before,) = issues(PACKAGE)
    bumped = changed(PACKAGE, id=f"{PACKAGE.id.partition('@')[0]}@99", locations=(Location(path="other", line=9),))
    (after,) = issues(bumped)
    assert before["fingerprint"] == after["fingerprint"]


def test_a_finding_without_a_place_stands_in_the_first_file():
    assert issues(changed(locations=()))[0]["location"] == {"path": SCAN.sources[0].path, "lines": {"begin": 1}}


def test_the_rule_of_the_policy_is_the_name_of_the_check():
    assert issues(changed(rule="no-saas"))[0]["check_name"] == "outlast/no-saas"
