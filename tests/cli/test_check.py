"""outlast check and outlast baseline: the policy as a gate, and what is known already."""

import json
import re
from pathlib import Path

import pytest

SAFE = "psycopg==3.2.12\n"
FLAGGED = "pynamodb==6.1.0\n"
POLICY = """
[[policy]]
name = "no-single-supplier"
verdict = "flagged"
because = "We have to outlast them."
"""
EXCEPTION = """
[[exception]]
technology = ["amazon-dynamodb", "aws"]
reason = "a port is under way"
owner = "platform"
until = {until}
"""


def project(requirements, config=None):
    Path("requirements.txt").write_text(requirements)
    if config is not None:
        Path("outlast.toml").write_text(config)


def test_without_a_policy_whatever_is_flagged_is_a_finding(outlast):
    project(SAFE)
    assert outlast("check", "--offline").code == 0
    project(FLAGGED)
    assert outlast("check", "--offline").code == 1


def test_without_a_policy_the_threshold_of_the_scan_is_the_rule(outlast):
    project("redis==5.0\n", '[scan]\nfail-on = "watch"\n')
    assert outlast("check", "--offline").code == 1
    project("redis==5.0\n", "")
    assert outlast("check", "--offline").code == 0


def test_a_finding_is_shown_with_rule_place_and_way_out(outlast):
    project(SAFE + FLAGGED, POLICY)
    run = outlast("check", "--offline")
    assert run.code == 1
    assert "✖ FLAGGED  Amazon DynamoDB" in run.out
    assert "rule  no-single-supplier: Deny technologies and packages that are flagged." in run.out
    assert "We have to outlast them." in " ".join(run.out.split())
    assert "where requirements.txt:2" in run.out
    assert "out   Rewrite to" in run.out
    assert run.out.endswith("""
outlast explain amazon-dynamodb  shows the sum and the sources
outlast baseline write  takes all of today as known
[[exception]] in outlast.toml  lets one pass, until a day
""")


def test_what_there_is_to_do_about_a_finding_is_not_said_where_there_is_none(outlast):
    project(SAFE, POLICY)
    assert "baseline write" not in outlast("check", "--offline").out


def test_where_nothing_is_forbidden_one_line_says_so_and_what_was_not_looked_at(outlast):
    project(SAFE, POLICY)
    run = outlast("check", "--offline")
    assert run.code == 0
    assert "nothing that the policy forbids" in run.out
    assert "custody: 0 of 1 packages looked at" in run.out


@pytest.mark.parametrize(
    ("until", "code", "says"),
    [
        ("2027-11-24", 0, "nothing that the policy forbids"),
        ("2026-12-01", 0, "ends on 2026-12-01, in 7 days."),
        ("2026-11-23", 1, "expired on 2026-11-23."),
    ],
)
def test_an_exception_lets_it_pass_until_its_date(outlast, until, code, says):
    project(FLAGGED, POLICY + EXCEPTION.format(until=until))
    run = outlast("check", "--offline")
    assert run.code == code
    assert says in " ".join(run.out.split())


def test_an_exception_that_nothing_needs_is_a_word_on_standard_error(outlast):
    project(SAFE, POLICY + EXCEPTION.format(until="2027-11-24"))
    run = outlast("check", "--offline")
    assert (run.code, run.err.count("\n")) == (0, 1)
    assert "nothing needs this exception any more: Except amazon-dynamodb or aws until 2027-11-24" in run.err


def test_an_accepted_risk_is_no_finding_until_its_date(outlast):
    accepted = '[[mitigation]]\ntechnology = "amazon-dynamodb"\nkind = "accepted"\nuntil = {until}\n'
    project(FLAGGED, POLICY + accepted.format(until="2028-01-01"))
    assert "Amazon DynamoDB" not in outlast("check", "--offline").out
    project(FLAGGED, POLICY + accepted.format(until="2026-01-01"))
    assert "Amazon DynamoDB" in outlast("check", "--offline").out


