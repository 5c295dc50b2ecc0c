"""The removal test, against its definition, over every combination of facts."""

from itertools import product

import pytest

from scanner.assess.technology import BANDS, POINTS, UNKNOWN, RemovalFacts, judge

ORDER = {"flagged": 0, "watch": 1, "safe": 2}
VALUES = {name: list(table) for name, table in POINTS.items()} | {
    "forks": [0, 1, 2],
    "independents": [0, 1, 2, 3, 4, 5],
}
EVERY = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]
BEST = {name: values[-1] for name, values in VALUES.items()}


def judged(facts, **changes):
    return judge(RemovalFacts(**(facts | changes)))


def expected(facts):
    """The definition of docs/method.md, written a second time."""
    takeover = facts["licence"] == "open" and facts["operation"] == "self" and facts["lifecycle"] != "abandoned"
    if max(facts["independents"] - 1, 0) + facts["forks"] + takeover == 0:
        return "flagged"
    normed = facts["specification"] in {"formal", "consortium"}
    shared = facts["control"] in {"neutral", "community"}
    return "safe" if normed and facts["independents"] >= 2 and shared and takeover else "watch"


def test_every_combination_of_facts_has_the_verdict_of_the_definition():
    assert len(EVERY) == 4 * 6 * 3 * 5 * 3 * 2 * 3
    assert [facts for facts in EVERY if judged(facts).verdict != expected(facts)] == []


def test_the_score_stays_within_the_band_of_its_verdict():
    for facts in EVERY:
        judgement = judged(facts)
        first, last = BANDS[judgement.verdict]
        assert first <= judgement.score <= last


def test_a_better_fact_never_lowers_verdict_or_score():
    for facts in EVERY:
        before = judged(facts)
        for name, values in VALUES.items():
            place = values.index(facts[name])
            if place + 1 < len(values):
                after = judged(facts, **{name: values[place + 1]})
                assert ORDER[after.verdict] >= ORDER[before.verdict], (facts, name)
                assert after.score >= before.score, (facts, name)


def test_blanking_any_one_fact_never_makes_a_verdict_better():
    for facts in EVERY:
        before = judged(facts)
        for name in VALUES:
            after = judged(facts, **{name: UNKNOWN})
            assert after.verdict in {before.verdict, "unknown"}, (facts, name)
            assert after.score_range[0] <= before.score <= after.score_range[1], (facts, name)


@pytest.mark.parametrize("blanks", list(product([False, True], repeat=len(VALUES))))
def test_blanking_any_set_of_facts_never_makes_a_record_safe(blanks):
    """Over every set of blanks, on the records nearest to safe: one fact short of it."""
    blank = {name: UNKNOWN for name, is_blank in zip(VALUES, blanks, strict=True) if is_blank}
    for name, values in VALUES.items():
        for value in values:
            facts = BEST | {name: value}
            if judged(facts).verdict != "safe":
                assert judged(facts | blank).verdict != "safe", (facts, blank)


def test_all_unknown_is_unknown_and_names_what_would_settle_it():
    judgement = judged(dict.fromkeys(VALUES, UNKNOWN))
    assert (judgement.verdict, judgement.score, judgement.score_range) == ("unknown", None, (0, 100))
    assert judgement.settles


def test_an_unknown_fact_that_decides_nothing_leaves_the_verdict_standing():
    """An open, self-run technology with neither norm nor second source is on watch whoever controls it."""
    judgement = judged(BEST, specification="none", independents=1, control=UNKNOWN)
    assert judgement.verdict == "watch"
    assert judgement.score == judgement.score_range[0] < judgement.score_range[1]


def test_the_deciding_unknown_fact_is_named():
    assert judged(BEST, specification=UNKNOWN).settles == ("specification",)


def test_best_and_worst_facts_score_the_ends_of_the_scale():
    worst = {name: values[0] for name, values in VALUES.items()}
    assert (judged(BEST).score, judged(worst).score) == (100, 0)


def test_the_points_add_up_to_a_hundred():
    assert sum(max(table.values()) for table in POINTS.values()) == 100


def test_a_word_outside_the_tables_is_refused():
    with pytest.raises(KeyError):
        judged(BEST, control="benevolent")
