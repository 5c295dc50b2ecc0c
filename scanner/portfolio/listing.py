"""Lists of projects: a path a line, or columns separated by commas, semicolons or tabs.

Columns: path, project, owner, criticality, labels; in this order where the first line does not name them.
CSV: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from scanner.errors import ReadError
from scanner.model import Criticality
from scanner.portfolio.records import Entry

COLUMNS: tuple[str, ...] = ("path", "project", "owner", "criticality", "labels")
_BOM_SUFFIX = re.compile(r"(\.(cdx|bom|sbom|spdx|cyclonedx|json|xml|ya?ml|rdf|tag|txt))+\Z", re.IGNORECASE)
_BOM_NAME = re.compile(r"(?<=.)/(bom|sbom|cyclonedx|spdx|manifest)\Z", re.IGNORECASE)
SYNONYMS = {"name": "project", "project name": "project", "tags": "labels", "file": "path"}
CRITICALITIES = get_args(Criticality)
_SEPARATORS = ",;\t"


def listed(where: str, data: bytes, folder: Path) -> Iterator[Entry]:
    """The projects of a list; `folder` is what its paths are relative to. Raises ReadError naming the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(where, "is no list of paths: not UTF-8 text", f"byte {error.start}") from error
    first = text.partition("\n")[0].strip()
    separator = next((sign for sign in _SEPARATORS if sign in first), None)
    if separator or first.lower() == "path" or where.lower().endswith(".csv"):
        try:
            yield from _columns(where, text, separator or ",", folder)
        except csv.Error as error:
            raise ReadError(where, f"is no CSV: {error}") from error
        return
    for line in text.splitlines():
        if (path := line.strip()) and not path.startswith("#"):
            yield entry(folder, path)


def entry(folder: Path, path: str, name: str = "", **known: object) -> Entry:
    """A project of a list, called by its path where the list does not name it."""
    return Entry(name=name or bare(path), path=os.fsencode(folder / path), **known)  # type: ignore[arg-type]


def bare(path: str) -> str:
    """The name of a project by the path of its input: without what only says that it is a bill of materials."""
    name = _BOM_SUFFIX.sub("", path.replace(os.sep, "/").removeprefix("./"))
    return os.fsencode(_BOM_NAME.sub("", name) or path).decode("utf-8", "replace")


def _columns(where: str, text: str, separator: str, folder: Path) -> Iterator[Entry]:
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    names = COLUMNS
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if number == 1 and (header := _header(where, cells)):
            names = header
        elif any(cells) and not cells[0].startswith("#"):
            yield _row(where, rows.line_num, dict(zip(names, cells, strict=False)), folder)


def _header(where: str, cells: list[str]) -> tuple[str, ...] | None:
    """The columns by name; None where the first line is a project already."""
    names = tuple(SYNONYMS.get(cell.lower(), cell.lower()) for cell in cells)
    if "path" not in names:
        return None
    for name in names:
        if name not in COLUMNS and (near := get_close_matches(name, COLUMNS, n=1, cutoff=0.8)):
            raise ReadError(where, f"no column {name!r}; did you mean {near[0]}?", "line 1")
    return names


def _row(where: str, line: int, cells: Mapping[str, str], folder: Path) -> Entry:
    if not cells.get("path"):
        raise ReadError(where, "this project has no path", f"line {line}")
    criticality = cells.get("criticality", "").lower() or None
    if criticality and criticality not in CRITICALITIES:
        raise ReadError(where, f"criticality {criticality!r} is none of {', '.join(CRITICALITIES)}", f"line {line}")
    labels = tuple(label for part in re.split(r"[;,|]", cells.get("labels", "")) if (label := part.strip()))
    owner = cells.get("owner", "")
    return entry(folder, cells["path"], cells.get("project", ""), owner=owner, criticality=criticality, labels=labels)
