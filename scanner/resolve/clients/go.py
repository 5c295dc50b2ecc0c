"""Go: GOPROXY, GOPRIVATE and GONOPROXY, of the environment or as `go env -w` keeps them.

Format: https://go.dev/ref/mod#environment-variables and https://go.dev/ref/mod#private-modules
"""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from scanner.resolve.client_files import text
from scanner.resolve.clients import Hop, Machine, Route, Sources

TYPES = ("golang",)
DIRECT = "is fetched from where it is kept, past all proxies, by the configuration of your client (GOPROXY)"


def sources(machine: Machine) -> Sources:
    """Private modules go to no proxy; the others to each of the list in turn, up to "direct" or "off"."""
    told = _kept(machine) | {name: value for name, value in machine.environ.items() if value}
    kept_from = told.get("GONOPROXY") or told.get("GOPRIVATE", "")
    patterns = [pattern.strip("/ ") for pattern in kept_from.split(",")]
    private = tuple(Route((), pattern, _covering(pattern)) for pattern in patterns if pattern)
    proxies = told.get("GOPROXY", "")
    if not proxies:
        return Sources(private)
    usual = Route(tuple(_hops(proxies)), kept=DIRECT, of_variable="GOPROXY" in machine.environ)
    return Sources((*private, usual))


def _hops(proxies: str) -> list[Hop]:
    """After a comma the next one is asked where there is no such module, after a bar where anything fails."""
    parts = re.split(r"([,|])", proxies)
    hops: list[Hop] = []
    for place, joint in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if place.strip() in ("direct", "off"):
            break
        if place.strip():
            hops.append(Hop(place.strip(), lenient=joint == "|"))
        if place.strip().startswith("file:"):  # what it has is not known, and so not for the next one to hear
            break
    return hops


def _covering(pattern: str) -> Callable[[str], bool]:
    """Globs of the first parts of a module's path."""
    parts = pattern.count("/") + 1
    return lambda name: fnmatchcase("/".join(name.split("/")[:parts]), pattern)


def _kept(machine: Machine) -> dict[str, str]:
    named = machine.environ.get("GOENV")
    if named == "off":
        return {}
    lines = text(Path(named) if named else _folder(machine) / "go" / "env").splitlines()
    return {name: value for name, equals, value in (line.partition("=") for line in lines) if equals}


def _folder(machine: Machine) -> Path:
    import sys

    return machine.home / "Library/Application Support" if sys.platform == "darwin" else machine.config
