"""Reports in a real browser; tests.chromium has it, and says what happens where it is missing."""

import os

import pytest

from scanner.report import html
from tests.chromium import missing


@pytest.fixture
def axe():
    """The source of axe-core, an accessibility checker; AXE_CORE says where its axe.min.js is."""
    path = os.environ.get("AXE_CORE")
    if not path:
        missing("axe-core (AXE_CORE)")
    with open(path, encoding="utf-8") as file:
        return file.read()


@pytest.fixture
def show(browse, tmp_path):
    """Opens a scan's report; keyword arguments are those of a browser context."""

    def show(scan, fragment="", lang="en", **options):
        file = tmp_path / "report.html"
        file.write_text(html.render(scan, lang=lang), encoding="utf-8")
        return browse(f"{file.as_uri()}{fragment}", **options)

    return show
