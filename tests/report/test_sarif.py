"""The SARIF report: valid, shown where things are declared, and the same finding stays the same."""

import json
import os
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from scanner.report import sarif
from tests.report import sample


def run(scan):
    log = json.loads(sarif.render(scan))
    assert log["version"] == "2.1.0"
    return log["runs"][0]


@pytest.fixture(scope="module")
def schema():
    """The published schema; SARIF_SCHEMA says where it is. Skipped where it is missing, but not under CI."""
    path = os.environ.get("SARIF_SCHEMA")
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("SARIF_SCHEMA is not set")
    text = Path(path).read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text.replace("{2}]?$", "{2}$")))  # a slip in its release of 2019


@pytest.mark.parametrize("scan", [sample.demo(), sample.empty(), sample.hostile('<a href="x">\u202e\x00')])
def test_is_valid(schema, scan):
    assert [error.message for error in schema.iter_errors(json.loads(sarif.render(scan)))] == []


def test_every_finding_is_a_result_under_its_rule():
    found = run(sample.demo())
    rules = found["tool"]["driver"]["rules"]
    assert len(found["results"]) == len(sample.demo().findings)
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {result["ruleId"] for result in found["results"]} == {rule["id"] for rule in rules} - {"forbidden"}


def test_what_only_the_policy_forbids_has_a_rule_of_its_own():
    scan = sample.demo()
    finding = msgspec.structs.replace(scan.findings[0], verdict="safe", rule="no-clouds")
    [result] = run(msgspec.structs.replace(scan, findings=(finding,)))["results"]
    assert (result["ruleId"], result["level"]) == ("forbidden", "error")


def test_rules_explain_themselves():
    for rule in run(sample.empty())["tool"]["driver"]["rules"]:
        assert len(rule["help"]["text"]) > 80
        assert "**What to do.**" in rule["help"]["markdown"]
        assert rule["shortDescription"]["text"].endswith(".")


def test_levels_follow_the_verdict():
    levels = {result["properties"]["id"]: result["level"] for result in run(sample.demo())["results"]}
    assert levels["amazon-dynamodb"] == "error"
    assert levels["redis"] == "warning"
    assert levels["kestrel-search"] == "note"
    assert levels["pkg:npm/clsx@2.1.1"] == "note"


def test_a_policys_warning_is_no_error():
    scan = sample.demo()
    finding = msgspec.structs.replace(scan.findings[0], level="warning", rule="no-clouds")
    [result] = run(msgspec.structs.replace(scan, findings=(finding,)))["results"]
    assert result["level"] == "warning"
    assert result["properties"]["policyRule"] == "no-clouds"


def test_results_stand_where_things_are_declared():
    [result] = [r for r in run(sample.demo())["results"] if r["properties"]["id"] == "stripe"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "poetry.lock", "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] == 46


def test_odd_paths_are_addresses():
    scan = sample.demo()
    place = msgspec.structs.replace(scan.findings[0].locations[0], path="a b/ü#1.lock")
    finding = msgspec.structs.replace(scan.findings[0], locations=(place,))
    [result] = run(msgspec.structs.replace(scan, findings=(finding,)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%C3%BC%231.lock"


def test_a_finding_stays_the_same_when_lines_move_and_versions_change():
    scan = sample.demo()
    component = next(finding for finding in scan.findings if finding.kind == "component")
    moved = msgspec.structs.replace(
        component,
        id=component.id.replace("@", "@9."),
        locations=(msgspec.structs.replace(component.locations[0], line=9_999),),
    )

    def prints(finding):
        return run(msgspec.structs.replace(scan, findings=(finding,)))["results"][0]["partialFingerprints"]

    assert prints(component) == prints(moved)


def test_no_two_findings_share_a_fingerprint():
    prints = [result["partialFingerprints"]["outlast/v1"] for result in run(sample.demo())["results"]]
    assert len(set(prints)) == len(prints)


def test_accepted_risks_are_suppressed_with_their_reason():
    results = {result["properties"]["id"]: result for result in run(sample.demo())["results"]}
    [suppression] = results["github-actions"]["suppressions"]
    assert suppression["status"] == "accepted"
    assert "2027-06-30" in suppression["justification"]
    assert "suppressions" not in results["stripe"]


def test_known_findings_are_unchanged_ones():
    scan = sample.demo()
    finding = msgspec.structs.replace(scan.findings[0], known=True)
    [result] = run(msgspec.structs.replace(scan, findings=(finding,)))["results"]
    assert result["baselineState"] == "unchanged"


def test_what_was_not_looked_at_is_notified():
    texts = [n["message"]["text"] for n in run(sample.demo())["invocations"][0]["toolExecutionNotifications"]]
    assert any("legacy/setup.py" in text for text in texts)
    assert "custody of 2 of 44 packages was not looked at" in texts


def test_no_more_results_than_github_takes(monkeypatch):
    assert sarif.MOST_RESULTS <= 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 20)
    scan = sample.demo()
    found = run(msgspec.structs.replace(scan, findings=scan.findings[:1] * (sarif.MOST_RESULTS + 5)))
    assert len(found["results"]) == sarif.MOST_RESULTS
    assert "5 more findings left out" in [
        n["message"]["text"] for n in found["invocations"][0]["toolExecutionNotifications"]
    ]


def test_equal_scans_make_equal_logs():
    assert sarif.render(sample.demo()) == sarif.render(sample.demo())
