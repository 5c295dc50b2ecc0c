"""docs/portfolio.md describes the store as it is; `make golden` rewrites that part."""

import os

from tests.docs.generated import DOCS, rewritten
from tests.portfolio.tables_page import reference

PAGE = DOCS / "portfolio.md"


def test_the_page_describes_every_table_column_and_view():
    if os.environ.get("OUTLAST_GOLDEN") == "1":
        PAGE.write_text(rewritten(PAGE.read_text("utf-8"), reference()), "utf-8")
    assert PAGE.read_text("utf-8") == rewritten(PAGE.read_text("utf-8"), reference())


def test_nothing_is_left_without_a_word():
    assert "None |" not in reference()
