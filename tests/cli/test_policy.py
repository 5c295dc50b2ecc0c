"""Every condition of a [[policy]] as a user writes it: what `outlast check` finds by it, and how it reads aloud.

One shop for all. What its registry says of the packages is in the cache, so nothing is asked.
"""

import json
import os
import time
from pathlib import Path

import pytest

from scanner import gate
from scanner.assess.aloud import aloud as read_out
from scanner.config import load
from scanner.model import Facts
from scanner.resolve.cache import Cache
from scanner.resolve.record import Entry, Record

WELL = {"publishers": 3, "licence": "MIT", "released": "2026-11-01", "provenance": True}
SAID = {
    "psycopg": WELL | {"licence": "LGPL-3.0-only"},
    "pynamodb": WELL,
    "acme-choice": WELL | {"licence": "MIT OR GPL-2.0-only"},
    "acme-closed": WELL | {"licence": "LicenseRef-Proprietary"},
    "acme-gone": WELL | {"withdrawn": "deprecated: use acme-choice"},
    "acme-old": WELL | {"released": "2023-01-01"},
    "acme-alone": WELL | {"publishers": 1, "provenance": False},
    "acme-tool": WELL | {"released": "2025-10-20"},
}
DEVELOPMENT = ("acme-alone", "acme-tool")
UNASKED = "acme-secret"
REGISTRY = "https://shop.registry.example"
BEGINNING = f"""
[registries]
pypi = "{REGISTRY}"

[[service]]
name = "checkout"
criticality = "vital"
uses = ["pkg:pypi/pynamodb", "pkg:pypi/acme-choice"]
"""
RULE = '[[policy]]\nname = "rule"\n'
ALL = {*SAID, UNASKED, "amazon-dynamodb", "postgresql", "pypi", "python", "pip"}
NORMAL = {"pypi", "python", "pip"}
"""Technologies of any project in Python that are on watch."""
BAD = {"amazon-dynamodb", "acme-closed", "acme-gone"}
WATCHED = {"acme-alone", "acme-old", *NORMAL}
OPEN = ALL - {"acme-closed", UNASKED, "amazon-dynamodb"}

FOUND = [
    ('verdict = "flagged"', BAD, "technologies and packages that are flagged"),
    ('verdict = "watch"', BAD | WATCHED, "technologies and packages that are on watch or flagged"),
    ('verdict = "unknown"', BAD | WATCHED | {UNASKED}, "technologies and packages that are on watch, flagged or unknown"),
    ("severity = 5", {"amazon-dynamodb", "pynamodb", "acme-choice", "pypi", "python"}, "of severity 5 or more"),
    ("severity = 4", {"amazon-dynamodb", "pynamodb", "acme-choice", "pypi", "python", "psycopg", "postgresql"}, "of severity 4 or more"),
    ("severity = 2", ALL - {*DEVELOPMENT, "pip"}, "of severity 2 or more"),
    ('service = "checkout"', {"amazon-dynamodb", "pynamodb", "acme-choice", "pypi", "python"}, "that checkout relies on"),
    ('scope = "development"', {*DEVELOPMENT, "pypi", "python"}, "in scope development"),
    ('scope = ["runtime", "optional"]\nverdict = "flagged"', BAD, "that are flagged, in scope runtime or optional"),
    ('scope = "test"', set(), "in scope test"),
    ('kind = "database"', {"postgresql"}, "technologies of kind database"),
    ('kind = ["registry", "language"]', {"pypi", "python"}, "technologies of kind registry or language"),
    ('actor = "aws"', {"amazon-dynamodb"}, "technologies held by aws"),
    ('actor = "amazon"', {"amazon-dynamodb"}, "technologies held by amazon"),
    ('jurisdiction = "US"', {"amazon-dynamodb", "pypi", "python"}, "technologies whose holder sits in US"),
    ('jurisdiction = "international"', {"postgresql", "pip"}, "technologies whose holder sits in no single country"),
    ('jurisdiction = "unknown"', set(), "technologies whose holder sits in a country that nobody knows"),
    ('licence = "not-open"', {"amazon-dynamodb", "acme-closed"}, "under a licence that is not open"),
    ('licence = "unknown"', {UNASKED}, "under an unknown licence"),
    ('licence = "open"', OPEN, "under an open licence"),
    ('licence = "LGPL-*"', {"psycopg"}, "under LGPL-*"),
    ('licence = "GPL-*"', set(), "under GPL-*"),
    ('licence = ["MIT", "GPL-*"]\npackage = "pkg:pypi/*-choice"', {"acme-choice"}, "packages named pkg:pypi/*-choice, under MIT or GPL-*"),
    ('custody = "withdrawn"', {"acme-gone"}, "packages withdrawn by their registry"),
    ('custody = "not-open"', {"acme-closed"}, "packages without an open licence"),
    ('custody = "one-publisher"', {"acme-alone"}, "packages with a single publisher"),
    ('custody = "no-release"', {"acme-old"}, "packages without a release for three years"),
    ('custody = "no-provenance"', {"acme-alone"}, "packages without provenance"),
    ('custody = "not-looked-at"', {UNASKED}, "packages whose custody was not looked at"),
    ('custody = ["withdrawn", "no-release"]', {"acme-gone", "acme-old"}, "packages withdrawn by their registry or without"),
    ("age = 12", {"acme-tool", "acme-old"}, "packages without a release for 12 months"),
    ("age = 36", {"acme-old"}, "packages without a release for 36 months"),
    ("age = 60", set(), "packages without a release for 60 months"),
    ('package = "pkg:pypi/acme-gone"', {"acme-gone"}, "packages named pkg:pypi/acme-gone"),
    ('package = "pkg:pypi/acme-gone@2.*"', set(), "packages named pkg:pypi/acme-gone@2.*"),
    ('package = ["pkg:pypi/acme-*", "pkg:npm/*"]', {name for name in ALL if "acme" in name}, "packages named pkg:pypi/acme-* or"),
    ('technology = ["amazon-*", "stripe"]', {"amazon-dynamodb"}, "technologies named amazon-* or stripe"),
    ("direct = true", {*SAID, UNASKED}, "packages asked for by the project itself"),
    ("", ALL, "all technologies and packages"),
]  # fmt: skip


