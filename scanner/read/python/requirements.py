"""pip's requirements files, as people write them and as pip-compile, uv and pip freeze do.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.python import artefact
from scanner.read.source import Source

FILES = ("*requirements*.txt", "requirements/*.txt")
CARRIES = frozenset({"scope", "direct", "edges", "lines", "hashes"})

COMMENT = re.compile(r"(?:^|\s)#(.*)$")
OPTION = re.compile(r"(-[a-z]|--[a-z-]+)(?:[ =]\s*|\b|$)(.*)")
REQUIREMENT_OPTION = re.compile(r"\s--?[a-zA-Z].*$")
HASH = re.compile(r"--hash[= ]\s*([^\s\\]+)")
PIN = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)==([0-9]+(?:\.[0-9]+)*)", re.ASCII)
"""What most lines are, read as `packaging` does in a tenth of the time."""
INCLUDES = ("-r", "--requirement")
CONSTRAINTS = ("-c", "--constraint")
EDITABLE = ("-e", "--editable")


class Line(NamedTuple):
    """A logical line: continued lines joined, its comments apart."""

    number: int
    text: str
    comments: tuple[str, ...]


class Wish(NamedTuple):
    """A requirement, and which packages pip-compile says it is there for."""

    component: Component
    via: tuple[str, ...]


def read(source: Source) -> Iterator[Component]:
    """Every requirement of the file and of those it includes; only a pinned one has a version."""
    wishes: list[Wish] = []
    pins: dict[str, str] = {}
    _read(source, wishes, pins, set())
    wishes = [wish if wish.component.version else _pinned(source, wish, pins) for wish in wishes]
    compiled = any(wish.via for wish in wishes)
    nodes = {canonicalize_name(wish.component.name): index for index, wish in enumerate(wishes)}
    edges: dict[int, list[int]] = {index: [] for index in range(len(wishes))}
    for index, wish in enumerate(wishes):
        for name in wish.via:
            if (parent := nodes.get(canonicalize_name(name))) is not None:
                edges[parent].append(index)
    roots = {
        index: wish.component.scope
        for index, wish in enumerate(wishes)
        if not compiled or not wish.via or any(canonicalize_name(name) not in nodes for name in wish.via)
    }
    return graph.link({index: wish.component for index, wish in enumerate(wishes)}, edges, roots)


def _read(source: Source, wishes: list[Wish], pins: dict[str, str], seen: set[str]) -> None:
    seen.add(source.path)
    scope = _scope(source.path)
    for line in _lines(source.text):
        option = OPTION.match(line.text) if line.text.startswith("-") else None
        if option is None:
            _wish(source, line, line.text, scope, wishes)
        elif option[1] in INCLUDES and (other := _include(source, option[2], line, seen)):
            _read(other, wishes, pins, seen)
            source.gaps += other.gaps
        elif option[1] in CONSTRAINTS and (other := _include(source, option[2], line, seen)):
            found: list[Wish] = []
            _read(other, found, pins, seen)
            pins |= {canonicalize_name(w.component.name): w.component.version for w in found if w.component.version}
        elif option[1] in EDITABLE:
            _wish(source, line, option[2], scope, wishes)


def _scope(path: str) -> Scope:
    """What the file is for, as far as its name or folder says: "requirements-dev.txt", "docs/requirements.txt"."""
    words = set(re.split(r"[\W_]+", path.removesuffix(".txt")))
    if words & {"test", "tests", "testing"}:
        return "test"
    return "development" if words & {"dev", "devel", "development", "lint", "doc", "docs", "ci"} else "runtime"


def _include(source: Source, name: str, line: Line, seen: set[str]) -> Source | None:
    other = source.neighbour(name.strip("\"' "))
    if other is None:
        source.gap(f"{name} that it includes is not in the project", f"line {line.number}")
    return other if other and other.path not in seen else None


def _lines(text: str) -> Iterator[Line]:
    """Logical lines with a requirement or an option; comments on lines of their own belong to the one above."""
    number = 0
    parts: list[str] = []
    comments: list[str] = []
    pending: Line | None = None
    for current, raw in enumerate(text.splitlines(), 1):
        comment = COMMENT.search(raw) if "#" in raw else None
        bare = raw[: comment.start()].strip() if comment else raw.strip()
        if bare and not parts:
            if pending:
                yield pending._replace(comments=tuple(comments))
            pending, comments, number = None, [], current
        if comment:
            comments.append(comment[1].strip())
        if bare:
            parts.append(bare.removesuffix("\\").strip())
        if parts and not bare.endswith("\\"):
            pending, parts = Line(number, " ".join(parts), ()), []
    if parts:
        pending = Line(number, " ".join(parts), ())
    if pending:
        yield pending._replace(comments=tuple(comments))


def _wish(source: Source, line: Line, text: str, scope: Scope, wishes: list[Wish]) -> None:
    hashes = tuple(HASH.findall(text)) if "--hash" in text else ()
    text = REQUIREMENT_OPTION.sub("", text)
    found = named(text) or artefact.identify(text)
    if found is None:
        if not artefact.is_path(text):
            source.gap(f"{text[:80]!r} is no requirement", f"line {line.number}")
        return
    name, version, qualifiers = found
    component = source.component(
        "pypi", name, version, line=line.number, scope=scope, direct=True, hashes=hashes, qualifiers=qualifiers
    )
    wishes.append(Wish(component, _via(line.comments)))


def named(text: str) -> tuple[str, str | None, Mapping[str, str] | None] | None:
    """Name, version if pinned, and origin of a requirement as PEP 508 writes them."""
    if pin := PIN.fullmatch(text):
        return pin[1], pin[2], None
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return None
    if requirement.url:
        found = artefact.identify(requirement.url)
        return requirement.name, found and found[1], artefact.origin(requirement.url)
    exact = [pin.version for pin in requirement.specifier if pin.operator in ("==", "===") and "*" not in pin.version]
    return requirement.name, exact[0] if len(exact) == 1 else None, None


def _pinned(source: Source, wish: Wish, pins: Mapping[str, str]) -> Wish:
    """A requirement without a version gets that of the constraints."""
    old = wish.component
    version = pins.get(canonicalize_name(old.name))
    if version is None or "?" in old.purl:
        return wish
    line = old.locations[0].line
    return wish._replace(component=source.component("pypi", old.name, version, line=line, scope=old.scope, direct=True))


def _via(lines: tuple[str, ...]) -> tuple[str, ...]:
    """pip-compile's "via one", or "via" with one a line: packages, or "-r requirements.in", "shop (pyproject.toml)"."""
    start = next((index for index, text in enumerate(lines) if re.match(r"via\b", text)), None)
    if start is None:
        return ()
    names = [lines[start].removeprefix("via"), *lines[start + 1 :]]
    return tuple(name.strip() for text in names for name in text.split(",") if name.strip())
