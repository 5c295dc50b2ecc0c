"""Reports in a real browser: Debian's Chromium, driven by Playwright, never from the network.

Where either is missing the tests are skipped; under CI they fail.
"""

import os
import shutil

import pytest

from scanner.report import html

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture
def axe():
    """The source of axe-core, an accessibility checker; AXE_CORE says where its axe.min.js is."""
    path = os.environ.get("AXE_CORE")
    if not path:
        _missing("axe-core (AXE_CORE)")
    with open(path, encoding="utf-8") as file:
        return file.read()


class Opened:
    """A report in a page of its own, with all that it said to the console and asked of the network."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints, self.requests = [], []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)


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
