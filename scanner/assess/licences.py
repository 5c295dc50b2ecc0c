"""Whether a licence is open: whether others may lawfully carry on with the code when its owner is gone.

The identifiers are in open_licences.txt. Expressions: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FAMILIES = frozenset({
    "0bsd license", "agpl", "apache", "artistic", "bsd", "bsd license", "bsd-like", "bsd-style", "gnu gpl",
    "gnu lgpl", "gnu general public license", "gnu lesser general public license", "gpl", "lgpl", "mit-like",
    "mit-style", "mpl", "osi approved", "public domain",
})  # fmt: skip
"""Words that do not name one licence, but whose every meaning is open."""
CLOSED = ("unlicensed", "proprietary", "commercial", "non-commercial", "noncommercial", "freeware", "shareware")
"""Words that no open licence's name has."""


@lru_cache(maxsize=1 << 10)
def is_open(licence: str) -> bool | None:
    """Whether an SPDX expression, or a registry's own words, is open; None where it cannot be told.

    Of alternatives one is enough, of what binds together all have to be.
    """
    if "(" in licence and (parsed := _parsed(licence)) is not None:
        return _nested(parsed)
    return _any(_all(map(_one, choice.split(" AND "))) for choice in licence.split(" OR "))


def _any(answers: Any) -> bool | None:
    said = list(answers)
    return True if True in said else None if None in said else False


def _all(answers: Any) -> bool | None:
    said = list(answers)
    return False if False in said else None if None in said else True


def _one(term: str) -> bool | None:
    """One licence; an exception to it only ever permits more."""
    name = term.partition(" WITH ")[0].strip()
    if name in _opened() or name.removesuffix("+") in _opened():
        return True
    words = name.lower()
    if words in FAMILIES or words.startswith("osi approved"):
        return True
    if any(word in words for word in CLOSED):
        return False
    return False if re.fullmatch(r"[A-Za-z0-9.+-]+", name) and _parsed(name) else None


@cache
def _opened() -> frozenset[str]:
    text = (Path(__file__).parent / "open_licences.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _parsed(expression: str) -> Any:
    """The expression as license-expression reads it, or None where it names no licence that it knows."""
    from license_expression import (  # type: ignore[import-untyped]
        ExpressionError,
        ExpressionParseError,
        get_spdx_licensing,
    )

    try:
        return get_spdx_licensing().parse(expression, validate=True)
    except (ExpressionError, ExpressionParseError):
        return None


def _nested(node: Any) -> bool | None:
    if node.isliteral:
        return _one(node.render())
    combine: Callable[[Any], bool | None] = _any if node.operator.strip() == "OR" else _all
    return combine(map(_nested, node.args))
