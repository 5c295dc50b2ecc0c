"""The sum of a technology's verdict: its lines, and the source that each of them cites."""

import pytest
from msgspec.structs import replace

from scanner.assess.evidence import facts_of, reasons
from scanner.assess.technology import judge
from scanner.rulebook.record import Cited
from tests.book import book

POSTGRESQL = book().technology("postgresql")
CODE = Cited(url="https://db.example/LICENSE", title="Licence file", checked=False)
PEOPLE = Cited(url="https://db.example/people", title="Who decides", checked=False)
TERMS = Cited(url="https://db.example/CONTRIBUTING", title="What contributors sign", checked=False)


def lines(*sources, **governance):
    record = POSTGRESQL.record
    record = replace(record, governance=replace(record.governance, **governance))
    record = replace(record, sources=replace(record.sources, governance=list(sources or (CODE, PEOPLE, TERMS))))
    entry = replace(POSTGRESQL, record=record)
    facts = facts_of(entry)
    return {line.fact: line for line in reasons(entry, facts, judge(facts))}


@pytest.mark.parametrize(
    ("copyright", "effect"),
    [
        ("single-holder", "one party may relicense all of it"),
        ("distributed", "no one party may relicense it"),
        ("public-domain", "no one party may relicense it"),
        ("unknown", ""),
    ],
)
def test_who_may_relicense_what_is_open_is_said(copyright, effect):
    line = lines(copyright=copyright)["copyright"]
    assert (line.value, line.effect) == (copyright, effect)


@pytest.mark.parametrize("licence", ["source-available", "proprietary", "unknown"])
def test_what_is_not_open_has_nothing_to_lose(licence):
    assert "copyright" not in lines(copyright="single-holder", licence=licence)


def test_who_holds_the_copyright_moves_no_score():
    assert lines(copyright="single-holder")["score"] == lines(copyright="distributed")["score"]


def test_each_fact_cites_the_source_that_is_about_it():
    found = lines()
    assert [found[fact].source for fact in ("licence", "copyright")] == [CODE.url, TERMS.url]
    assert found["control"].source in (PEOPLE.url, TERMS.url)


def test_a_source_that_was_read_comes_before_one_that_was_not():
    read = Cited(url="https://db.example/GOVERNANCE", title="Roles", retrieved=POSTGRESQL.record.reviewed)
    line = lines(CODE, PEOPLE, read)["control"]
    assert (line.source, line.checked) == (read.url, POSTGRESQL.record.reviewed.isoformat())
