"""The YAML that tools write, read line by line: several times as fast as by a parser for all of YAML.

That is block mappings and sequences of scalars that stand on one line, flow collections of these, and literal texts.
A document with anything else is left to `yaml_text` as a whole; what is read here is read as there, which tests prove.

Format: https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

PLAIN = {
    "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
MAX_DEPTH = 100
MAX_KEY = 1_000
"""Characters of a key; YAML allows 1,024."""

_FIRST = r"(?:[A-Za-z0-9_./^~+(]|<(?!<))"
_REST = "\xa0-\u2027\u202a-\ud7ff"
_SAFE = rf"[!\"$-9;-~{_REST}]"  # no blank, ":" or "#"
_WORDS = rf"{_FIRST}{_SAFE}*+(?:(?:[:#]|\ +){_SAFE}++)*+"
_QUOTED = rf"'[ -&(-~{_REST}]*+(?:''[ -&(-~{_REST}]*+)*+'|\"[ !#-\[\]-~{_REST}]*+\""
_INSIDE = r"[!\"$-+\--9;->@-Z\\^-z|~]"  # nor a sign of flow collections
_ITEM = rf"(?:{_FIRST}{_INSIDE}*+(?:(?:[:#]|\ +){_INSIDE}++)*+|{_QUOTED})"
_FLOW = rf"\{{(?:{_ITEM}:\ {_ITEM}(?:,\ {_ITEM}:\ {_ITEM})*+)?\}}|\[(?:{_ITEM}(?:,\ {_ITEM})*+)?\]"
_LITERAL = rf"\|-\n(?P<inner>(?P=indent)\ ++)[!-~{_REST}][ -~{_REST}]*+\n(?:(?P=inner)[ -~{_REST}]*+\n|\n)*+"
_LINES = re.compile(
    rf"""(?P<indent>\ *+)(?:
        (?P<dash>-\ )?(?:(?P<key>{_WORDS}|{_QUOTED}):(?:\ (?=\S)|(?=\n|\Z)))?
        (?:(?P<value>{_WORDS}|{_QUOTED}|{_FLOW})?(?:\n++|\Z)|(?P<literal>{_LITERAL}))
        |\#[ -~{_REST}]*+(?:\n++|\Z)
    )|(?P<other>.++)""",
    re.VERBOSE,
).finditer
_PAIRS = re.compile(rf"({_ITEM}):\ ({_ITEM})").findall
_ITEMS = re.compile(_ITEM).findall
_QUOTES, _SIGNS = "'\"", "'\"{["
_NOTHING: Any = object()


class _Beyond(Exception):  # noqa: N818 - nothing is wrong
    """Something that is not read here."""


def load_all(text: str) -> list[Any] | None:
    """All documents of `text`; None where one holds what is not read here."""
    head, *documents = f"\n{text}".split("\n---\n")
    if not documents or any(line and line[0] != "#" for line in head.split("\n")):
        documents.insert(0, head)
    try:
        return [_document(document) for document in documents]
    except _Beyond:
        return None


def _document(text: str) -> Any:
    building = _Building()
    for match in _LINES(text):
        indent, dash, key, value, literal, _, other = match.groups()
        if key:
            at = len(indent)
            if at != building.at or dash or type(building.here) is not dict:
                building.enter_pair(at, dash)
            if len(key) > MAX_KEY:
                raise _Beyond
            key = _key(key) if key[0] in _QUOTES else PLAIN.get(key, key)
            if value:
                building.here[key] = _value(value) if value[0] in _SIGNS else PLAIN.get(value, value)
                building.waits = _NOTHING
            elif literal:
                building.here[key] = _literal(literal, dash)
                building.waits = _NOTHING
            else:
                building.here[key] = None
                building.waits = key
        elif dash and value:
            building.enter(len(indent), list)
            building.here.append(_value(value))
        elif dash or value or literal or other:
            raise _Beyond
    return building.whole()


class _Building:
    """The innermost collection `here`, its indentation, the key that may wait for its value, and those around it."""

    __slots__ = ("above", "at", "here", "waits")

    def __init__(self) -> None:
        self.here: Any = {}
        self.at = -1
        self.waits: Any = ""
        self.above: list[tuple[Any, int]] = []

    def enter_pair(self, at: int, dash: str | None) -> None:
        """Make `here` the mapping that a line with a key belongs to."""
        if dash:
            self.enter(at, list)
            self.open({}, at + len(dash))
        else:
            self.enter(at, dict)

    def enter(self, at: int, kind: type) -> None:
        """Make `here` the collection that a line of this indentation belongs to."""
        deeper = at > self.at or (at == self.at and kind is list and type(self.here) is dict)
        if deeper and self.waits is not _NOTHING:
            self.open(kind(), at)
            return
        while at < self.at or (at == self.at and kind is dict and type(self.here) is list):
            self.here, self.at = self.above.pop()
        if at != self.at or type(self.here) is not kind:
            raise _Beyond
        self.waits = _NOTHING

    def open(self, collection: Any, at: int) -> None:
        if len(self.above) > MAX_DEPTH or (at and not self.above):
            raise _Beyond
        if type(self.here) is list:
            self.here.append(collection)
        else:
            self.here[self.waits] = collection
        self.above.append((self.here, self.at))
        self.here, self.at, self.waits = collection, at, _NOTHING

    def whole(self) -> Any:
        """The document."""
        if not self.above:
            raise _Beyond
        return self.above[0][0][""]


def _key(quoted: str) -> str:
    if quoted[1:-1] == "<<":
        raise _Beyond
    return str(_value(quoted))


def _value(text: str) -> Any:
    read = _READ.get(text[0])
    return read(text) if read else PLAIN.get(text, text)


def _single(text: str) -> str:
    return text[1:-1].replace("''", "'")


def _double(text: str) -> str:
    return text[1:-1]


def _mapping(text: str) -> dict[Any, Any]:
    found = {_value(key): _value(value) for key, value in _PAIRS(text)}
    if "<<" in found:
        raise _Beyond
    return found


def _sequence(text: str) -> list[Any]:
    return [_value(item) for item in _ITEMS(text)]


def _literal(text: str, dash: str | None) -> str:
    """Without the indentation of the first line, and without the last line's end."""
    if dash:
        raise _Beyond
    _, first, *lines = text.split("\n")
    indent = len(first) - len(first.lstrip(" "))
    return "\n".join(line[indent:] for line in (first, *lines)).rstrip("\n")


_READ: Mapping[str, Callable[[str], Any]] = {"'": _single, '"': _double, "{": _mapping, "[": _sequence}