def test_a_warning_is_shown_and_fails_nothing(outlast):
    project(FLAGGED, '[[policy]]\nname = "watch-it"\neffect = "warn"\nverdict = "flagged"\n')
    run = outlast("check", "--offline")
    assert run.code == 0
    assert "a warning" in run.out


def test_every_format_has_the_findings_of_the_policy(outlast):
    project(FLAGGED, POLICY)
    run = outlast(
        "check", "--offline", "--format", "json", "--output", "sarif=s.json", "--output", "codequality=q.json"
    )
    findings = json.loads(run.out)["findings"]
    assert {finding["rule"] for finding in findings} == {"no-single-supplier"}
    sarif = json.loads(Path("s.json").read_text())
    assert len(sarif["runs"][0]["results"]) == len(findings)
    assert [issue["location"]["path"] for issue in json.loads(Path("q.json").read_text())] == [
        "requirements.txt"
    ] * len(findings)


def test_strict_exits_3_where_something_could_not_be_looked_at(outlast):
    project(SAFE, POLICY)
    assert outlast("check", "--offline", "--strict").code == 3


def test_quiet_prints_nothing_and_still_fails(outlast):
    project(FLAGGED, POLICY)
    run = outlast("check", "--offline", "--quiet")
    assert (run.code, run.out, run.err) == (1, "", "")


def test_after_a_baseline_only_what_is_new_fails(outlast):
    project(FLAGGED, POLICY)
    run = outlast("baseline", "write", "--offline")
    assert (run.code, run.out) == (0, "")
    line = r"wrote outlast-baseline.json: \d flagged, \d watch known; commit it, and only what is new fails\n"
    assert re.fullmatch(line, run.err)
    assert outlast("check", "--offline").code == 0
    project(FLAGGED + "stripe==13.0\n", POLICY)
    run = outlast("check", "--offline")
    assert run.code == 1
    assert "Stripe" in run.out
    assert "DynamoDB" not in run.out
    assert "known from the baseline" in run.out


def test_a_baseline_survives_reordering_version_bumps_and_moved_files(outlast):
    project("stripe==13.0\npynamodb==6.1.0\n", POLICY)
    outlast("baseline", "write", "--offline")
    before = Path("outlast-baseline.json").read_text()
    Path("requirements.txt").unlink()
    Path("deep").mkdir()
    Path("deep/requirements.txt").write_text("# moved\npynamodb==7.0.0\n\nstripe==14.2\n")
    assert outlast("check", "--offline").code == 0
    outlast("baseline", "write", "--offline")
    assert Path("outlast-baseline.json").read_text() == before


def test_the_baseline_is_what_the_configuration_or_the_command_names(outlast):
    project(FLAGGED, '[scan]\nbaseline = "known.json"\n')
    assert "known.json: no such baseline; `outlast baseline write`" in outlast("check", "--offline").err
    outlast("baseline", "write", "--offline")
    assert Path("known.json").exists()
    assert outlast("check", "--offline").code == 0
    Path("empty.json").write_text('{"baseline_version": "1", "findings": {}}')
    assert outlast("check", "--offline", "--baseline", "empty.json").code == 1


def test_a_scan_with_a_threshold_takes_the_baseline_too_and_still_shows_everything(outlast):
    project(FLAGGED)
    outlast("baseline", "write", "--offline", "-o", "b.json", "--quiet")
    assert outlast("scan", "--offline", "--fail-on", "flagged").code == 1
    run = outlast("scan", "--offline", "--fail-on", "flagged", "--baseline", "b.json")
    assert run.code == 0
    assert "Amazon DynamoDB" in run.out


def test_a_baseline_holds_what_a_lower_threshold_finds_only_where_asked(outlast):
    project("nobody-knows-this==1.0\n")
    outlast("baseline", "write", "--offline", "--quiet")
    assert outlast("scan", "--offline", "--fail-on", "unknown").code == 1
    outlast("baseline", "write", "--offline", "--quiet", "--fail-on", "unknown")
    assert outlast("scan", "--offline", "--fail-on", "unknown").code == 0
