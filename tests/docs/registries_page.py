"""The table of docs/registries.md: what each registry tells, by the cases that the tests look up."""

from collections.abc import Iterator

from scanner.resolve.registries import registry
from tests.resolve.cases import tables

COLUMNS = {
    "publishers": ("publishers",),
    "organisation": ("organisation",),
    "repository": ("repository",),
    "licence": ("licence",),
    "latest": ("latest",),
    "date": ("released",),
    "withdrawn": ("withdrawn",),
    "successor": ("successor",),
    "provenance": ("provenance",),
    "funding": ("funding",),
}


def reference() -> str:
    """A row for every registry, a tick for every fact that one of its cases has."""
    return "\n".join(_rows())


def _rows() -> Iterator[str]:
    yield f"| type | registry | {' | '.join(COLUMNS)} |"
    yield "|---" * (len(COLUMNS) + 2) + "|"
    for type, table in tables().items():
        told = {name for case in table.values() for name in case.facts or {} if (case.facts or {})[name] is not None}
        title = (registry(type).__doc__ or "").split(".\n")[0].split("; asked")[0].replace("\n", " ").rstrip(".")
        ticks = ("✓" if told & set(names) else "" for names in COLUMNS.values())
        yield f"| {type} | {title} | {' | '.join(ticks)} |"
