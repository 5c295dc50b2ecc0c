"""Compare the readers with what syft and trivy read in the same files: `make conformance CORPUS=DIR`.

DIR holds manifest.jsonl, one line a case, and the files of each case. purls are compared without qualifiers and in
one spelling, for the peers differ in how they write Go's versions and some types. Prints, per format, the share that
outlast lists of what both peers list, and of what only one of them does. Exit code 1 where a case ends in anything
but components or a clear error, or where the share of both is too low.
"""

import json
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scanner import purl
from scanner.errors import ReadError
from scanner.read import read
from tests.conformance import suite

ENOUGH = 0.995
COLUMNS = ("both", "syft alone", "trivy alone")
OTHER_TYPE = {"pubspec.lock": ("pkg:dart/", "pkg:pub/"), "Podfile.lock": ("pkg:swift/", "pkg:cocoapods/")}
"""How trivy writes the types of Dart's packages and of pods, and how the purl specification does."""
OWN_PARTS = "a part of the project itself, no supplier"
EXPLAINED = {
    "pkg:cargo/real-vuln-rust-project@0.1.0": OWN_PARTS,
    "pkg:cargo/hello_world@0.1.0": OWN_PARTS,
    "pkg:cargo/app@1.0.0": OWN_PARTS,
    "pkg:cargo/telemetry@0.1.0": OWN_PARTS,
    "pkg:cargo/base64_vuln@0.1.0": OWN_PARTS,
    "pkg:cargo/cargo-audit@0.11.2": OWN_PARTS,
    "pkg:npm/w@1.0.0": OWN_PARTS,
    "pkg:npm/theia-ide-browser-app@1.59.0": OWN_PARTS,
    "pkg:npm/theia-ide-electron-app@1.59.0": OWN_PARTS,
    "pkg:npm/theia-ide-launcher-ext@1.59.0": OWN_PARTS,
    "pkg:npm/theia-ide-product-ext@1.59.0": OWN_PARTS,
    "pkg:npm/theia-ide-updater-ext@1.59.0": OWN_PARTS,
    "pkg:npm/app@0.0.0": OWN_PARTS,
    "pkg:npm/edge@0.0.0": OWN_PARTS,
    "pkg:npm/scripts@0.0.0": OWN_PARTS,
    "pkg:gem/google-cloud-errors@1.3.0": OWN_PARTS,
    "pkg:pypi/urllib3@%3D1.26.20": 'both peers take one "=" of "===" for a part of the version',
}


class Tally:
    """What was found in the cases of one format."""

    def __init__(self) -> None:
        self.cases = self.errors = self.components = 0
        self.found = dict.fromkeys(COLUMNS, 0)
        self.listed = dict.fromkeys(COLUMNS, 0)
        self.missing: list[tuple[str, str, str]] = []

    def share(self, column: str) -> float:
        return self.found[column] / self.listed[column] if self.listed[column] else 1.0

    def cell(self, column: str) -> str:
        if not self.listed[column]:
            return f"{'-':>20}"
        return f"{self.found[column]:>6}/{self.listed[column]:<6}{self.share(column):>6.1%} "


class Case(NamedTuple):
    name: str
    path: Path
    purls: dict[str, set[str]]

    @property
    def format(self) -> str:
        return self.name.partition("/")[0]


def main(corpus: Path, *, verbose: bool = False) -> int:
    """Run all cases; see the module."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    crashes = 0
    cases = [_case(corpus, json.loads(line)) for line in (corpus / "manifest.jsonl").read_text().splitlines()]
    for case in cases:
        try:
            _run(case, tallies[case.format], verbose=verbose)
        except Exception:  # noqa: BLE001 - whatever a reader lets through is what this looks for
            crashes += 1
            print(f"{case.name}: crash\n{traceback.format_exc()}")
    _print(tallies, verbose=verbose)
    low = [format for format, tally in tallies.items() if tally.share("both") < ENOUGH]
    print(f"{len(cases)} cases, {crashes} crashes, below {ENOUGH:.1%} of both: {', '.join(low) or 'none'}")
    wrong = suite.check(
        case.path for case in cases if case.format.startswith("cyclonedx-") and "specification" in case.name
    )
    return 1 if crashes or low or wrong else 0


def _case(corpus: Path, line: dict[str, str]) -> Case:
    format = line["case"].partition("/")[0]
    syft, trivy = ({_plain(text, format) for text in line.get(peer) or ()} for peer in ("syft", "trivy"))
    own = {_plain(text, format) for text in EXPLAINED}
    purls = {"both": (syft & trivy) - own, "syft alone": syft - trivy - own, "trivy alone": trivy - syft - own}
    return Case(line["case"], corpus / line["case"] / line["file"], purls)


def _run(case: Case, tally: Tally, *, verbose: bool) -> None:
    tally.cases += 1
    found: set[str] = set()
    try:
        inventory = read([str(case.path)])
    except ReadError as error:
        tally.errors += 1
        if verbose:
            print(f"{case.name}: {error}")
    else:
        tally.components += len(inventory.components)
        found = {_plain(component.purl, case.format) for component in inventory.components}
    for column, purls in case.purls.items():
        tally.found[column] += len(purls & found)
        tally.listed[column] += len(purls)
        tally.missing += [(column, case.name, text) for text in sorted(purls - found)]


def _plain(text: str, format: str) -> str:
    """One spelling for all three: canonical, without qualifiers, and with what the peers write in their own way."""
    head, _, subpath = text.partition("#")
    head = head.partition("?")[0]
    if format in OTHER_TYPE:
        head = head.replace(*OTHER_TYPE[format]).replace("%2F", "/")
    name, _, version = head.partition("@")
    name = f"{name}/{subpath}" if subpath else name
    if head.startswith("pkg:cocoapods/"):
        return f"{name}@{version}".replace("%2B", "+")
    if head.startswith("pkg:golang/"):
        return f"{name.lower()}@{version.removeprefix('v')}"
    try:
        return purl.canonical(head)
    except ValueError:
        return head


def _total(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.cases, total.errors = total.cases + tally.cases, total.errors + tally.errors
        total.components += tally.components
        for column in COLUMNS:
            total.found[column] += tally.found[column]
            total.listed[column] += tally.listed[column]
    return total


def _print(tallies: dict[str, Tally], *, verbose: bool) -> None:
    print(f"{'format':24}{'cases':>6}{'errors':>7}{'components':>11}" + "".join(f"{name:>20}" for name in COLUMNS))
    for format, tally in [*sorted(tallies.items()), ("total", _total(tallies.values()))]:
        row = "".join(tally.cell(column) for column in COLUMNS)
        print(f"{format:24}{tally.cases:>6}{tally.errors:>7}{tally.components:>11}{row}")
    if verbose:
        for format, tally in sorted(tallies.items()):
            for column, name, text in tally.missing:
                print(f"{format}: {column}: {name}: {text}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), verbose="-v" in sys.argv[2:]))
