"""Compare the readers with what syft and trivy read in the same files: `make conformance CORPUS=DIR`.

DIR holds manifest.jsonl, one line a case, and the files of each case. purls are compared without qualifiers.
Prints, per format, the share that outlast lists of what both peers list, and of what only one of them does.
Exit code 1 where a case ends in anything but components or a clear error, or where the share of both is too low.
"""

import json
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from scanner import purl
from scanner.errors import ReadError
from scanner.read import read

ENOUGH = 0.995
COLUMNS = ("both", "syft alone", "trivy alone")

Missing = dict[str, list[tuple[str, str]]]


def main(corpus: Path, verbose: bool) -> int:
    """Run all cases; see the module."""
    cases = [json.loads(line) for line in (corpus / "manifest.jsonl").read_text().splitlines()]
    totals: dict[str, dict[str, list[int]]] = defaultdict(lambda: {column: [0, 0] for column in COLUMNS})
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    missing: dict[str, Missing] = defaultdict(lambda: defaultdict(list))
    crashes = 0
    for case in cases:
        format = case["case"].partition("/")[0]
        counts[format][0] += 1
        try:
            inventory = read([str(corpus / case["case"] / case["file"])])
        except ReadError as error:
            counts[format][2] += 1
            found: set[str] = set()
            if verbose:
                print(f"{case['case']}: {str(error).removeprefix(str(corpus))}")
        except Exception:
            crashes += 1
            print(f"{case['case']}: crash\n{traceback.format_exc()}")
            continue
        else:
            found = {_bare(component.purl) for component in inventory.components}
            counts[format][1] += len(inventory.components)
        for column, purls in _split(case).items():
            totals[format][column][0] += len(purls & found)
            totals[format][column][1] += len(purls)
            missing[format][column] += [(case["case"], purl) for purl in sorted(purls - found)]
    _table(counts, totals)
    if verbose:
        _details(missing)
    low = [format for format, columns in totals.items() if _share(columns["both"]) < ENOUGH]
    print(f"{len(cases)} cases, {crashes} crashes, below {ENOUGH:.1%} of both: {', '.join(low) or 'none'}")
    return 1 if crashes or low else 0


def _split(case: dict[str, list[str] | None]) -> dict[str, set[str]]:
    syft, trivy = ({_bare(text) for text in _valid(case.get(peer) or ())} for peer in ("syft", "trivy"))
    return {"both": syft & trivy, "syft alone": syft - trivy, "trivy alone": trivy - syft}


def _valid(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        try:
            yield purl.canonical(text)
        except ValueError:
            continue


def _bare(text: str) -> str:
    return text.partition("?")[0].partition("#")[0]


def _share(pair: list[int]) -> float:
    return pair[0] / pair[1] if pair[1] else 1.0


def _table(counts: dict[str, list[int]], totals: dict[str, dict[str, list[int]]]) -> None:
    print(f"{'format':24}{'cases':>6}{'errors':>7}{'components':>11}" + "".join(f"{name:>20}" for name in COLUMNS))
    for format in sorted(totals):
        cells = (totals[format][column] for column in COLUMNS)
        row = "".join(f"{pair[0]:>6}/{pair[1]:<6}{_share(pair):>6.1%} " if pair[1] else f"{'-':>20}" for pair in cells)
        print(f"{format:24}{counts[format][0]:>6}{counts[format][2]:>7}{counts[format][1]:>11}{row}")


def _details(missing: dict[str, Missing]) -> None:
    for format, columns in sorted(missing.items()):
        for column, purls in columns.items():
            for case, text in purls:
                print(f"{format}: {column}: {case}: {text}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "-v" in sys.argv[2:]))
