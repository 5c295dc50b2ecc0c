"""The YAML that tools write, read line by line: several times as fast as by a parser for all of YAML.

That is block mappings and sequences of scalars that stand on one line, flow collections of these, and literal texts,
all in ASCII: classes of all letters would take a tenth of a second to compile.
A document with anything else is left to `yaml_text` as a whole; what is read here is read as there, which tests prove.

Format: https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

PLAIN = {
    "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
MAX_DEPTH = 100
MAX_KEY = 1_000
"""Characters of a key; YAML allows 1,024."""
PIECE = 4_096
"""Characters of a document that are split into lines at a time."""

_FIRST = r"(?:[A-Za-z0-9_./^~+(]|<(?!<))"
_SAFE = r"[!\"$-9;-~]"  # no blank, ":" or "#"
_WORDS = rf"{_FIRST}{_SAFE}*+(?:(?:[:#]|\ +){_SAFE}++)*+"
_QUOTED = r"'[ -&(-~]*+(?:''[ -&(-~]*+)*+'|\"[ !#-\[\]-~]*+\""
_INSIDE = r"[!\"$-+\--9;->@-Z\\^-z|~]"  # nor a sign of flow collections
_ITEM = rf"(?:{_FIRST}{_INSIDE}*+(?:(?:[:#]|\ +){_INSIDE}++)*+|{_QUOTED})"
_FLOW = rf"\{{(?:{_ITEM}:\ {_ITEM}(?:,\ {_ITEM}:\ {_ITEM})*+)?\}}|\[(?:{_ITEM}(?:,\ {_ITEM})*+)?\]"
_LITERAL = r"\|-\n(?P<inner>(?P=indent)\ ++)[!-~][ -~]*+\n(?:(?P=inner)[ -~]*+\n|\n)*+"
_LINE = re.compile(
    rf"""(?P<indent>\ *+)(?:
        (?P<dash>-\ )?(?:(?P<key>{_WORDS}|{_QUOTED}):(?:\ (?=\S)|\Z))?
        (?:(?P<value>{_WORDS}|{_QUOTED}|{_FLOW})?|(?P<literal>{_LITERAL}))
        |\#[ -~]*+
    )\Z""",
    re.VERBOSE,
).match
_SIMPLE = re.compile(rf"(\ *+)({_FIRST}{_SAFE}*+):(?:\ ({_FIRST}{_SAFE}*+))?\Z").match
"""What most lines are, for which this takes half the time."""
_TEXT = re.compile(rf"(?P<indent>\ *+)(?:{_WORDS}|{_QUOTED}):\ {_LITERAL}").match
_SIGN = ": |-\n"
"""What a line with a literal text ends with."""
_PAIRS = re.compile(rf"({_ITEM}):\ ({_ITEM})").findall
_ITEMS = re.compile(_ITEM).findall
_QUOTES = "'\""
_INTO_ITEM = 2 * len("- ") - 1
_NOTHING: Any = object()
_Line = tuple[int, bool, Any, Any]
"""Place, whether there is a dash, key and value; _NOTHING where there is none of them.

The place is twice the indentation, and one more for an item of a sequence: that may stand just below the key that it
is for, and is inside nevertheless.
"""


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
    """Each line belongs to the innermost collection that starts at its place; a later place is one deeper."""
    whole: dict[str, Any] = {}
    here: Any = whole
    at = -1  # where it starts
    waits: Any = ""  # a key in it that has no value yet
    above: list[tuple[Any, int]] = []
    lines = filter(None, chain.from_iterable(_lines(text)))
    for place, dash, key, value in filter(None, map(_Known().__getitem__, lines)):
        if place > at:
            if waits is _NOTHING or len(above) > MAX_DEPTH or (place > 1 and not above):
                raise _Beyond
            above.append((here, at))
            here[waits] = here = [] if place % 2 else {}
            at = place
        while place < at:
            here, at = above.pop()
        if place != at:
            raise _Beyond
        if key is _NOTHING:
            here.append(value)
            waits = _NOTHING
            continue
        if dash:
            above.append((here, at))
            item: dict[Any, Any] = {}
            here.append(item)
            here, at = item, at + _INTO_ITEM
        if value is _NOTHING:
            here[key], waits = None, key
        else:
            here[key], waits = value, _NOTHING
    if not whole:
        raise _Beyond
    return whole[""]


class _Known(dict[str, _Line | tuple[()]]):
    """What lines say: such files say most things many times."""

    def __missing__(self, text: str) -> _Line | tuple[()]:
        line = self[text] = _line(text)
        return line


def _lines(text: str) -> Iterator[list[str]]:
    """The lines, and literal texts as part of the line of their key."""
    end = 0
    while (sign := text.find(_SIGN, end)) >= 0:
        start = max(text.rfind("\n", end, sign) + 1, end)
        literal = _TEXT(text, start)
        if literal is None:
            raise _Beyond
        yield from _pieces(text, end, start)
        yield [literal[0]]
        end = literal.end()
    yield from _pieces(text, end, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[list[str]]:
    """Lines, not all at once: those that were just made are the quickest to read."""
    while start < end:
        stop = text.find("\n", start + PIECE, end)
        stop = stop if stop >= 0 else end
        yield text[start:stop].split("\n")
        start = stop + 1


def _line(text: str) -> _Line | tuple[()]:
    """What one line says; nothing for a comment."""
    if len(text) <= MAX_KEY and (simple := _SIMPLE(text)):
        indent, key, value = simple.groups()
        return 2 * len(indent), False, PLAIN.get(key, key), _NOTHING if value is None else PLAIN.get(value, value)
    match = _LINE(text)
    if match is None:
        raise _Beyond
    indent, dash, key, value, literal, _ = match.groups()
    place = 2 * len(indent) + bool(dash)
    if not key:
        if literal or bool(value) != bool(dash):
            raise _Beyond
        return (place, True, _NOTHING, _value(value)) if value else ()
    if len(key) > MAX_KEY:
        raise _Beyond
    said = _literal(literal, dash) if literal else _value(value) if value else _NOTHING
    return place, bool(dash), _key(key) if key[0] in _QUOTES else PLAIN.get(key, key), said


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
    if "'" in text or '"' in text:
        found = {_value(key): _value(value) for key, value in _PAIRS(text)}
    else:
        found = {PLAIN.get(key, key): PLAIN.get(value, value) for key, value in _PAIRS(text)}
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
