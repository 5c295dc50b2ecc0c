"""The verdict on who holds a package, by the table of DESIGN §5, and what unknown facts do to it."""

import itertools
from datetime import date

import pytest
from msgspec.structs import replace

from scanner.assess.custody import ORDER, judge
from scanner.model import Custody, Facts

TODAY = date(2026, 11, 24)
GOOD = Facts(publishers=3, licence="MIT", released="2026-05-01")


def verdict(**changes):
    return judge(replace(GOOD, **changes), TODAY).verdict


def reasons(**changes):
    return judge(replace(GOOD, **changes), TODAY).reasons


def test_several_hands_an_open_licence_and_a_recent_release_are_ok():
    custody = judge(GOOD, TODAY)
    assert (custody.verdict, custody.bounds, custody.facts) == ("ok", ("ok", "ok"), GOOD)
    assert custody.reasons == ("licence MIT is open", "3 accounts can publish", "last release 2026-05-01")


def test_what_was_not_looked_up_is_unknown():
    assert judge(None, TODAY) == Custody()


def test_one_person_is_watched():
    assert (verdict(publishers=1), reasons(publishers=1)) == ("watch", ("one account can publish",))


def test_one_account_of_an_organisation_is_not_one_person():
    assert verdict(publishers=1, organisation="acme") == "ok"
    assert verdict(publishers=None, organisation="acme") == "ok"


@pytest.mark.parametrize(
    ("released", "expected"),
    [
        ("2023-11-24", "ok"),
        ("2023-11-23", "watch"),
        ("2019-03-02", "watch"),
        ("2026-11-24", "ok"),
        ("2030-01-01", "ok"),
    ],
)
def test_no_release_for_more_than_36_months_is_watched(released, expected):
    assert verdict(released=released) == expected


def test_the_age_of_the_last_release_is_told():
    assert reasons(released="2019-03-02") == ("last release 2019-03-02, over 36 months ago",)


@pytest.mark.parametrize("licence", ["BUSL-1.1", "UNLICENSED", "MIT AND SSPL-1.0", "CC-BY-NC-4.0"])
def test_no_open_licence_is_flagged(licence):
    assert verdict(licence=licence) == "flagged"
    assert reasons(licence=licence) == (f"licence {licence} is not open: nobody else may carry on",)


def test_withdrawn_is_flagged_with_the_registrys_words():
    assert verdict(withdrawn="deprecated: has a hole") == "flagged"
    assert reasons(withdrawn="deprecated", successor="pad2") == ("deprecated; use pad2",)


def test_the_reasons_are_those_of_the_verdict():
    assert reasons(withdrawn="yanked", publishers=1, released="2001-01-01") == ("yanked",)
    assert reasons(publishers=1, released="2001-01-01") == (
        "one account can publish",
        "last release 2001-01-01, over 36 months ago",
    )


@pytest.mark.parametrize(
    ("unknown", "reason"),
    [
        ({"licence": None}, "the registry does not tell the licence"),
        ({"licence": "My own"}, "whether the licence “My own” is open is not known"),
        ({"publishers": None}, "the registry does not tell how many accounts can publish"),
        ({"released": None}, "the registry does not tell the date of the last release"),
        ({"released": "yesterday"}, "the registry does not tell the date of the last release"),
    ],
)
def test_an_unknown_fact_that_decides_makes_the_verdict_unknown(unknown, reason):
    assert (verdict(**unknown), reasons(**unknown)) == ("unknown", (reason,))


def test_an_unknown_fact_that_decides_nothing_is_let_be():
    assert verdict(licence="BUSL-1.1", publishers=None, released=None) == "flagged"
    assert verdict(publishers=1, released=None) == "watch"
    assert verdict(withdrawn="yanked", licence=None) == "flagged"


def test_the_bounds_are_the_best_and_the_worst_that_may_be():
    assert judge(replace(GOOD, publishers=None), TODAY).bounds == ("ok", "watch")
    assert judge(replace(GOOD, publishers=1, licence=None), TODAY).bounds == ("watch", "flagged")


def test_only_the_questions_that_decide_are_asked():
    assert reasons(publishers=1, released=None, licence=None) == ("the registry does not tell the licence",)


def test_a_better_fact_never_makes_a_verdict_worse():
    steps = {
        "publishers": (1, 2),
        "licence": ("SSPL-1.0", "MIT"),
        "released": ("2000-01-01", "2026-01-01"),
        "withdrawn": ("yanked", None),
    }
    for worse in itertools.product(*steps.values()):
        before = verdict(**dict(zip(steps, worse, strict=True)))
        for name, (_, best) in steps.items():
            after = verdict(**(dict(zip(steps, worse, strict=True)) | {name: best}))
            assert ORDER.index(after) <= ORDER.index(before)


def test_knowing_more_only_settles_an_unknown_verdict():
    """Where the unknown is filled in, a verdict that was already told stays."""
    values = {
        "publishers": (None, 1, 2),
        "licence": (None, "SSPL-1.0", "MIT"),
        "released": (None, "2000-01-01", "2026-01-01"),
    }
    for combination in itertools.product(*values.values()):
        known = dict(zip(values, combination, strict=True))
        before = verdict(**known)
        for name in (name for name, value in known.items() if value is None):
            after = {verdict(**known | {name: value}) for value in values[name][1:]}
            assert before == "unknown" or after == {before}
