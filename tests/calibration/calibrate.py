"""Verdicts against labels that somebody else gave: agreement, coverage, and how many are falsely called safe.

    python -m tests.calibration.calibrate LABELS.csv

LABELS.csv has the columns technology, verdict (safe, watch, flagged), reason, purls (semicolons between them). A
reason that begins with DISPUTABLE (a/b) allows both. Each row becomes a CycloneDX file of its purls, which is
scanned offline like anybody's; the technology is then looked up in the result.
"""

import csv
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from scanner.model import Scan, Technology
from scanner.pipeline import scan


class Row(NamedTuple):
    name: str
    allowed: tuple[str, ...]
    purls: tuple[str, ...]


def rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> Row:
    disputable = re.match(r"DISPUTABLE \(([\w/]+)\)", line["reason"])
    allowed = tuple(disputable[1].split("/")) if disputable else (line["verdict"],)
    return Row(line["technology"], allowed, tuple(line["purls"].split(";")))


def scan_purls(purls: tuple[str, ...]) -> Scan:
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [{"type": "library", "name": purl, "purl": purl} for purl in purls],
    }
    with tempfile.NamedTemporaryFile("w", suffix=".cdx.json") as file:
        json.dump(bom, file)
        file.flush()
        return scan([file.name], offline=True)


def find(result: Scan, row: Row) -> Technology | None:
    """The technology of the row's name; else the one that most of its purls lead to, by the closest relation."""
    for technology in result.technologies:
        if technology.name.casefold() == row.name.casefold():
            return technology
    bound = [item for item in result.technologies if set(item.relations) & {"implements", "uses", "extends"}]
    return max(bound, key=lambda item: len(item.components), default=None)


def main(path: str) -> int:
    labels = rows(Path(path))
    covered = agreed = false_safe = bindings = bound = 0
    for row in labels:
        result = scan_purls(row.purls)
        technology = find(result, row)
        verdict = technology.verdict if technology else "not found"
        covered += technology is not None
        agreed += verdict in row.allowed
        false_safe += verdict == "safe" and "safe" not in row.allowed
        bindings += len(row.purls)
        bound += sum(technology is not None and purl.purl in technology.components for purl in result.components)
        if verdict not in row.allowed:
            print(f"{row.name}: {verdict}, labelled {'/'.join(row.allowed)}")
    total = len(labels)
    print(f"coverage   {covered} of {total}   (purls bound: {bound} of {bindings})")
    print(f"agreement  {agreed} of {total}")
    print(f"false safe {false_safe}")
    return int(agreed < covered or covered < total or false_safe > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
