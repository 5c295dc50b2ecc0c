"""An answer out of a store as a table for a terminal, as CSV (RFC 4180, no cell a formula), or as JSON lines."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import msgspec

from scanner.report.register import cell
from scanner.report.text import bold, printable

FORMATS = ("text", "csv", "json")
MEASURED = 200
"""Rows by which the columns get their width; what is wider later stands out."""
WIDEST = 60


def render(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: str) -> Iterator[str]:
    """The table piece by piece, for it may be long."""
    return {"text": _text, "csv": _csv, "json": _json}[format](columns, rows)


def _text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    texts = ([_shown(value) for value in row] for row in rows)
    first = list(islice(texts, MEASURED))
    widths = [min(max(map(len, column)), WIDEST) for column in zip(columns, *first, strict=True)]
    right = [any(map(_is_number, column)) for column in zip(*first, strict=True)] or [False] * len(columns)
    yield bold(_line(columns, widths, right)) + "\n"
    for row in chain(first, texts):
        yield _line(row, widths, right) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if to_the_right else text.ljust(width)
        for text, width, to_the_right in zip(cells, widths, right, strict=True)
    )
    return "  ".join(padded).rstrip()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in chain([columns], rows):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow([cell(plain(value)) for value in row])
        yield out.getvalue()


def _json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in rows:
        yield msgspec.json.encode(dict(zip(columns, row, strict=True)), enc_hook=str).decode() + "\n"


def plain(value: object) -> str | int:
    """A value as a cell has it."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, int) else "" if value is None else str(value)


def _shown(value: object) -> str:
    """Figures as people read them; nothing that steers a terminal."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else printable(str(plain(value)))


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdigit()
