"""Where in a file a package stands, by its purl or else by its reference."""

from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from scanner.read.source import Source


class Lines:
    """Lines by what the first groups of two patterns match: purls, and the document's own references."""

    def __init__(
        self, source: Source, purls: str, references: str, unescape: Callable[[str], str] | None = None
    ) -> None:
        self._source = source
        self._patterns = purls, references
        self._unescape = unescape or _json_text

    def of(self, purl: str | None, reference: str | None) -> int | None:
        """The line where it stands first, from 1."""
        line = self._purls.get(purl) if purl else None
        return line if line is not None or not reference else self._references.get(reference)

    @cached_property
    def _purls(self) -> Mapping[str, int]:
        return self._unescaped(self._source.lines(self._patterns[0]))

    @cached_property
    def _references(self) -> Mapping[str, int]:
        return self._unescaped(self._source.lines(self._patterns[1]))

    def _unescaped(self, lines: Mapping[str, int]) -> Mapping[str, int]:
        escaped = [text for text in lines if "\\" in text or "&" in text]
        return {**lines, **{self._unescape(text): lines[text] for text in escaped}} if escaped else lines


def _json_text(escaped: str) -> str:
    r"""Some encoders write "&" as "\u0026"."""
    try:
        return msgspec.json.decode(f'"{escaped}"', type=str)
    except msgspec.DecodeError:
        return escaped
