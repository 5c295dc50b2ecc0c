"""The terminal report: narrow, worst first, nothing steers the terminal."""

import click
import msgspec
import pytest
from rich.cells import cell_len

from scanner.model import Borrowed, Finding, Gap, Location
from scanner.pipeline import scan
from scanner.report.explanation import render as explanation
from scanner.report.headline import headline
from scanner.report.text import block, package, render
from tests.report import sample

HOSTILE = "\x1b[31mred\x1b[0m \u202egnirts\u202c \x07 \r\n next"


@pytest.fixture(scope="module")
def demo():
    return scan(["fixtures/demo"], offline=True)


def plain(result):
    return click.unstyle(render(result))


def test_no_line_is_wider_than_80_cells(demo):
    assert [line for line in plain(demo).splitlines() if cell_len(line) > 80] == []


def test_the_flagged_come_first_with_reason_path_place_and_way_out(demo):
    text = plain(demo)
    flagged = text.index("✖ FLAGGED  Amazon DynamoDB")
    assert flagged < text.index("▲ WATCH") < text.index("✔ SAFE")
    block = text[flagged : text.index("\n\n", flagged)]
    assert "why   pypi pynamodb" in block
    assert "where api/poetry.lock:" in block
    assert "out " in block


def test_the_first_sentence_says_who_can_stop_it(demo):
    assert plain(demo).splitlines()[3].startswith("Lose ")


def test_what_was_not_looked_at_is_said(demo):
    assert f"custody: 0 of {len(demo.components):,} packages looked at" in plain(demo)


def test_names_from_strangers_cannot_steer_the_terminal(demo):
    finding = demo.findings[0]
    hostile = msgspec.structs.replace(
        demo,
        findings=(
            msgspec.structs.replace(
                finding, name=HOSTILE, locations=(Location(path=HOSTILE, line=1),), remedy=HOSTILE, message=HOSTILE
            ),
            Finding(
                kind="component", id=f"pkg:npm/{HOSTILE}", name=HOSTILE, verdict="flagged", severity=3,
                message=HOSTILE, locations=(), why=(), remedy="",
            ),
        ),
        gaps=(Gap(stage="read", subject=HOSTILE, reason=HOSTILE),),
        project=msgspec.structs.replace(demo.project, name=HOSTILE),
    )  # fmt: skip
    text = render(hostile)
    for code in ("\x1b[31mred", "\u202e", "\x07", "\r"):
        assert code not in text


def test_a_purl_is_said_as_people_say_it():
    assert package("pkg:npm/%40babel/core@7.0.0") == "npm @babel/core 7.0.0"


def test_without_a_single_point_the_sentence_says_so(demo):
    outlook = msgspec.structs.replace(demo.outlook, single_points=())
    assert headline(msgspec.structs.replace(demo, outlook=outlook)).startswith("No single actor")


def test_an_explanation_says_which_facts_another_source_told():
    whole, replace = sample.demo(), msgspec.structs.replace
    component = next(item for item in whole.components if item.custody.facts)
    borrowed = tuple(Borrowed(fact=name, source="https://other.example/pad") for name in ("licence", "publishers"))
    facts = replace(component.custody.facts, borrowed=borrowed)
    told = replace(component, custody=replace(component.custody, facts=facts))
    text = click.unstyle(explanation(replace(whole, components=(told,)), component.purl))
    assert "filled in from https://other.example/pad: licence, publishers" in " ".join(text.split())


def test_an_explanation_shows_the_sum_and_every_source(demo):
    text = click.unstyle(explanation(demo, "x"))
    technology = next(item for item in demo.technologies if item.id == "postgresql")
    for reason in technology.reasons:
        assert reason.source in text
    assert "+30 of 30" in text


def test_a_technology_that_cannot_be_told_is_said_below_any_threshold():
    whole = sample.demo()
    few = tuple(finding for finding in whole.findings if finding.verdict == "flagged")
    text = plain(msgspec.structs.replace(whole, findings=few))
    assert "? UNKNOWN  cannot be told\n  Kestrel Search: Cannot be told without knowing" in text


def test_characters_of_two_columns_count_twice():
    lines = block("依存関係" * 40 + " " + "供給者 " * 30, 2)
    assert len(lines) > 2
    assert max(map(cell_len, lines)) <= 80
    assert "".join("".join(lines).split()) == "依存関係" * 40 + "供給者" * 30


def test_no_line_ends_within_the_name_of_a_package(demo):
    finding = demo.findings[0]
    path = tuple(f"pkg:npm/%40a-scope-of-some-length/package-{number}@1.0.{number}" for number in range(9))
    scan = msgspec.structs.replace(demo, findings=(msgspec.structs.replace(finding, why=(path,)),))
    lines = plain(scan).splitlines()
    for number in range(9):
        assert any(f"npm @a-scope-of-some-length/package-{number} 1.0.{number}" in line for line in lines)
    assert max(map(cell_len, lines)) <= 80
