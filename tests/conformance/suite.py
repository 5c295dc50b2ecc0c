"""The CycloneDX specification's own suite: what is called valid has to be read and is valid, and the rest is not."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scanner.errors import ReadError
from scanner.model import Inventory
from scanner.read import read
from scanner.read.sbom.validate import Validation


def check(paths: Iterable[Path]) -> int:
    """Print how the files named valid-* and invalid-* fare; how many fare wrongly."""
    counts: Counter[str] = Counter()
    for path in paths:
        kind = path.name.partition("-")[0]
        if kind in ("valid", "invalid"):
            inventory, breaches = _validated(path)
            right = inventory is not None and not breaches if kind == "valid" else bool(breaches)
            counts[f"{kind} {right}"] += 1
            if not right:
                print(f"{path.parent.name}/{path.name}: {breaches[0] if breaches else 'no breach found'}")
    print(f"CycloneDX's suite: {counts['valid True']} valid, {counts['invalid True']} invalid as they should be")
    return counts["valid False"] + counts["invalid False"]


def _validated(path: Path) -> tuple[Inventory | None, list[str]]:
    validation = Validation()
    try:
        inventory = read([str(path)], visit=validation)
    except ReadError as error:
        return None, [*map(str, validation.breaches), str(error)]
    return inventory, [*map(str, validation.breaches)]
