"""Dockerfiles: the images that a build starts from and copies from.

Format: https://docs.docker.com/reference/dockerfile/
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from scanner.model import Component, Scope
from scanner.read.deploy import image
from scanner.read.deploy.variables import expand
from scanner.read.source import Source

FILES = (
    "Dockerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile", "dockerfile",
    "Containerfile", "Containerfile.*", "*.Containerfile",
)  # fmt: skip
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})

DIRECTIVE = re.compile(r"\s*#\s*(\w+)\s*=\s*(\S)")
HEREDOC = re.compile(r"<<-?\s*([\"']?)([A-Za-z_]\w*)\1")
INSTRUCTION = re.compile(r"(?:ONBUILD\s+)?([A-Za-z]+)\s+(.*)", re.DOTALL | re.IGNORECASE)
ARGUMENT = re.compile(r"([A-Za-z_]\w*)(?:=(?:\"([^\"]*)\"|'([^']*)'|(\S*)))?")
COPIES = re.compile(r"--from=(\S+)")
MOUNTS = re.compile(r"(?:--mount=|,)from=([^,\s]+)")
PLATFORM = {
    "TARGETPLATFORM": "linux/amd64", "TARGETOS": "linux", "TARGETARCH": "amd64", "TARGETVARIANT": "",
    "BUILDPLATFORM": "linux/amd64", "BUILDOS": "linux", "BUILDARCH": "amd64", "BUILDVARIANT": "",
}  # fmt: skip
"""Arguments that BuildKit sets; which image is taken for another platform does not matter here."""


class Instruction(NamedTuple):
    line: int
    name: str
    rest: str


class Stage(NamedTuple):
    """A build stage: its name or number, what it starts from, and images that it copies from."""

    name: str
    line: int
    origin: str
    copies: list[tuple[int, str]]


def read(source: Source) -> Iterator[Component]:
    """The images of the last stage, and of those it is derived from, are runtime; what only builds is build."""
    if source.path.endswith(".dockerignore"):
        return
    stages, values = _stages(source)
    names = [stage.name.lower() for stage in stages]
    shipped = _shipped(stages, values)
    for index, stage in enumerate(stages):
        scope: Scope = "runtime" if index in shipped else "build"
        for line, reference in [(stage.line, stage.origin), *stage.copies]:
            known = names[:index]
            if expand(reference, values).lower() in (*known, "scratch") or reference.isdigit():
                continue
            found = image.component(source, reference, values, line=line, scope=scope)
            if found:
                yield found


def _stages(source: Source) -> tuple[list[Stage], dict[str, str]]:
    """The stages, and the defaults of arguments that FROM may use: those that stand before the first."""
    stages: list[Stage] = []
    values = dict(PLATFORM)
    for line, name, rest in _instructions(source.text):
        if name == "ARG" and not stages:
            values |= {match[1]: expand(value, values) for match in ARGUMENT.finditer(rest) if (value := _value(match))}
        elif name == "FROM":
            words = [word for word in rest.split() if not word.startswith("--")]
            if not words:
                source.error("FROM names no image", f"line {line}")
            named = words[2] if len(words) > 2 and words[1].lower() == "as" else str(len(stages))
            stages.append(Stage(named, line, words[0].strip("\"'"), []))
        elif stages:
            pattern = COPIES if name in ("COPY", "ADD") else MOUNTS
            stages[-1].copies.extend((line, found.strip("\"'")) for found in pattern.findall(rest))
    if not stages:
        source.error("has no FROM instruction")
    return stages, values


def _value(match: re.Match[str]) -> str:
    return match[2] or match[3] or match[4] or ""


def _shipped(stages: Sequence[Stage], values: Mapping[str, str]) -> set[int]:
    """Places of the last stage and of those that it starts from, one on top of the other."""
    shipped = {len(stages) - 1}
    for index in range(len(stages) - 1, -1, -1):
        if index in shipped:
            origin = expand(stages[index].origin, values).lower()
            below = [place for place in range(index) if stages[place].name.lower() == origin]
            shipped |= set(below[-1:])
    return shipped


def _instructions(text: str) -> Iterator[Instruction]:
    """Instructions with continued lines joined; comments and the bodies of here-documents left out."""
    lines = text.splitlines()
    directives = takewhile(bool, map(DIRECTIVE.match, lines))
    escape = next((found[2] for found in directives if found and found[1].lower() == "escape"), "\\")
    number = 0
    parts: list[str] = []
    until: list[str] = []
    for current, raw in enumerate(lines, 1):
        stripped = raw.strip()
        if until:
            until = until[1:] if stripped == until[0] else until
            continue
        if not stripped or stripped.startswith("#"):
            continue
        number = number if parts else current
        if stripped.endswith(escape):
            parts.append(stripped[:-1])
            continue
        match = INSTRUCTION.match(" ".join([*parts, stripped]))
        parts = []
        if match:
            name = match[1].upper()
            until = [word[1] for word in HEREDOC.findall(match[2])] if name in ("RUN", "COPY", "ADD") else []
            yield Instruction(number, name, match[2])
