"""The fixed points of calibration, out of the shipped records: docs/method.md."""

import pytest

from scanner.assess.evidence import facts_of
from scanner.assess.technology import judge
from tests.book import book

BOOK = book()


@pytest.mark.parametrize(
    ("technology", "verdict"),
    [
        ("dns", "safe"),
        ("postgresql", "safe"),
        ("c", "safe"),
        ("python", "watch"),
        ("go", "watch"),
        ("vmware-vsphere", "flagged"),
        ("amazon-dynamodb", "flagged"),
        ("cuda", "flagged"),
    ],
)
def test_the_fixed_points_come_out_of_the_facts(technology, verdict):
    assert judge(facts_of(BOOK.technology(technology))).verdict == verdict


def test_every_technology_can_be_explained():
    """No record's facts are outside the tables, and every sum is complete."""
    for id in BOOK.ids:
        facts = facts_of(BOOK.technology(id))
        low, high = judge(facts).score_range
        assert 0 <= low <= high <= 100
