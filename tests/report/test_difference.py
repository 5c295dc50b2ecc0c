"""The report of a difference: one sentence, then what changed; names of strangers mean nothing but themselves."""

import json

import pytest

from scanner.assess.difference import Change, Difference
from scanner.report import difference as report


def change(way="added", id="stripe", after="flagged", before=None, **fields):
    return Change(
        **{"way": way, "id": id, "name": id.title(), "before": before, "after": after, "message": ""} | fields
    )


def result(technologies=(), actors=(), components=()):
    return Difference(
        old="main", new="HEAD", technologies=technologies, actors=actors, components=components, findings=()
    )


@pytest.mark.parametrize(
    ("technologies", "sentence"),
    [
        ((), "Nothing that outlast looks at is different."),
        ((change(),), "One more actor can stop this: Stripe has no second source."),
        ((change(), change(id="aws")), "2 technologies without a second source are new: Stripe, Aws."),
        ((change("removed", after=None, before="flagged"),), "Stripe no longer holds this up alone."),
        ((change(after="watch"),), "No technology without a second source came in."),
        ((change("worse", before="watch"),), "One more actor can stop this: Stripe has no second source."),
        ((change("better", before="unknown", after="watch"),), "No technology without a second source came in."),
    ],
)
def test_the_first_line_says_what_matters(technologies, sentence):
    assert report.headline(result(technologies)) == sentence
    assert sentence in report.text(result(technologies))


def test_a_verdict_that_changed_is_shown_before_and_after():
    assert "▲ watch → ✖ flagged" in report.text(result((change("worse", before="watch"),)))


def test_many_packages_are_counted_and_the_first_shown():
    packages = tuple(change(id=f"pkg:npm/p{number}", after="ok") for number in range(30))
    text = report.text(result(components=packages))
    assert "Packages: 30 added" in text
    assert "and 10 more; --format json lists them all" in text
    assert len(json.loads(report.json(result(components=packages)))["components"]) == 30


@pytest.mark.parametrize(
    "attack", ["a|b", "[x](https://evil.example)", "<img src=x>", "@everyone", "**b**", "https://evil.example", "#1"]
)
def test_names_of_strangers_make_no_markup(attack):
    bad = change(name=attack, message=attack)
    text = report.markdown(result((bad,), (bad,), (change(id="pkg:npm/x", message=attack),)))
    assert attack not in text
    rows = [line for line in text.splitlines() if line.startswith("| +")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [6, 6, 6]


def test_names_of_strangers_steer_no_terminal():
    assert "\x1b[31m" not in report.text(result((change(name="\x1b[31mred"),)))
