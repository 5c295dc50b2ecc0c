"""Where in a file a package stands, by its purl or else by its reference."""

import re
from collections.abc import Mapping
from functools import cached_property

import msgspec

from scanner.read.source import Source


class Lines:
    """Lines by what the first groups of two patterns match: purls, and the document's own references."""

    def __init__(self, source: Source, purls: str, references: str) -> None:
        self._source = source
        self._patterns = purls, references

    def of(self, purl: str | None, reference: str | None) -> int | None:
        """The line where it stands first, from 1."""
        line = self._purls.get(purl) if purl else None
        return line if line is not None or not reference else self._references.get(reference)

    @cached_property
    def _purls(self) -> Mapping[str, int]:
        return _unescaped(self._source.lines(self._patterns[0]))

    @cached_property
    def _references(self) -> Mapping[str, int]:
        return _unescaped(self._source.lines(self._patterns[1]))


def _unescaped(lines: Mapping[str, int]) -> Mapping[str, int]:
    r"""With JSON's escapes undone: some encoders write "&" as "\u0026"."""
    escaped = [text for text in lines if "\\" in text]
    return {**lines, **{_text(text): lines[text] for text in escaped}} if escaped else lines


def _text(escaped: str) -> str:
    try:
        return msgspec.json.decode(f'"{escaped}"', type=str)
    except msgspec.DecodeError:
        return escaped
