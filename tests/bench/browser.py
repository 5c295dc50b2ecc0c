"""How long a report takes to answer in a real browser."""

import time
from pathlib import Path

from tests.chromium import CHROMIUM, FLAGS


def answers(page: Path, query: str, found: str) -> float:
    """Seconds from opening the page until its search says what it `found`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page()
        began = time.perf_counter()
        tab.goto(page.as_uri())
        tab.locator("#component-search").fill(query)
        tab.locator("#component-count", has_text=found).wait_for()
        taken = time.perf_counter() - began
        browser.close()
    return taken
