"""cpanfile.snapshot of Carton, version 1.0.

Format: https://metacpan.org/dist/Carton/view/lib/Carton.pm#cpanfile.snapshot (an indented text of its own)
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scanner.model import Component, Scope
from scanner.read import graph
from scanner.read.source import Source

FILES = ("cpanfile.snapshot",)
CARRIES = frozenset({"scope", "direct", "edges", "lines"})
DISTRIBUTION = re.compile(r"  (\S+)$")
FIELD = re.compile(r"    (pathname|provides|requirements):\s*(\S*)$")
ITEM = re.compile(r"      (\S+) (\S+)$")
MAX_NAME = 300
PATHNAME = re.compile(
    r"(?:[A-Z]/[A-Z]{2}/)?([A-Z0-9-]+)/(?:.*/)?(.+?)-v?(\d[\w.]*(?:-TRIAL\d*)?)\.(?:tar\.\w+|tgz|zip)$"
)
WISH = re.compile(r"^[ \t]*(?:(\w+)_)?requires\s+[\"']?([\w:]+)", re.MULTILINE)
PHASE = re.compile(r"^[ \t]*on\s+[\"']?(\w+)[\"']?\s*=>\s*sub\s*\{(?P<body>[^}]{0,4000})\}", re.MULTILINE)
SCOPES: dict[str, Scope] = {"test": "test", "author": "development", "develop": "development"}


class Distribution(NamedTuple):
    line: int
    label: str
    fields: dict[str, list[str]]


def read(source: Source) -> Iterator[Component]:
    """Every distribution; what it requires are modules, which others provide. cpanfile tells the direct ones."""
    found = list(_parse(source))
    providers = {module: place for place, item in enumerate(found) for module in item.fields.get("provides", ())}
    components = {place: _component(source, item) for place, item in enumerate(found)}
    edges = {
        place: [providers[module] for module in item.fields.get("requirements", ()) if module in providers]
        for place, item in enumerate(found)
    }
    wanted = _wanted(source)
    roots = None if wanted is None else {providers[name]: scope for name, scope in wanted if name in providers}
    return graph.link(components, edges, roots)


def _parse(source: Source) -> Iterator[Distribution]:
    lines = source.text.splitlines()
    if not lines or not lines[0].startswith("# carton snapshot format: version 1"):
        source.error("is no snapshot of Carton, version 1")
    current: Distribution | None = None
    field: list[str] = []
    for number, text in enumerate(lines, 1):
        if match := DISTRIBUTION.match(text):
            if current:
                yield current
            current, field = Distribution(number, match[1], {}), []
        elif current and (match := FIELD.match(text)):
            field = current.fields[match[1]] = [match[2]] if match[2] else []
        elif match := ITEM.match(text):
            field.append(match[1])
    if current:
        yield current


def _component(source: Source, item: Distribution) -> Component:
    """Named by its archive, "E/ET/ETHER/Moose-2.2207.tar.gz", which has the author that a purl needs."""
    match = PATHNAME.match("".join(item.fields.get("pathname", ()))[:MAX_NAME])
    if match:
        return source.component("cpan", f"{match[1]}/{match[2]}", match[3], line=item.line)
    name, _, version = item.label.rpartition("-")
    return source.component("cpan", name or item.label, version if name else None, line=item.line)


def _wanted(source: Source) -> list[tuple[str, Scope]] | None:
    """The modules that cpanfile asks for, weakest scope first."""
    cpanfile = source.neighbour("cpanfile")
    if cpanfile is None:
        return None
    phases = [(SCOPES.get(match[1], "runtime"), match["body"]) for match in PHASE.finditer(cpanfile.text)]
    phases.append(("runtime", PHASE.sub("", cpanfile.text)))
    wanted = [(name, SCOPES.get(prefix, scope)) for scope, text in phases for prefix, name in WISH.findall(text)]
    return sorted(wanted, key=lambda item: item[1] == "runtime")
