"""*.opam.locked of opam.

Format: https://opam.ocaml.org/doc/Manual.html#opam and https://opam.ocaml.org/doc/man/opam-lock.html
"""

import re
from collections.abc import Iterator

from scanner.model import Component, Scope
from scanner.read import registry
from scanner.read.source import Source

FILES = ("*.opam.locked", "opam.locked")
CARRIES = frozenset({"scope", "direct", "lines"})
DEPENDS = re.compile(r"^depends:\s*\[", re.MULTILINE)
PINNED = re.compile(r"\[\s*\"([^\"]+)\"\s+\"([^\"]+)\"\s*\]")
PACKAGE = re.compile(r"\"([A-Za-z0-9_+-]+)\"(?:\s{0,8}\{([^}]{0,500})\})?")
VERSION = re.compile(r"(?:^|[&|(])\s{0,8}=\s*\"([^\"]+)\"")


def read(source: Source) -> Iterator[Component]:
    """Every package that is there for each platform; the unlocked file beside it tells the direct ones."""
    text = source.text
    start, end = _depends(text)
    if not end:
        source.error("has no depends")
    pins = dict(PINNED.findall(text[text.find("pin-depends:") :])) if "pin-depends:" in text else {}
    wanted = _wanted(source)
    line, last = text.count("\n", 0, start) + 1, start
    for package in PACKAGE.finditer(text, start, end):
        line, last = line + text.count("\n", last, package.start()), package.start()
        name, condition = package[1], package[2] or ""
        version = VERSION.search(condition)
        pin = pins.get(f"{name}.{version[1]}" if version else name)
        yield source.component(
            "opam",
            name,
            version[1] if version else None,
            line=line,
            scope=_scope(condition),
            direct=name in wanted if wanted is not None else None,
            qualifiers=_origin(pin),
        )


def _scope(condition: str) -> Scope:
    if "with-test" in condition:
        return "test"
    if "with-doc" in condition or "with-dev-setup" in condition:
        return "development"
    return "build" if re.search(r"\bbuild\b", condition) else "runtime"


def _origin(address: str | None) -> dict[str, str] | None:
    if address is None:
        return None
    if address.startswith("git+"):
        return registry.git(address.replace("#", "@"))
    return {"download_url": registry.without_secrets(address)}


def _wanted(source: Source) -> set[str] | None:
    unlocked = source.neighbour(source.path.rpartition("/")[2].removesuffix(".locked"))
    if unlocked is None:
        return None
    return {package[1] for package in PACKAGE.finditer(unlocked.text, *_depends(unlocked.text))}


def _depends(text: str) -> tuple[int, int]:
    """Where the list of dependencies begins and ends; nowhere twice where there is none."""
    match = DEPENDS.search(text)
    return (match.end(), max(text.find("]", match.end()), 0)) if match else (0, 0)
