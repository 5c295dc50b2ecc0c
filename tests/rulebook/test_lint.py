"""What the lint refuses, one rule at a time."""

import datetime

import pytest

from scanner.rulebook import shipped
from scanner.rulebook.lint import lint

TODAY = datetime.date(2026, 11, 24)


def complaints(rules):
    return [complaint.message for complaint in lint(rules.root, TODAY)]


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
        ({"to": "[nowhere]"}, "exit goes to nowhere"),
        ({"to": "[kv]"}, "exit goes to itself"),
        ({"specification": "formal"}, "needs its document under standards"),
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


def test_the_shipped_rules_are_clean():
    errors = [complaint for complaint in lint(shipped(), TODAY) if not complaint.warning]
    assert errors == []
