"""What the lint refuses, one rule at a time."""

import datetime

import pytest

from scanner.rulebook import shipped
from scanner.rulebook.lint import lint

TODAY = datetime.date(2026, 11, 24)


def complaints(rules, warning=False):
    return [complaint.message for complaint in lint(rules.root, TODAY) if complaint.warning == warning]


def test_a_good_record_has_no_complaint(rules):
    rules.technology("kv")
    assert complaints(rules) == []


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"more": "verdict: safe"}, "unknown field `verdict`"),
        ({"control": "benevolent"}, "Invalid enum value 'benevolent'"),
        ({"steward": "nobody"}, "unknown steward nobody"),
        ({"implementations": "[{name: own, actor: nobody}]"}, "unknown actor nobody"),
        ({"implementations": "[{name: a, actor: acme}, {name: a, actor: acme}]"}, "stands twice"),
        ({"implementations": "[]"}, "implementations is empty"),
        ({"implementations": "[{name: own, actor: acme, licence: Free-ish}]"}, "Free-ish is no SPDX expression"),
        ({"implementations": "[{name: own, actor: acme, licence: MIT OR}]"}, "MIT OR is no SPDX expression"),
        ({"to": "[nowhere]"}, "exit goes to nowhere"),
        ({"to": "[kv]"}, "exit goes to itself"),
        ({"specification": "formal"}, "needs its document under standards"),
        ({"how": ""}, "exit does not say how"),
        ({"licence": "open", "control": "community"}, "a commons needs funding"),
        ({"matches": '{purl: "pkg:pypi/a", relation: uses, file: x}'}, "one of purl and file"),
        ({"matches": '{purl: "no purl", relation: uses}'}, "no purl"),
        ({"matches": '{purl: "pkg:pypi/a", relation: uses}, {purl: "pkg:pypi/a", relation: extends}'}, "stands twice"),
        (
            {"matches": '{purl: "pkg:pypi/a*", relation: uses}, {purl: "pkg:pypi/ab", relation: uses}'},
            "already matched by pypi/a*",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_lint_refuses(rules, facts, complaint):
    rules.technology("kv", **facts)
    assert any(complaint in message for message in complaints(rules)), complaints(rules)


def test_a_source_needs_a_date_or_the_word_that_it_was_not_read(rules):
    path = rules.technology("kv")
    path.write_text(path.read_text().replace(", retrieved: 2026-11-01", ""), "utf-8")
    assert any("no retrieved date" in message for message in complaints(rules))


def test_a_missing_source_is_refused(rules):
    path = rules.technology("kv")
    path.write_text(path.read_text().replace("governance: *all", "governance: []"), "utf-8")
    assert "no source for governance" in complaints(rules)


def test_an_id_must_be_the_files_name_and_a_kind_its_folders(rules):
    path = rules.technology("kv")
    path.rename(path.with_name("vk.yaml"))
    assert any("the file is named vk" in message for message in complaints(rules))


def test_a_review_of_long_ago_is_a_warning(rules):
    rules.technology("kv", reviewed="2024-01-01")
    (complaint,) = lint(rules.root, TODAY)
    assert complaint.warning
    assert "18 months" in complaint.message


def test_an_actor_that_nothing_names_is_a_warning(rules):
    rules.actor("parent")
    rules.actor("owner", parent="parent")
    rules.actor("maker", parent="owner")
    rules.actor("forgotten")
    rules.technology("kv", implementations="[{name: own, actor: acme}, {name: other, actor: maker}]")
    assert complaints(rules, warning=True) == ["no technology names actor forgotten"]


def test_own_records_may_name_and_replace_those_below_them(rules, tmp_path):
    rules.actor("fund")
    rules.technology("kv", implementations="[{name: own, actor: acme}]")
    rules.technology("broken", steward="nobody")
    below = rules.root.rename(tmp_path / "below")
    rules.root.mkdir()
    rules.technology("kv", implementations="[{name: own, actor: acme}]", to="[queue]")
    rules.technology("queue", steward="fund", implementations="[{name: own, actor: fund}]", to="[kv, cache]")
    found = [complaint.message for complaint in lint(rules.root, TODAY, over=below)]
    assert found == [
        "exit goes to cache, which is no technology",
        "implementation own: actor is fund, and acme in broken",
    ]


def test_the_shipped_rules_are_clean():
    errors = [complaint for complaint in lint(shipped(), TODAY) if not complaint.warning]
    assert errors == []


def test_a_product_and_its_own_code_have_one_actor(rules):
    rules.actor("fund")
    rules.technology("kv", steward="fund", implementations="[{name: KV server, actor: acme}]")
    assert "steward is fund, but KV server itself is acme's: name one actor" in complaints(rules)


@pytest.mark.parametrize(
    ("steward", "implementations"),
    [
        ("fund", "[{name: KV server, actor: acme}, {name: KV, actor: fund}]"),
        ("fund", "[{name: KVM, actor: acme}]"),
        ("parent", "[{name: KV, actor: acme}]"),
        ("norms", "[{name: KV server, actor: acme}]"),
    ],
    ids=["one of its code bases", "another name", "an owner", "a standards body"],
)
def test_a_steward_may_differ_from(rules, steward, implementations):
    rules.actor("parent")
    rules.actor("acme", parent="parent")
    rules.actor("fund")
    rules.actor("norms", kind="standards-body")
    rules.technology("kv", steward=steward, implementations=implementations)
    assert complaints(rules) == []


@pytest.mark.parametrize(
    ("name", "homepage"),
    [("ACME", "https://acme-project.example/"), ("The Acme project", "https://www.acme.example/")],
    ids=["name", "site"],
)
def test_one_body_under_two_ids_is_refused(rules, name, homepage):
    rules.actor("acme", homepage="http://acme.example")
    rules.actor("acme-project", name=name, homepage=homepage)
    assert any("is the same body as actor acme" in message for message in complaints(rules))


def test_parents_in_a_circle_are_refused(rules):
    rules.actor("acme", parent="other")
    rules.actor("other", parent="acme")
    assert complaints(rules).count("its parents go in a circle") == 2


@pytest.mark.parametrize(
    ("there", "complaint"),
    [
        ("actor: other", "implementation KV: actor is other, and acme in kv"),
        ("actor: acme, licence: MIT", "implementation KV: licence is MIT, and 0BSD in kv"),
        ("actor: acme, maintained: false", "implementation KV: maintained is False, and True in kv"),
        ("actor: acme, fork_of: VK", "KV is a fork of VK, and the other way round in kv"),
    ],
)
def test_a_code_base_is_the_same_in_all_records(rules, there, complaint):
    rules.actor("other")
    vk = "{name: VK, actor: other, licence: MIT"
    rules.technology("kv", implementations=f"[{{name: KV, actor: acme, licence: 0BSD}}, {vk}, fork_of: KV}}]")
    there = there if "licence" in there else f"{there}, licence: 0BSD"
    rules.technology("vk", steward="other", implementations=f"[{{name: KV, {there}}}, {vk}}}]")
    assert complaints(rules) == [complaint]


@pytest.mark.parametrize("other", [{"licence": "proprietary"}, {"operation": "service"}], ids=str)
def test_a_way_out_does_not_fall_with_the_same_owner(rules, other):
    rules.actor("child", parent="acme")
    rules.technology("kv", to="[vk]")
    facts = {"licence": "open", "operation": "self", "implementations": "[{name: vk, actor: child}]"} | other
    path = rules.technology("vk", steward="child", **facts)
    assert "exit goes to vk, which is the same owner's: it would be lost as well" in complaints(rules)
    path.write_text(path.read_text().replace("proprietary", "open").replace("operation: service", "operation: self"))
    assert complaints(rules) == []
