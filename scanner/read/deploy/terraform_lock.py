""".terraform.lock.hcl of Terraform and OpenTofu.

Format: https://developer.hashicorp.com/terraform/language/files/dependency-lock
"""

from collections.abc import Iterator

from scanner.model import Component
from scanner.read.deploy import hcl
from scanner.read.source import Source

FILES = (".terraform.lock.hcl",)
CARRIES = frozenset({"lines", "hashes"})
HASHES = r"\"((?:h1|zh):[^\"]+)\""


def read(source: Source) -> Iterator[Component]:
    """Every locked provider."""
    found: dict[str, tuple[int, str]] = {}
    for path, name, value, line in hcl.read(source.text):
        if len(path) == 2 and path[0] == "provider":
            if not name:
                found[path[1]] = (line, "")
            elif name == "version":
                found[path[1]] = (found[path[1]][0], value)
    if not found and "provider" in source.text:
        source.error("holds no provider that can be read")
    hashes = _hashes(source, [line for line, _ in found.values()])
    for address, (line, version) in found.items():
        yield source.component("terraform", address, version or None, line=line, hashes=tuple(hashes[line]))


def _hashes(source: Source, starts: list[int]) -> dict[int, list[str]]:
    """By the line where their provider starts; the file holds nothing else."""
    hashes: dict[int, list[str]] = {start: [] for start in starts}
    for hash, line in source.lines(HASHES).items():
        start = max((start for start in starts if start <= line), default=None)
        if start is not None:
            hashes[start].append(hash)
    return hashes
