"""The parts of pages that are made from the program, between two markers; `make golden` rewrites them."""

from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- generated: make golden -->", "<!-- end -->"


def rewritten(page: str, content: str) -> str:
    """The page with the generated part as it should be."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, f"the page has no {BEGIN}"
    assert end, f"the page has no {END}"
    return f"{before}{BEGIN}\n\n{content.strip()}\n\n{END}{after}"
