"""outlast.toml: what it may hold, where it is found, and one line for every mistake in it."""

import datetime
from pathlib import Path

import pytest

from scanner.config import BASELINE, Config, File, load
from scanner.config_words import check_words
from scanner.errors import ConfigError


class Ids:
    ids = ("amazon-dynamodb", "postgresql", "stripe")
    actor_ids = ("amazon", "pgdg")


def written(text, name="outlast.toml"):
    Path(name).write_text(text, "utf-8")
    return load()


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_everything_there_is_to_set_is_read():
    config = written("""
[scan]
exclude = ["examples/**"]
fail-on = "watch"
baseline = "known.json"
[registries]
npm = "https://registry.example/npm"
[[service]]
name = "shop"
criticality = "vital"
uses = ["api/*"]
[[policy]]
name = "no-single-supplier"
verdict = "flagged"
scope = ["runtime", "optional"]
service = "shop"
[[policy]]
name = "licences"
effect = "warn"
licence = ["not-open", "AGPL-*"]
age = 24
[[exception]]
technology = "stripe"
reason = "a second provider is coming"
owner = "payments"
until = 2027-06-30
[[mitigation]]
technology = "postgresql"
kind = "in-house"
""")
    assert [rule.name for rule in config.file.policy] == ["no-single-supplier", "licences"]
    assert config.file.policy[0].scope == ("runtime", "optional")
    assert config.file.policy[0].service == "shop"
    assert config.file.exception[0].until == datetime.date(2027, 6, 30)
    check_words(config, Ids())


def test_a_table_in_pyproject_is_as_good():
    config = written('[tool.outlast.scan]\nfail-on = "watch"\n[[tool.outlast.policy]]\nname = "a"\n', "pyproject.toml")
    assert config.file.scan.fail_on == "watch"
    assert config.file.policy[0].name == "a"


def test_a_pyproject_of_something_else_is_passed_over():
    assert written("[project]\nname = 3\n", "pyproject.toml") == Config()


def test_without_a_file_the_defaults_hold():
    assert load() == Config(file=File())


