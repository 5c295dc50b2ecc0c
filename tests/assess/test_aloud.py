"""Rules and exceptions as sentences."""

import datetime

import pytest

from scanner.assess.aloud import CONDITIONS, aloud, exempted
from scanner.assess.policy import Exemption, Rule
from scanner.config import PolicyTable
from scanner.gate import NOT_CONDITIONS


@pytest.mark.parametrize(
    ("effect", "conditions", "sentence"),
    [
        ("deny", {}, "Deny all technologies and packages."),
        ("deny", {"verdict": "flagged"}, "Deny technologies and packages that are flagged."),
        (
            "warn",
            {"kind": ("database", "cache", "broker"), "severity": 4, "service": ("shop",)},
            "Warn of technologies of kind database, cache or broker, of severity 4 or more, that shop relies on.",
        ),
        ("allow", {"package": ("pkg:npm/left-*",)}, "Allow packages named pkg:npm/left-*."),
        (
            "deny",
            {"custody": ("withdrawn", "one-publisher"), "age": 24, "direct": True},
            (
                "Deny packages asked for by the project itself, withdrawn by their registry or with a single publisher, "
                "without a release for 24 months."
            ),
        ),
        (
            "deny",
            {"actor": ("amazon",), "jurisdiction": ("US",), "licence": ("not-open", "AGPL-*")},
            "Deny technologies held by amazon, whose holder sits in US, under a licence that is not open or AGPL-*.",
        ),
    ],
)
def test_a_rule_is_a_sentence(effect, conditions, sentence):
    assert aloud(Rule("name", effect, "because", conditions)) == sentence


def test_every_condition_of_the_configuration_can_be_read_aloud():
    assert CONDITIONS.keys() == set(PolicyTable.__struct_fields__) - NOT_CONDITIONS


def test_an_exception_is_a_sentence():
    until = datetime.date(2027, 6, 30)
    text = exempted(Exemption(("stripe",), ("pkg:npm/a",), ("no-saas",), "a second provider is coming.", "ops", until))
    assert text == "Except stripe or pkg:npm/a from no-saas until 2027-06-30, says ops: a second provider is coming."
