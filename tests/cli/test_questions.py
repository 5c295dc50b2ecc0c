"""outlast explain, backhoe, plan and rules: the questions beside the scan."""

import json
from pathlib import Path

import pytest

from scanner.rulebook import shipped

EXAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "examples"
BEFORE = EXAMPLES / "vmware" / "before.cdx.json"
AFTER = EXAMPLES / "vmware" / "after.cdx.json"


def test_explain_prints_the_sum_with_every_source(outlast):
    run = outlast("explain", "postgresql")
    assert run.code == 0
    for fact in ("specification", "independents", "control", "licence", "operation", "takeover", "score"):
        assert f"\n  {fact} " in run.out
    assert run.out.count("https://") > 5
    assert "counts as independent" in run.out


def test_explain_takes_a_name_or_a_purl(outlast):
    assert "VMware vSphere" in outlast("explain", "VMware vSphere").out
    run = outlast("explain", "pkg:pypi/stripe@11.0.0", "--offline")
    assert "uses       stripe" in run.out
    assert "✖ FLAGGED  Stripe" in run.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["explain", "postgresq"], "did you mean postgresql"),
        (["explain", "pkg:nonsense"], "pkg:nonsense"),
        (["backhoe", BEFORE, "--lose", "actor:brodcom"], "did you mean broadcom"),
        (["backhoe", BEFORE, "--lose", "everything"], "wants one of actor:"),
        (["backhoe", "missing.json"], "missing.json: no such file"),
        (["plan", "exit", BEFORE, "--choose", "vmware-vsphere"], "wants OLD=NEW"),
        (["plan", "exit", BEFORE, "--choose", "vmware-vsphere=opnstack"], "did you mean openstack"),
        (["plan", "exit", BEFORE, "--choose", "stripe=adyen"], "the scan has no technology"),
        (["plan", "funding", BEFORE], "--budget"),
        (["plan", "funding", BEFORE, "--budget", "-5"], "--budget"),
        (["rules", "show", "postgresq"], "did you mean postgresql"),
        (["rules", "lint", "nowhere"], "nowhere"),
    ],
    ids=lambda value: " ".join(map(str, value[:2])) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_clear_line_and_exit_2(outlast, arguments, says):
    run = outlast(*arguments)
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert says in run.err


def test_backhoe_says_what_is_gone_and_what_could_no_longer_be_installed(outlast):
    result = json.loads(outlast("backhoe", BEFORE, "--lose", "actor:broadcom", "--format", "json").out)
    fates = {row["technology"]: row["fate"] for row in result["technologies"]}
    assert fates["vmware-vsphere"] == "gone"
    assert fates["postgresql"] == "untouched"
    assert "pkg:pypi/pyvmomi@8.0.3.0.1" in result["components_stopped"]
    assert "pkg:pypi/psycopg@3.2.3" not in result["components_stopped"]


def test_backhoe_on_a_saved_report_equals_backhoe_on_its_input(outlast):
    outlast("scan", BEFORE, "--offline", "--format", "json", "-o", "saved.json")
    arguments = ("--lose", "country:US", "--format", "json")
    assert outlast("backhoe", "saved.json", *arguments).out == outlast("backhoe", BEFORE, *arguments).out


def test_several_losses_at_once(outlast):
    run = outlast("backhoe", BEFORE, "--lose", "actor:broadcom", "--lose", "technology:postgresql", "--format", "json")
    gone = {row["technology"] for row in json.loads(run.out)["technologies"] if row["fate"] == "gone"}
    assert gone == {"vmware-vsphere", "postgresql"}


def test_without_a_loss_every_single_point_is_listed(outlast):
    result = json.loads(outlast("backhoe", BEFORE, "--format", "json").out)
    assert "broadcom" in {point["actor"] for point in result["single_points"]}
    assert result["concentration"]["jurisdiction"]["band"] == "high"


def test_choosing_an_exit_gives_the_register_without_the_old_risk(outlast):
    run = outlast("plan", "exit", BEFORE, "--choose", "vmware-vsphere=openstack", "--format", "json")
    technologies = {risk["technology"] for risk in json.loads(run.out)}
    assert "openstack" in technologies
    assert "vmware-vsphere" not in technologies


def test_the_exit_plan_is_ordered_by_risk_reduced_per_effort(outlast):
    steps = json.loads(outlast("plan", "exit", BEFORE, "--format", "json").out)
    gains = [step["gain"] for step in steps]
    assert gains == sorted(gains, reverse=True)
    assert all(step["gain"] == round(step["reduced"] / step["effort"], 2) for step in steps)


def test_the_funding_plan_spends_the_budget_to_the_last_unit(outlast):
    grants = json.loads(outlast("plan", "funding", BEFORE, AFTER, "--budget", "20001", "--format", "json").out)
    assert sum(grant["amount"] for grant in grants) == 20001
    assert {grant["technology"]: grant["projects"] for grant in grants}["postgresql"] == 2
    assert "vmware-vsphere" not in {grant["technology"] for grant in grants}


def test_the_lint_says_what_a_new_record_still_needs(outlast):
    facts = {"name": "Acme KV", "kind": "database", "homepage": "https://acme.example/", "steward": "acme"}
    options = [word for name, value in facts.items() for word in (f"--{name}", value)]
    run = outlast("rules", "new", "acme-kv", *options, "--purl", "pkg:pypi/acme-kv", "--rules", "own")
    assert run.code == 0
    lint = outlast("rules", "lint", "own")
    assert (lint.code, "exit does not say how" in lint.err) == (1, True)
    record = Path("own/technologies/database/acme-kv.yaml")
    record.write_text(record.read_text().replace('how: ""', "how: Nobody knows yet."))
    assert outlast("rules", "lint", "own").code == 0
    listed = outlast("rules", "list", "acme", "--rules", "own").out
    assert "? UNKNOWN" in listed


def test_a_new_record_does_not_overwrite_an_old_one(outlast):
    options = [
        "--name",
        "x",
        "--kind",
        "database",
        "--homepage",
        "https://x.example/",
        "--steward",
        "x",
        "--rules",
        "own",
    ]
    assert outlast("rules", "new", "kv", *options).code == 0
    assert outlast("rules", "new", "kv", *options).code == 2


def test_stats_count_the_shipped_records(outlast):
    count = len(list((shipped() / "technologies").rglob("*.yaml")))
    assert outlast("rules", "stats").out.startswith(f"{count} technologies")


def test_show_lists_what_a_record_matches(outlast):
    assert "uses       pkg:pypi/psycopg" in outlast("rules", "show", "postgresql").out