@pytest.fixture(scope="module")
def _answers():
    """The cache of this run knows what the registry says."""
    cache = Cache(Path(os.environ["OUTLAST_CACHE_DIR"]))
    entries = {name: Entry((), time.time(), Record(facts=Facts(**facts))) for name, facts in SAID.items()}
    cache.write({f"{REGISTRY}/pypi/{name}/json": entry for name, entry in entries.items()})
    cache.close()


@pytest.fixture
def check(outlast, _answers):
    """Check the shop under these tables of a configuration: the exit code, and short names of what was found."""
    names = [*SAID, UNASKED]
    Path("requirements.txt").write_text("".join(f"{name}==1.0\n" for name in names if name not in DEVELOPMENT))
    Path("requirements-dev.txt").write_text("".join(f"{name}==1.0\n" for name in DEVELOPMENT))

    def run(tables):
        Path("outlast.toml").write_text(BEGINNING + tables)
        done = outlast("check", "--offline", "--format", "json")
        assert done.code in (0, 1), done.err
        return done.code, {short(finding["id"]) for finding in json.loads(done.out)["findings"]}

    return run


def short(id):
    return id.removeprefix("pkg:pypi/").partition("@")[0]


@pytest.mark.parametrize(("condition", "expected", "aloud"), FOUND, ids=[row[0].replace("\n", ", ") for row in FOUND])
def test_a_condition_finds_exactly_this_and_reads_aloud(check, condition, expected, aloud):
    assert check(f"{RULE}{condition}\n") == (int(bool(expected)), expected)
    (rule,) = gate.rules(load())
    sentence = read_out(rule)
    assert sentence.startswith("Deny ")
    assert aloud in sentence


def test_an_allow_list_lets_pass_what_it_names_and_denies_the_rest(check):
    allowed = f'{RULE}effect = "allow"\npackage = ["pkg:pypi/acme-*", "pkg:pypi/psycopg"]\n'
    tools = '[[policy]]\nname = "tools"\neffect = "allow"\nkind = ["language", "registry", "build-tool", "database"]\n'
    rest = '[[policy]]\nname = "rest"\n'
    assert check(allowed + tools + rest) == (1, {"pynamodb", "amazon-dynamodb"})


def test_a_deny_list_before_an_allow_list_wins(check):
    denied = '[[policy]]\nname = "no"\npackage = "pkg:pypi/acme-gone"\n'
    allowed = f'{RULE}effect = "allow"\npackage = "pkg:pypi/acme-*"\n[[policy]]\nname = "age"\nage = 12\n'
    assert check(denied + allowed) == (1, {"acme-gone"})


def test_a_licence_that_may_be_chosen_is_enough_to_allow(check):
    allowed = (
        f'{RULE}effect = "allow"\nlicence = "GPL-2.0-only"\n[[policy]]\nname = "no"\npackage = "pkg:pypi/*choice"\n'
    )
    assert check(allowed) == (0, set())


@pytest.mark.parametrize(
    ("about", "left"),
    [
        ('package = "pkg:pypi/acme-*"', {"amazon-dynamodb"}),
        ('package = ["pkg:pypi/acme-gone", "pkg:pypi/acme-closed@2.*"]', {"amazon-dynamodb", "acme-closed"}),
        ('technology = "amazon-*"\npackage = "pkg:pypi/acme-gone"', {"acme-closed"}),
        ('package = "pkg:pypi/acme-*"\nrule = "other"', BAD),
    ],
)
def test_an_exception_covers_what_it_names_and_no_more(check, about, left):
    other = '[[policy]]\nname = "other"\nkind = "saas"\n'
    exception = f'[[exception]]\n{about}\nreason = "r"\nowner = "o"\nuntil = 2027-12-31\n'
    assert check(f'{RULE}verdict = "flagged"\n{other}{exception}') == (1, left)


def test_a_baseline_knows_a_package_in_any_version_and_file(check, outlast):
    rule = f'{RULE}custody = ["withdrawn", "not-open"]\n'
    assert check(rule) == (1, {"acme-gone", "acme-closed"})
    assert outlast("baseline", "write", "--offline", "--quiet").code == 0
    Path("moved").mkdir()
    Path("moved/requirements.txt").write_text("acme-closed==3.1\nacme-gone==2.0\n")
    Path("requirements.txt").write_text("psycopg==3.2\n")
    assert outlast("check", "--offline").code == 0
