"""Reports in a real browser; tests.chromium has it, and says what happens where it is missing."""

import os

import pytest

from scanner.report import html
from tests.chromium import Opened, missing


@pytest.fixture
def axe():
    """The source of axe-core, an accessibility checker; AXE_CORE says where its axe.min.js is."""
    path = os.environ.get("AXE_CORE")
    if not path:
        missing("axe-core (AXE_CORE)")
    with open(path, encoding="utf-8") as file:
        return file.read()


@pytest.fixture
def show(chromium, tmp_path):
    """Opens a scan's report; keyword arguments are those of a browser context."""
    contexts = []

    def show(scan, fragment="", lang="en", **options):
        file = tmp_path / "report.html"
        file.write_text(html.render(scan, lang=lang), encoding="utf-8")
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        return Opened(context.new_page(), f"{file.as_uri()}{fragment}")

    yield show
    for context in contexts:
        context.close()
