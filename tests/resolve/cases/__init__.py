"""What each registry answers about packages, and the facts that are in it: one table a registry, found by folder.

A table is a module named like the registry, with `CASES`: kind of package to `case(purl, documents, **facts)`, or to
`missing(purl)`. Documents are by path under the registry's address, JSON as Python writes it or text as a string, of the shape that the registry
documents (the module of the registry has the address). A fact that is not named is unknown. Every table has `KINDS`.
"""

import importlib
import pkgutil
from typing import Any, NamedTuple

KINDS = ("organisation", "person", "withdrawn", "no licence", "huge", "missing")
"""Owned by an organisation; by one person; not to be used any more; without a licence; with a great deal of versions;
and one that the registry does not know."""
MANY = 3_000


class Case(NamedTuple):
    purl: str
    documents: dict[str, Any]
    facts: dict[str, Any] | None
    """Those that come out; None where the registry has no such package."""


def case(purl: str, documents: dict[str, Any], **facts: Any) -> Case:
    return Case(purl, documents, facts)


def missing(purl: str, documents: dict[str, Any] | None = None) -> Case:
    return Case(purl, documents or {}, None)


def tables() -> dict[str, dict[str, Case]]:
    """The cases of every registry that has a table."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").CASES for name in names}
