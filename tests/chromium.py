"""A real browser for tests: Debian's Chromium, driven by Playwright, one a process, never on the network.

Where either is missing the tests are skipped; under CI they fail.
"""

import os
import shutil
from collections import defaultdict

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def missing(what: str) -> None:
    """Something that tests in a browser need: without it they are skipped, but not under CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def chromium():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    if not CHROMIUM:
        missing("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Opened:
    """A report in a page, with all that it said to the console and asked of the network."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints, self.requests = [], []
        self._listeners = {
            "console": lambda message: self.complaints.append(message.text),
            "pageerror": lambda error: self.complaints.append(str(error)),
            "dialog": lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()),
            "request": lambda request: self.requests.append(request.url),
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)
        page.goto(address)

    def leave(self):
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.emulate_media(media="null", color_scheme="null")
        self.page.goto("about:blank")


@pytest.fixture(scope="session")
def free_pages():
    """Pages that no test uses now, by the options of their context: a new one takes as long as showing a report."""
    return defaultdict(list)


@pytest.fixture
def browse(chromium, free_pages):
    """Opens an address; keyword arguments are those of a browser context."""
    taken = []

    def browse(address, **options):
        options = {"viewport": {"width": 1280, "height": 900}} | options
        free = free_pages[repr(sorted(options.items()))]
        opened = Opened(free.pop() if free else chromium.new_context(**options).new_page(), address)
        taken.append((free, opened, options["viewport"]))
        return opened

    yield browse
    for free, opened, viewport in taken:
        opened.leave()
        opened.page.set_viewport_size(viewport)
        free.append(opened.page)
