"""References that are made from the program are what the program is now; `make golden` rewrites them."""

import os

import pytest

from tests.docs import commands_page, configuration_page, registries_page
from tests.docs.generated import DOCS, rewritten

PAGES = {
    "commands": commands_page.reference,
    "configuration": configuration_page.reference,
    "registries": registries_page.reference,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_the_reference_that_the_program_makes(name):
    page = DOCS / f"{name}.md"
    if os.environ.get("OUTLAST_GOLDEN") == "1":
        page.write_text(rewritten(page.read_text("utf-8"), PAGES[name]()), "utf-8")
    assert page.read_text("utf-8") == rewritten(page.read_text("utf-8"), PAGES[name]())


def test_every_key_of_the_configuration_says_what_it_is():
    rows = [line for line in configuration_page.reference().splitlines() if line.startswith("| `")]
    assert len(rows) > 30
    assert [row for row in rows if row.endswith("|  |")] == []
