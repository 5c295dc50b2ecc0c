"""The fixtures of the readers: fixtures/read/<format>/<case>/ holds an input, and what is expected of it.

A good case has expected.json, a bad one error.txt. Files beside the input are its neighbours.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scanner.model import Component
from scanner.read import _neighbours
from scanner.read.formats import Format, by_name, choose, formats
from scanner.read.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "read"
EXPECTED, ERROR = "expected.json", "error.txt"


class Case(NamedTuple):
    format: Format
    folder: Path

    @property
    def id(self) -> str:
        return f"{self.format.name}/{self.folder.name}"

    @property
    def bad(self) -> bool:
        return (self.folder / ERROR).exists()

    @property
    def input(self) -> Path:
        """The file of the folder that the format reads; of several the uppermost, then that with the shortest name."""
        found = [
            path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name not in (EXPECTED, ERROR) and self._reads(path)
        ]
        assert found, f"{self.folder} holds no file that {self.format.name} reads"
        return min(found, key=lambda path: (len(path.parts), len(path.name)))

    def _reads(self, path: Path) -> bool:
        return self.format in by_name(path.relative_to(self.folder).as_posix())

    def source(self) -> Source:
        path = self.input
        return Source(
            path.relative_to(self.folder).as_posix(), path.read_bytes(), _neighbours(path.parent, self.folder)
        )

    def chosen(self) -> Format | None:
        source = self.source()
        return choose(source.path, source.data)


def cases() -> Iterator[Case]:
    known = {format.name: format for format in formats()}
    for folder in sorted(FIXTURES.glob("*/*")):
        assert folder.parent.name in known, f"{folder} is for no format"
        yield Case(known[folder.parent.name], folder)


def shown(source: Source, components: list[Component]) -> dict[str, Any]:
    """What expected.json holds: every component in order, fields that have their default left out, keys and gaps."""
    rows = [_row(component, source.path) for component in components]
    keys = {key.key: key.line for key in source.keys}
    gaps = [f"{gap.subject}: {gap.reason}" for gap in source.gaps]
    return {"components": rows} | ({"keys": keys} if keys else {}) | ({"gaps": gaps} if gaps else {})


def _row(component: Component, own_path: str) -> dict[str, Any]:
    path = component.locations[0].path
    row = {
        "purl": component.purl,
        "scope": component.scope,
        "direct": component.direct,
        "line": component.locations[0].line,
        "requires": list(component.requires),
        "licence": component.licence,
        "hashes": list(component.hashes),
        "path": path if path != own_path else None,
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def written(expected: dict[str, Any]) -> str:
    return json.dumps(expected, indent=2, ensure_ascii=False) + "\n"
