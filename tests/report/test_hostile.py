"""An SBOM whose every string is an attack: in no format does anything run, break out, hide, or go on without end."""

import csv
import io
import json
import re

import click
import msgspec
import pytest

from scanner.report import FOR_PEOPLE, FORMATS, aftermath, check, explanation, plans, render
from tests.report import sample

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><!--",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}",
    "%(name)s {name} {0} %s %",
    "\u202egnp.exe\u2066",
    "\x1b[31mred\x1b]8;;https://evil.example\x07x",
    "a\x00b\x08c\x9bd",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "line\r\n::error::injected\n## heading",
    "A" * 20_000,
)
"""Markup, templates, reordering, terminal control, formulas, lines of their own, no end: 40 times what is shown."""
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
RAW = ("json", "cyclonedx")
"""For machines that want the name as it is: escaped as JSON does it, and as long as it was."""
MOST = 2_500_000


@pytest.fixture(scope="module", params=ATTACKS, ids=lambda attack: ascii(attack[:24]))
def attacked(request):
    return sample.hostile(request.param)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_steers_hides_or_reorders(attacked, format):
    for lang in ("en", "fr") if format in FOR_PEOPLE else ("en",):
        text = click.unstyle(render(attacked, format, lang))
        shown = text.replace("\r\n", "\n") if format == "csv" else text
        assert UNSEEN.findall(ascii(shown) if format in RAW else shown) == []


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in RAW])
def test_nothing_is_endless(attacked, format):
    assert len(render(attacked, format)) < MOST


@pytest.mark.parametrize("format", FORMATS)
def test_a_name_of_a_megabyte_is_shortened_for_people_and_kept_for_machines(format):
    scan = sample.demo()
    endless = msgspec.structs.replace(scan.components[0], name="A" * 1_000_000, version="1" * 1_000_000)
    size = len(render(msgspec.structs.replace(scan, components=(endless, *scan.components[1:])), format))
    assert (size > 1_000_000) is (format == "json")


@pytest.mark.parametrize("format", ["json", "sarif", "cyclonedx", "codequality"])
def test_what_is_json_stays_json(attacked, format):
    assert json.loads(render(attacked, format))


@pytest.mark.parametrize("format", ["csv", "register"])
def test_no_cell_is_a_formula_and_no_row_is_added(attacked, format):
    rows = list(csv.reader(io.StringIO(render(attacked, format), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 1 + len(attacked.components if format == "csv" else attacked.register)
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_other_texts_for_a_terminal_are_as_safe(attacked):
    texts = (
        check.render(attacked, {}),
        explanation.render(attacked, "pkg:x"),
        aftermath.text(attacked.outlook, attacked),
        "\n".join(plans.register(attacked.register)),
    )
    for text in texts:
        assert UNSEEN.findall(click.unstyle(text)) == []
        assert len(text) < MOST
        assert not any(line.startswith("::") for line in text.splitlines())
