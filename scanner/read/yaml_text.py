"""YAML documents as plain values, built from the parser's events: four times as fast as PyYAML's constructor.

Numbers and dates stay text, so that a version 1.10 stays 1.10; typed decoding turns into numbers what should be.
Tags make nothing; a collection with one of an application's own, such as GitLab's !reference, is not what it stands
for and becomes null. Nothing recurses.

Format: https://yaml.org/spec/1.2.2/ (with the merge key of 1.1, https://yaml.org/type/merge.html)
"""

from typing import Any

import yaml

from scanner.read import yaml_block
from scanner.read.source import MAX_NESTING

MAX_MERGED = 2_000_000
"""Keys that merge keys may copy in total."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {"": None, **yaml_block.PLAIN}
_NO_KEY = object()


def load_all(text: str) -> list[Any]:
    """All documents of `text`, by the quick way where it is made for them. Raises yaml.YAMLError."""
    return yaml_block.load_all(text) or parse_all(text)


def parse_all(text: str) -> list[Any]:
    """All documents of `text`, whatever they hold. Raises yaml.YAMLError."""
    building = _Building()
    for event in yaml.parse(text, _LOADER):
        take = _TAKE.get(type(event))
        if take:
            take(building, event)
    return building.documents


class _Building:
    """What is built: the innermost collection `here`, with the key that waits for its value, and those around it."""

    __slots__ = ("above", "anchor", "anchors", "documents", "here", "key", "merged", "tagged")

    def __init__(self) -> None:
        self.documents: list[Any] = []
        self.here: Any = self.documents
        self.key: Any = _NO_KEY
        self.anchor: str | None = None
        self.anchors: dict[str, Any] = {}
        self.tagged = False
        self.above: list[tuple[Any, Any, str | None, bool]] = []
        self.merged = 0

    def document(self, _event: Any) -> None:
        self.anchors = {}

    def scalar(self, event: Any) -> None:
        value = event.value if event.style else _PLAIN.get(event.value, event.value)
        if event.anchor:
            self.anchors[event.anchor] = value
        self.put(value, event)

    def alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise _error(f"found undefined alias {event.anchor!r}", event)
        self.put(self.anchors[event.anchor], event)

    def sequence(self, event: Any) -> None:
        self.open([], event)

    def mapping(self, event: Any) -> None:
        self.open({}, event)

    def open(self, collection: Any, event: Any) -> None:
        if len(self.above) > MAX_NESTING:
            raise _error(f"nested more than {MAX_NESTING} deep", event)
        self.above.append((self.here, self.key, self.anchor, self.tagged))
        self.here, self.key, self.anchor = collection, _NO_KEY, event.anchor
        self.tagged = (event.tag or "").startswith("!")

    def close(self, event: Any) -> None:
        value = None if self.tagged else self.here
        if self.anchor:
            self.anchors[self.anchor] = value
        self.here, self.key, self.anchor, self.tagged = self.above.pop()
        self.put(value, event)

    def put(self, value: Any, event: Any) -> None:
        if type(self.here) is list:
            self.here.append(value)
        elif self.key is _NO_KEY:
            if isinstance(value, dict | list):
                raise _error("a mapping key that is no text", event)
            self.key = value
        else:
            if self.key == "<<" and isinstance(value, dict | list):
                self.merge(value, event)
            else:
                self.here[self.key] = value
            self.key = _NO_KEY

    def merge(self, value: Any, event: Any) -> None:
        """Add the keys of another mapping, or of several, that are not there yet."""
        for other in value if isinstance(value, list) else [value]:
            self.merged += len(other) if isinstance(other, dict) else 0
            if self.merged > MAX_MERGED:
                raise _error("merge keys copy more than they may", event)
            if isinstance(other, dict):
                self.here.update({key: item for key, item in other.items() if key not in self.here})


_TAKE = {
    yaml.DocumentStartEvent: _Building.document,
    yaml.ScalarEvent: _Building.scalar,
    yaml.AliasEvent: _Building.alias,
    yaml.SequenceStartEvent: _Building.sequence,
    yaml.SequenceEndEvent: _Building.close,
    yaml.MappingStartEvent: _Building.mapping,
    yaml.MappingEndEvent: _Building.close,
}


def _error(problem: str, event: Any) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
