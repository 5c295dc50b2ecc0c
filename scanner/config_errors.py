"""What is wrong with a configuration file, as its author wants to know it: the line, the key, the word that was meant.

msgspec says what and where ("Invalid enum value 'runtme' - at `$.policy[1].scope[0]`").
"""

import difflib
import re
import types
from collections.abc import Iterator, Sequence
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from scanner.errors import ConfigError

Step = tuple[str, int]
"""A key, and which of the tables of that name, from 0."""
WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date such as 2026-12-31",
    "null": "nothing",
}

MANY = 40
"""More names than this are not listed."""


def explain(path: object, text: str, error: msgspec.ValidationError, shape: type) -> ConfigError:
    """The error to raise for the file at `path` with this `text`, which should have been a `shape`."""
    what, _, place = str(error).partition(" - at `$")
    steps = _steps(place.rstrip("`"))
    if unknown := re.search(r"unknown field `([^`]+)`", what):
        word = unknown[1]
        where = f" in [{_shown(steps)}]" if steps else ""
        message = f"unknown key {word!r}{where}; {near(word, _keys(shape, steps))}"
        return ConfigError(f"{path}:{_line(text, [*steps, (word, 0)])}: {message}")
    if missing := re.search(r"missing required field `([^`]+)`", what):
        return ConfigError(f"{path}:{_line(text, steps)}: [{_shown(steps)}] wants the key {missing[1]!r}")
    if value := re.search(r"Invalid enum value (.+)", what):
        word = value[1].strip("'\"")
        message = f"{word!r} is not known; {near(word, _choices(shape, steps))}"
    else:
        message = _plain(what)
    return ConfigError(f"{path}:{_line(text, steps)}: {_shown(steps)}: {message}")


def near(word: str, known: Sequence[str]) -> str:
    """A hint for a word that is none of those known, in small letters; "" where none of many is near."""
    close = difflib.get_close_matches(word, known, n=1) or [name for name in known if name.lower() == word.lower()]
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known are: {', '.join(known) or 'none'}" if len(known) < MANY else ""


def line_of(text: str, table: str, number: int, key: str) -> int:
    """The line, from 1, of `key` in the table of that name and number (from 0)."""
    return _line(text, [(table, number), (key, 0)])


def _plain(what: str) -> str:
    if "RFC3339" in what:
        return f"wants {WORDS['date']}"
    match = re.fullmatch(r"Expected `([^`]+)`(.*?)(?:, got `([^`]+)`)?", what)
    if not match:
        return what[:1].lower() + what[1:]
    wanted = [WORDS.get(word, word) for word in match[1].split(" | ") if word != "null"]
    bound = match[2].replace(" >= ", " of at least ").replace(" <= ", " of at most ")
    bound = bound.replace(" of length of at least 1", " that is not empty")
    return f"wants {' or '.join(wanted)}{bound}" + (f", not {WORDS.get(match[3], match[3])}" if match[3] else "")


def _steps(place: str) -> list[Step]:
    return [(name, int(number or 0)) for name, number in re.findall(r"\.([\w-]+)(?:\[(\d+)\])?", place)]


def _shown(steps: Sequence[Step]) -> str:
    return ".".join(name for name, _ in steps)


def _keys(shape: Any, steps: Sequence[Step]) -> list[str]:
    """The keys of the table that the steps lead to."""
    return list(_fields(shape, steps))


def _choices(shape: Any, steps: Sequence[Step]) -> list[str]:
    """The words that the key which the steps lead to may have."""
    *tables, (key, _) = steps
    return list(dict.fromkeys(part for part in _parts(_fields(shape, tables)[key]) if isinstance(part, str)))


def _fields(shape: Any, steps: Sequence[Step]) -> dict[str, Any]:
    """The keys of the table that the steps lead to, with their types."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(shape)}
    for name, _ in steps:
        table = next(part for part in _parts(fields[name]) if hasattr(part, "__struct_fields__"))
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(table)}
    return fields


def _parts(type: Any) -> Iterator[Any]:
    """A type, and all that it is made of; of a Literal its values."""
    yield type
    if get_origin(type) is Literal:
        yield from get_args(type)
    elif get_origin(type) in (Union, types.UnionType, tuple):
        for part in get_args(type):
            yield from _parts(part)


def _line(text: str, steps: Sequence[Step]) -> int:
    """The line, from 1, of a table or of a key in it; of the table where the key cannot be found."""
    if not steps:
        return 1
    lines = text.splitlines()
    (table, number), *keys = steps
    header = re.compile(rf'\s*\[+\s*(?:tool\.outlast\.)?["\']?{re.escape(table)}["\']?\s*\]')
    headers = [index for index, line in enumerate(lines) if header.match(line)]
    if number >= len(headers):  # a key outside of all tables, or one written inline
        return next((index for index, line in enumerate(lines, 1) if re.match(rf"\s*{re.escape(table)}\s*=", line)), 1)
    start = headers[number] + 1
    wanted = re.compile(rf'\s*["\']?{re.escape(keys[-1][0])}["\']?\s*=') if keys else None
    for index in range(start, len(lines)):
        if lines[index].lstrip().startswith("["):
            break
        if wanted and wanted.match(lines[index]):
            return index + 1
    return start
