"""--lang: what people read changes its language, what machines read does not."""

from pathlib import Path

import pytest

BEFORE = Path(__file__).resolve().parents[2] / "fixtures" / "examples" / "vmware" / "before.cdx.json"
AFTER = BEFORE.with_name("after.cdx.json")
POLICY = """
[[policy]]
name = "no-single-actor"
effect = "deny"
verdict = "flagged"
kind = ["hypervisor", "saas"]
because = "We want a second source."

[[exception]]
technology = "stripe"
reason = "a second provider is coming"
owner = "ops"
until = 2099-01-01
"""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["scan", BEFORE, "--offline"], "Sans Broadcom"),
        (["scan", BEFORE, "--offline", "--format", "markdown"], "**✖ alerte**"),
        (["scan", BEFORE, "--offline", "--format", "html"], '<html lang="fr">'),
        (["diff", BEFORE, AFTER, "--offline"], "ne tient plus tout à lui seul."),
        (["diff", BEFORE, AFTER, "--offline", "--format", "markdown"], "retiré"),
        (["backhoe", BEFORE, "--lose", "actor:broadcom"], "✖ disparue\u00a0: 1 technologie sur"),
        (["backhoe", BEFORE], "Points de défaillance uniques"),
        (["plan", "exit", BEFORE], "Quitter d’abord ce qui réduit le plus de risque par effort"),
        (["plan", "exit", BEFORE, "--choose", "vmware-vsphere=openstack"], "Le registre tel qu’il serait"),
        (["plan", "funding", BEFORE, "--budget", "20000"], "20\u202f000 pour"),
        (["explain", "postgresql", "--offline"], "Une norme formelle"),
        (["explain", "pkg:pypi/stripe@11.0.0", "--offline"], "utilise"),
    ],
    ids=lambda value: " ".join(map(str, [value[0], *value[2:]])) if isinstance(value, list) else "",
)
def test_every_command_that_people_read_speaks_french(outlast, arguments, says):
    run = outlast(*arguments, "--lang", "fr")
    assert run.code == 0
    assert says in run.out
    assert says not in outlast(*arguments).out


def test_check_reads_the_policy_aloud_in_french(outlast, tmp_path):
    (tmp_path / "outlast.toml").write_text(POLICY)
    run = outlast("check", BEFORE, "--offline", "--lang", "fr")
    assert run.code == 1
    text = " ".join(run.out.split())
    assert "personne d’autre" in text or "interdit toute reprise" in text
    assert "We want a second source." in text
    assert "Interdire les technologies du type hypervisor ou saas, en alerte." in text
    assert run.err.startswith("cette dérogation ne sert plus à rien\u00a0: Sauf stripe, jusqu’au 2099-01-01, selon ops")


@pytest.mark.parametrize("format", ["json", "sarif", "csv"])
def test_machines_read_the_same_in_every_language(outlast, format):
    arguments = ("scan", BEFORE, "--offline", "--format", format)
    assert outlast(*arguments, "--lang", "fr").out == outlast(*arguments).out


def test_an_unknown_language_is_a_wrong_use(outlast):
    run = outlast("scan", BEFORE, "--lang", "de")
    assert run.code == 2
    assert "'en', 'fr'" in run.err