def test_the_baseline_is_the_one_beside_the_file_unless_it_names_another():
    assert load().baseline is None
    Path(BASELINE).write_text("{}")
    assert load().baseline == Path(BASELINE)
    Path("sub").mkdir()
    Path("sub/outlast.toml").write_text('[scan]\nbaseline = "known.json"\n')
    assert load(Path("sub/outlast.toml")).baseline == Path("sub/known.json")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[scna]\n", "outlast.toml:1: unknown key 'scna'; did you mean 'scan'?"),
        ("[scan]\nexclud = []\n", "outlast.toml:2: unknown key 'exclud' in [scan]; did you mean 'exclude'?"),
        ("[scan]\nxyz = 1\n", "outlast.toml:2: unknown key 'xyz' in [scan]; known are: exclude, rules, offline, fail-on,"),
        ('[scan]\nfail-on = "flaged"\n', "outlast.toml:2: scan.fail-on: 'flaged' is not known; did you mean 'flagged'?"),
        ("[scan]\noffline = 1\n", "outlast.toml:2: scan.offline: wants true or false, not a whole number"),
        ("[scan]\nexclude = 3\n", "outlast.toml:2: scan.exclude: wants a list, not a whole number"),
        ('[scan]\nbaseline = ""\n', "outlast.toml:2: scan.baseline: wants text that is not empty"),
        ("[cache]\nttl-hours = true\n", "outlast.toml:2: cache.ttl-hours: wants a number, not true or false"),
        ("[registries]\nnpm = 3\n", "outlast.toml:1: registries: wants text, not a whole number"),
        ("[[policy]]\n", "outlast.toml:1: [policy] wants the key 'name'"),
        ('[[policy]]\nname = "a"\n\n[[policy]]\nname = "b"\nscop = "x"\n', "outlast.toml:6: unknown key 'scop' in [policy]"),
        (
            '[[policy]]\nname = "a"\nscope = "test"\n[[policy]]\nname = "b"\nscope = ["runtme"]\n',
            "outlast.toml:6: policy.scope: 'runtme' is not known; did you mean 'runtime'?",
        ),
        ('[[policy]]\nname = "a"\nkind = "databse"\n', "outlast.toml:3: policy.kind: 'databse' is not known; did you mean 'data"),
        ('[[policy]]\nname = "a"\nseverity = 9\n', "outlast.toml:3: policy.severity: wants a whole number of at most 5"),
        ('[[policy]]\nname = "a"\nseverity = "high"\n', "outlast.toml:3: policy.severity: wants a whole number, not text"),
        ('[[policy]]\nname = "a"\neffect = "forbid"\n', "policy.effect: 'forbid' is not known; known are: deny, warn, allow"),
        ('[[policy]]\nname = "a"\ncustody = "widthdrawn"\n', "policy.custody: 'widthdrawn' is not known; did you mean 'withdrawn'"),
        ('[[policy]]\nname = "a"\nservice = [3]\n', "outlast.toml:3: policy.service: wants text, not a whole number"),
        ('[policy]\nname = "a"\n', "outlast.toml:1: policy: wants a list, not a table"),
        ('[[exception]]\nreason = "r"\nowner = "o"\n', "outlast.toml:1: [exception] wants the key 'until'"),
        (
            '[[exception]]\nreason = "r"\nowner = "o"\nuntil = "next year"\n',
            "outlast.toml:4: exception.until: wants a date such as 2026-12-31",
        ),
        ('[[exception]]\nreason = "r"\nowner = "o"\nuntil = 3\n', "exception.until: wants a date such as 2026-12-31, not a whole"),
        ("[scan\n", "outlast.toml: Expected ']'"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_its_key_and_what_was_meant(text, says):
    with pytest.raises(ConfigError) as error:
        written(text)
    assert str(error.value).startswith("outlast.toml")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[policy]]\nname = "a"\n[[policy]]\nname = "a"\n', "outlast.toml:4: policy.name: 'a' is the name of a rule above"),
        (
            '[[service]]\nname = "shop"\ncriticality = "vital"\nuses = []\n[[policy]]\nname = "a"\nservice = "shpo"\n',
            "outlast.toml:7: policy.service: 'shpo': no [[service]] of that name; did you mean 'shop'?",
        ),
        ('[[policy]]\nname = "a"\nservice = "shop"\n', "no [[service]] of that name; known are: none"),
        (
            '[[policy]]\nname = "a"\ntechnology = "postgres"\n',
            "outlast.toml:3: policy.technology: 'postgres': no such technology; did you mean 'postgresql'?",
        ),
        ('[[policy]]\nname = "a"\nactor = ["amazn"]\n', "outlast.toml:3: policy.actor: 'amazn': no such actor; did you mean"),
        ('[[policy]]\nname = "a"\njurisdiction = "France"\n', "'France': wants a code such as FR, or international, or unknown"),
        ('[[policy]]\nname = "a"\npackage = "left-pad"\n', "'left-pad': wants a purl or a glob of purls"),
        (
            '[[exception]]\nreason = "r"\nowner = "o"\nuntil = 2027-01-01\n',
            "exception.reason: for what? add the key 'technology' or 'package'",
        ),
        (
            '[[exception]]\ntechnology = "stripe"\nrule = "a"\nreason = "r"\nowner = "o"\nuntil = 2027-01-01\n',
            "outlast.toml:3: exception.rule: 'a': no [[policy]] of that name",
        ),
        (
            '[[service]]\nname = "a"\ncriticality = "vital"\nuses = ["technology:postgres"]\n',
            "outlast.toml:4: service.uses: 'postgres': no such technology; did you mean 'postgresql'?",
        ),
        ('[[mitigation]]\ntechnology = "strip"\nkind = "standard"\n', "mitigation.technology: 'strip': no such technology"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_word_that_names_nothing_is_told_since_its_rule_would_never_fit(text, says):
    with pytest.raises(ConfigError) as error:
        check_words(written(text), Ids())
    assert says in str(error.value)


def test_a_glob_may_name_what_is_not_there_yet():
    check_words(written('[[policy]]\nname = "a"\ntechnology = ["amazon-*"]\n'), Ids())


def test_where_many_are_known_and_none_is_near_the_list_is_not_printed():
    class Many(Ids):
        ids = tuple(f"technology-{number}" for number in range(1000))

    with pytest.raises(ConfigError, match=r"no such technology; `outlast rules list` shows them all$"):
        check_words(written('[[policy]]\nname = "a"\ntechnology = "zzz"\n'), Many())
