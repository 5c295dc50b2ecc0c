"""The CSV report: complete, in order, and without a formula."""

import csv
import io

import pytest

from scanner.report.csv import COLUMNS, render
from tests.report import sample


def rows(scan):
    return list(csv.DictReader(io.StringIO(render(scan), newline="")))


def test_one_row_for_each_component_worst_first():
    found = rows(sample.demo())
    assert sorted(row["purl"] for row in found) == sorted(component.purl for component in sample.demo().components)
    assert found[0]["verdict"] == "flagged"


def test_what_is_known_is_there():
    [row] = [row for row in rows(sample.demo()) if row["purl"] == "pkg:npm/left-pad@1.3.0"]
    assert row["licence"] == "WTFPL"
    assert row["direct"] == "no"
    assert row["publishers"] == "1"
    assert row["custody reasons"] == "withdrawn: use String.prototype.padStart()"
    assert row["declared in"].startswith("frontend/package-lock.json:")


def test_what_is_not_known_is_empty():
    [row] = [row for row in rows(sample.demo()) if row["purl"] == "pkg:pypi/internal-billing@4.2.0"]
    assert (row["custody"], row["publishers"], row["licence"], row["score"]) == ("unknown", "", "", "")


def test_lines_end_as_the_standard_wants():
    assert render(sample.demo()).count("\r\n") == len(sample.demo().components) + 1


@pytest.mark.parametrize("attack", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '"=1', "a,b\nc"])
def test_no_cell_is_a_formula(attack):
    for row in csv.reader(io.StringIO(render(sample.hostile(attack)), newline="")):
        assert len(row) == len(COLUMNS)
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
