"""The rules as shipped, compiled once for all tests; .pytest_cache keeps the index until a record changes."""

from functools import cache
from pathlib import Path

from scanner.rulebook import Rulebook, open_rulebook

COMPILED = Path(__file__).resolve().parent.parent / ".pytest_cache" / "rules"


@cache
def book() -> Rulebook:
    return open_rulebook(cache=COMPILED)
