"""What readers declare, their fixtures and docs/formats.md say the same."""

import os

import pytest

from scanner.model import Component
from scanner.read.formats import Format, formats
from tests.conformance.conformance import EXPLAINED
from tests.read.cases import cases
from tests.read.formats_page import COLUMNS, FAMILIES, PAGE, carries, rewritten


def _shown(component: Component) -> dict[str, bool]:
    return {
        "scope": component.scope != "runtime",
        "direct": component.direct is not None,
        "edges": bool(component.requires),
        "lines": component.locations[0].line is not None,
        "hashes": bool(component.hashes),
        "licences": component.licence is not None,
    }


@pytest.mark.parametrize("format", formats(), ids=lambda format: format.name)
def test_a_reader_carries_what_it_declares_and_its_fixtures_show_it(format: Format) -> None:
    own = [case for case in cases() if case.format == format and not case.bad]
    rows = [_shown(component) for case in own for component in format.read(case.source())]
    assert {column for column in COLUMNS if any(row[column] for row in rows)} == carries(format)


def test_the_page_has_the_table_that_the_readers_declare() -> None:
    page = PAGE.read_text("utf-8")
    if os.environ.get("OUTLAST_GOLDEN") == "1":
        PAGE.write_text(rewritten(page), "utf-8")
    assert PAGE.read_text("utf-8") == rewritten(page)


def test_every_family_of_readers_has_a_title() -> None:
    assert {format.module.split(".")[2] for format in formats()} == set(FAMILIES)


def test_the_page_names_every_explained_difference_from_the_peers() -> None:
    page = PAGE.read_text("utf-8")
    assert [purl for purl in EXPLAINED if f"`{purl}`" not in page] == []
