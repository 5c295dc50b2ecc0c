"""A report of each project beside the store, in a format of `outlast scan`.

That is a page to show, or a CycloneDX document that takes the findings back to where the bills of materials came from.

Workers write the files, so on a cluster the folder has to be on a shared disk.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from scanner.errors import OutlastError
from scanner.model import Gap, Scan
from scanner.report import FORMATS as ALL
from scanner.report import render, write

FORMATS = tuple(format for format in ALL if format != "text")
SUFFIXES = {
    "cyclonedx": "cdx.json",
    "sarif": "sarif.json",
    "markdown": "md",
    "register": "register.csv",
    "codequality": "codequality.json",
}
LONGEST = 120
_ODD = re.compile(r"[^\w.-]+|^\.+", re.ASCII)


def write_each(name: str, scan: Scan, each: tuple[tuple[str, str], ...]) -> Iterator[Gap]:
    """Write a project's reports; a place that does not take one is a gap."""
    for format, folder in each:
        path = Path(folder) / file_name(name, format)
        try:
            write(path, render(scan, format))
        except OutlastError as error:
            yield Gap(stage="report", subject=str(path), reason=str(error))


def file_name(name: str, format: str) -> str:
    """A name that every file system takes; two projects never have the same."""
    plain = _ODD.sub("_", name)[:LONGEST]
    if plain != name:
        plain = f"{plain}-{blake2b(name.encode(), digest_size=4).hexdigest()}"
    return f"{plain}.{SUFFIXES.get(format, format)}"
