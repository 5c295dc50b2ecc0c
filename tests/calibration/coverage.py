"""How much of what real projects ask for leads to a technology: `make coverage CORPUS=DIR`.

    python -m tests.calibration.coverage CORPUS [--open]

CORPUS holds manifest.jsonl, one line a case, and the files of each case. Of all lockfiles and manifests, not of bills
of materials: which share of the packages that a project asks for itself, and of the 300 packages that stand in most
files, is bound to a technology by what it uses, implements or extends? Its language, registry and forge do not count.
A generic library that rightly binds to none is named in rules/generic.txt and counted apart. `--open` lists the rest.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scanner import purl
from scanner.errors import OutlastError
from scanner.read import read
from scanner.rulebook import Rulebook, open_rulebook, shipped

MOST = 300
NOT_LOCKFILES = ("cyclonedx", "spdx", "purl-spec")
TELLING = frozenset({"uses", "implements", "extends"})
INVENTED = re.compile(
    r"npm/(a|b|bar|baz|c|dep|foo|g|peer2|%40fake-registry/.*)"
    r"|pypi/(bar|direct[0-9]+|dots-.-allowed|foo|friendly---bard|local-version|numpynew|pyasn1-legacy|shared|someproject)"
    r"|maven/(pkg|mock[.].*|org[.]dave|org[.]example|org[.]profile)/.*"
    r"|nuget/core[.]dep|golang/rsc[.]io/quote|vcpkg/vcpkg-sample-library|docker/library/fulcio_fulcio-server"
    r"|docker/tofay/hello-rust-auditable"
    r"|pypi/(bookmarksinstore|dotencode|exp-sparse|fncache|generaldelta|manifestv2|parentdelta|persistent-nodemap"
    r"|relshared|revlogv1|store|treemanifest)"
)
"""Names that the authors of the cases made up for their tests, or that their reader mistook for packages."""


class Share(NamedTuple):
    """Packages counted by what becomes of them."""

    bound: int
    generic: int
    open: int

    def __str__(self) -> str:
        total = self.bound + self.generic + self.open
        rest = self.bound + self.open
        return (
            f"{self.bound:>5} of {total:>5} bound ({self.bound / total:.1%}), {self.generic} generic ({self.generic / total:.1%}), "
            f"{self.open} open; bound of those not generic: {self.bound / rest:.1%}"
        )


def main(corpus: Path, *, show_open: bool = False) -> int:
    """Print both figures; see the module."""
    book = open_rulebook()
    generic = generic_keys()
    direct, files = count(corpus)
    most = [key for key, _ in sorted(files.items(), key=lambda item: (-item[1], item[0]))[:MOST]]
    print(f"direct dependencies (distinct)   {share(book, generic, direct)}")
    print(f"direct dependencies (by use)     {share(book, generic, direct.elements())}")
    print(f"the {MOST} most frequent packages {share(book, generic, most)}")
    if show_open:
        for key, times in sorted(
            (direct | Counter({key: files[key] for key in most})).items(), key=lambda i: (-i[1], i[0])
        ):
            if not bound(book, key) and key not in generic:
                print(f"{times:>4} {key}")
    return 0


def count(corpus: Path) -> tuple[Counter[str], Counter[str]]:
    """In how many files each package is asked for by the project itself, and in how many it stands at all."""
    direct: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for line in (corpus / "manifest.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        if not case["case"].startswith(NOT_LOCKFILES):
            try:
                components = read([str(corpus / case["case"] / case["file"])]).components
            except OutlastError:
                continue
            keys = {component: purl.key(component.purl) for component in components}
            real = {component: key for component, key in keys.items() if not INVENTED.fullmatch(key)}
            direct.update({key for component, key in real.items() if component.direct})
            files.update(set(real.values()))
    return direct, files


def share(book: Rulebook, generic: frozenset[str], keys: Iterable[str]) -> Share:
    told = Counter("bound" if bound(book, key) else "generic" if key in generic else "open" for key in keys)
    return Share(told["bound"], told["generic"], told["open"])


def bound(book: Rulebook, key: str) -> bool:
    return any(binding.relation in TELLING for binding in book.bindings(key))


def generic_keys() -> frozenset[str]:
    return frozenset((shipped() / "generic.txt").read_text("utf-8").split())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), show_open="--open" in sys.argv))
