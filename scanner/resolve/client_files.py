"""Files that configure package clients, decoded into types; what cannot be read is told by file and place only.

Such files hold credentials, so no error here repeats a word of them.
"""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from configparser import RawConfigParser

LARGEST = 1 << 20
MISSING = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
LARGEST_YAML = 16 << 10
"""Cannot nest deep enough to overflow the stack of libyaml's composer, as 50,000 brackets do."""
SQUARE = 10_000_000
"""What tomllib may take for keys of many parts: memory and time grow with the square of their dots."""
T = TypeVar("T")


class MalformedError(Exception):
    """A client's file that cannot be made out; where its packages come from is not known then."""

    def __init__(self, path: Path, reason: str, place: str = "") -> None:
        self.path, self.reason = shown(path), ": ".join(part for part in (place, reason) if part)
        super().__init__(f"{self.path}: {self.reason}")


def shown(path: Path) -> str:
    """The path as a person knows it: reports travel, and need not tell the name of who made them."""
    home = os.path.expanduser("~")
    text = str(path)
    return "~" + text.removeprefix(home) if home != "/" and text.startswith(home + os.sep) else text


def text(path: Path) -> str:
    """What is in a file; nothing where there is none. Raises MalformedError."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except MISSING:
        return ""
    except (OSError, ValueError) as error:
        raise MalformedError(path, f"cannot be read ({getattr(error, 'strerror', '') or 'no such name'})") from error
    if len(content) > LARGEST:
        raise MalformedError(path, f"is larger than {LARGEST >> 20} MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedError(path, "is not UTF-8", f"byte {error.start}") from error


def toml(path: Path, type: type[T]) -> T:
    import tomllib

    content = text(path)
    if sum(line.count(".") ** 2 for line in content.splitlines()) > SQUARE:
        raise MalformedError(path, "has keys of too many parts")
    try:
        return _convert(path, tomllib.loads(content), type)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line \d+", str(error))
        raise MalformedError(path, "is not valid TOML", place[0] if place else "at its end") from error
    except (RecursionError, ValueError) as error:  # too deep, or a number without end
        raise MalformedError(path, "is not valid TOML") from error


def json(path: Path, type: type[T], content: str | None = None) -> T:
    """Of the file, or of `content` that a variable called `path` has."""
    content = (text(path) if content is None else content) or "{}"
    try:
        return _convert(path, msgspec.json.decode(content), type)
    except msgspec.DecodeError as error:
        byte = re.search(r"byte (\d+)", str(error))
        line = content.encode()[: int(byte[1])].count(b"\n") + 1 if byte else 0
        raise MalformedError(path, "is not valid JSON", f"line {line}" if byte else "at its end") from error
    except RecursionError as error:
        raise MalformedError(path, "is nested too deep") from error


def yaml(path: Path, type: type[T]) -> T:
    if not (told := text(path)):
        return _convert(path, {}, type)
    import yaml as reader

    if len(told) > LARGEST_YAML:
        raise MalformedError(path, f"is larger than {LARGEST_YAML >> 10} KiB")
    try:
        content = reader.load(told, Loader=getattr(reader, "CSafeLoader", reader.SafeLoader))  # noqa: S506
    except reader.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MalformedError(path, "is not valid YAML", f"line {mark.line + 1}" if mark else "") from error
    except (RecursionError, ValueError) as error:
        raise MalformedError(path, "is not valid YAML") from error
    return _convert(path, content or {}, type)


def xml(path: Path) -> Any:
    """The root element, None where there is no file."""
    from defusedxml import DefusedXmlException, ElementTree

    content = text(path)
    try:
        return ElementTree.fromstring(content) if content else None
    except ElementTree.ParseError as error:
        raise MalformedError(path, "is not valid XML", f"line {error.position[0]}") from error
    except (DefusedXmlException, ValueError) as error:
        raise MalformedError(path, "declares entities, which are not followed") from error


def ini(path: Path) -> "RawConfigParser":
    import configparser

    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text(path))
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next(iter(getattr(error, "errors", ())), (None,))[0]
        raise MalformedError(path, "is not a valid INI file", f"line {line}" if line else "") from error
    return parser


def _convert(path: Path, content: Any, type: type[T]) -> T:
    try:
        return msgspec.convert(content, type)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        raise MalformedError(path, f"has another shape than its client reads ({what})", place.strip("`")) from error


def child(element: Any, name: str) -> Any:
    """The first child of this name in any XML namespace and case, None where there is none."""
    return next(children(element, name), None)


def children(element: Any, name: str) -> Any:
    found = element if element is not None else ()
    return (item for item in found if _local(item).lower() == name.lower())


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def said(element: Any, name: str) -> str:
    """The text of a child, "" where there is none."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""
