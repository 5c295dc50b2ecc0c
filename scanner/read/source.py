"""One input file as a reader sees it: its bytes, decoded on demand, with lines, neighbours and gaps.

Every failure to decode becomes a ReadError that names the file and the place; a reader never sees another kind.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec

from scanner import purl
from scanner.errors import ReadError
from scanner.model import Component, FileKey, Gap, Location, Scope
from scanner.read.encoding import utf8

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

T = TypeVar("T")

MAX_NESTING = 200
"""Deeper than any honest document; checked where a parser would fall over only much later."""
MAX_OBJECTS, MAX_TEXTS = 5_000_000, 30_000_000
"""What JSON may hold: ten times what 100,000 components take. "{}" is two bytes, and a hundred in memory."""
MAX_GAPS = 1_000
"""What a report says of one file; a file of millions of odd parts is one odd file."""
MAX_TOML = 16 * 2**20
"""Bytes of TOML, of which the parser makes up to 30 times as much in memory."""
MAX_EXPANDED = 2_000_000
"""Nodes that a YAML document may have once its aliases are written out."""

Neighbour = Callable[[str], bytes | None]


class Source:
    """A file under `path` (relative to the project, with slashes) holding `data`.

    `neighbour` gives the bytes of a file named relative to this one's folder, or None where there is none or
    where it lies outside the project.
    """

    def __init__(self, path: str, data: bytes, neighbour: Neighbour = lambda _: None) -> None:
        self.path, self.data = path, utf8(data)
        self.gaps: list[Gap] = []
        self.keys: list[FileKey] = []
        self._neighbour = neighbour
        self._lines: dict[tuple[str, str], dict[str, int]] = {}

    @cached_property
    def text(self) -> str:
        """The content as text, its lines ended by "\\n" alone. Raises ReadError."""
        try:
            text = self.data.decode()
        except UnicodeDecodeError as error:
            self.error(f"is not {error.encoding} text", f"byte {error.start}")
        return text.replace("\r\n", "\n") if "\r" in text else text

    def json(self, type: type[T]) -> T:
        """The content decoded as JSON into `type`. Raises ReadError with line and column, or the path inside."""
        self._not_empty()
        data = self.data
        large = len(data) > min(3 * MAX_OBJECTS, 2 * MAX_TEXTS)  # "{}," takes three bytes, a text two
        if large and (data.count(b"{") > MAX_OBJECTS or data.count(b'"') > 2 * MAX_TEXTS):
            self.error(f"holds more than {MAX_OBJECTS:,} objects or {MAX_TEXTS:,} texts")
        return self._decode(lambda: msgspec.json.decode(data, type=type))

    def part(self, raw: msgspec.Raw, type: type[T]) -> T:
        """A part of JSON content that was left undecoded, as `type`. Raises ReadError."""
        return self._decode(lambda: msgspec.json.decode(raw, type=type))

    def toml(self, type: type[T]) -> T:
        """The content decoded as TOML into `type`. Raises ReadError."""
        self._not_empty()
        if len(self.data) > MAX_TOML:
            self.error(f"is TOML of more than {MAX_TOML // 2**20} MiB")
        import rtoml  # a 4 MB uv.lock: 0.05 s; tomllib 0.46 s

        return self._decode(lambda: msgspec.convert(rtoml.loads(self.text), type))

    def yaml(self, type: type[T]) -> T:
        """The content's one YAML document decoded into `type`. Raises ReadError."""
        documents = self.yaml_all()
        if len(documents) != 1:
            self.error(f"holds {len(documents)} YAML documents where one is expected")
        return self.convert(documents[0], type)

    def convert(self, document: object, type: type[T]) -> T:
        """One of `yaml_all`'s documents as `type`. Raises ReadError."""
        return self._decode(lambda: msgspec.convert(document, type, strict=False))

    def yaml_all(self) -> list[Any]:
        """All YAML documents of the content, as plain values; no tags, aliases within bounds. Raises ReadError."""
        self._not_empty()
        from scanner.read import yaml_text

        documents = self._decode(lambda: yaml_text.load_all(self.text))
        if "*" in self.text and _expanded(documents, {}, 0) > MAX_EXPANDED:
            self.error("its aliases write out to more than it may hold (an alias bomb?)")
        return documents

    def yaml_first(self) -> Any:
        """The first of `yaml_all`'s documents, None where there is none. Raises ReadError."""
        return next(iter(self.yaml_all()), None)

    def xml(self) -> "Element":
        """The root element of XML content, its names without namespaces; no entities. Raises ReadError."""
        self._not_empty()
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring

        try:
            root: Element = fromstring(self.data)
        except ParseError as error:
            line, column = error.position
            message = str(error).partition(": line")[0]
            raise ReadError(self.path, f"XML is malformed: {message}", f"line {line}, column {column + 1}") from error
        except (DefusedXmlException, ValueError, LookupError) as error:
            raise ReadError(self.path, "XML that declares entities is not read") from error
        for element in root.iter():
            if isinstance(element.tag, str):
                element.tag = element.tag.rpartition("}")[2]
        return root

    def lines(self, pattern: str, under: str = "") -> Mapping[str, int]:
        """For each first group of the multi-line `pattern`, the line, from 1, where it stands first.

        A pattern that starts with signs is found several times as fast as one that starts with "^" or a choice.
        `under` is the key at the left margin of YAML below which alone it can stand. The content is searched once per
        pattern, so a look-up per package stays linear.
        """
        found = self._lines.get((pattern, under))
        if found is None:
            first: dict[bytes, int] = {}
            for key, line in self._matches(pattern, under):
                first.setdefault(key, line)
            found = self._lines[pattern, under] = {key.decode("utf-8", "replace"): line for key, line in first.items()}
        return found

    def lines_of(self, items: Sequence[T], pattern: str) -> Iterator[tuple[T, int | None]]:
        """Each of `items` with the line of the match of `pattern` at the same place in order.

        Matches in which the first group has no part do not count. Without lines where the counts differ.
        """
        lines = [line for _, line in self._matches(pattern)]
        return zip(items, lines if len(lines) == len(items) else [None] * len(items), strict=True)

    def tables(self, items: Sequence[T], name: str) -> Iterator[tuple[T, int | None]]:
        """Each of `items`, a TOML array of tables called `name`, with the line of its key "name"."""
        return self.lines_of(items, rf"\[\[(?<=^\[\[) *{name} *\]\][^\n]*\n(?:(?!\[)[^\n]*\n)*?(name) *=")

    def _matches(self, pattern: str, under: str = "") -> Iterator[tuple[bytes, int]]:
        line, last = 1, 0
        search, count = re.compile(pattern.encode(), re.MULTILINE), self.data.count
        for part in self._parts(under) if under else [(0, len(self.data))]:
            for match in search.finditer(self.data, *part):
                start = match.start(1)
                if start < 0:
                    continue
                line, last = line + count(b"\n", last, start), start
                yield match[1], line

    def _parts(self, key: str) -> Iterator[tuple[int, int]]:
        """Where what stands under a key at the left margin of YAML starts and ends, in each document."""
        sign = rf"{key}:(?<=^{key}:)"
        for match in re.finditer(sign.encode(), self.data, re.MULTILINE):
            end = re.compile(rb"\n[^\s#]").search(self.data, match.end())
            yield match.end(), end.start() + 1 if end else len(self.data)

    def neighbour(self, name: str) -> "Source | None":
        """The file `name` beside this one, or None where there is none."""
        data = self._neighbour(name)
        if data is None:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))
        folder = posixpath.dirname(name)
        return Source(path, data, lambda other: self._neighbour(posixpath.join(folder, other)))

    def beside(self, name: str, type: type[T]) -> T | None:
        """The manifest `name` beside this file as `type`, from JSON or TOML.

        None where there is none, and with a gap where it cannot be read.
        """
        neighbour = self.neighbour(name)
        if neighbour is None:
            return None
        try:
            return neighbour.json(type) if name.endswith(".json") else neighbour.toml(type)
        except ReadError as error:
            self.gap(f"{name} beside it cannot be read: {error.message}")
            return None

    def component(
        self,
        type: str,
        name: str,
        version: str | None,
        *,
        line: int | None = None,
        scope: Scope = "runtime",
        direct: bool | None = None,
        requires: tuple[str, ...] = (),
        licence: str | None = None,
        hashes: tuple[str, ...] = (),
        qualifiers: Mapping[str, str] | None = None,
        subpath: str | None = None,
    ) -> Component:
        """A component that this file declares. Raises ReadError where its name makes no purl."""
        try:
            identity = purl.build(type, name, version, qualifiers=qualifiers, subpath=subpath)
        except ValueError as error:
            self.error(f"{type} package {name[:80]!r} has no valid name: {error}", f"line {line}" if line else "")
        return Component(
            purl=identity,
            name=name,
            version=version or None,
            scope=scope,
            direct=direct,
            locations=(Location(path=self.path, line=line),),
            requires=requires,
            licence=licence,
            hashes=hashes,
        )

    def key(self, key: str, line: int | None = None) -> None:
        """Note a word by which the rules may know what this file makes the project depend on."""
        self.keys.append(FileKey(path=self.path, key=key, line=line))

    def gap(self, reason: str, place: str = "") -> None:
        """Note that a part of this file could not be looked at."""
        if len(self.gaps) == MAX_GAPS:
            place, reason = "", f"has more than {MAX_GAPS:,} gaps; the others are left out"
        if len(self.gaps) <= MAX_GAPS:
            subject = f"{self.path}: {place}" if place else self.path
            self.gaps.append(Gap(stage="read", subject=subject, reason=reason))

    def error(self, message: str, place: str = "") -> NoReturn:
        """Give up on this file."""
        raise ReadError(self.path, message, place)

    def _not_empty(self) -> None:
        if not self.data.strip():
            self.error("is empty")

    def _decode(self, decode: Callable[[], T]) -> T:
        try:
            return decode()
        except RecursionError as error:
            raise ReadError(self.path, "is nested too deep") from error
        except msgspec.ValidationError as error:
            message, _, place = str(error).partition(" - at `")
            raise ReadError(self.path, message, place.rstrip("`")) from error
        except msgspec.DecodeError as error:
            message, place = self._malformed(str(error))
            raise ReadError(self.path, message, place) from error
        except ValueError as error:  # rtoml's, and PyYAML's of a day that is none
            message, _, place = str(error).partition(" at line ")
            place = f"line {place.replace(' column', ', column').partition(chr(10))[0]}" if place else ""
            raise ReadError(self.path, " ".join(message.split()), place) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "yaml":
                raise
            mark = getattr(error, "problem_mark", None)
            place = f"line {mark.line + 1}" if mark else ""
            problem = str(getattr(error, "problem", None) or error)
            raise ReadError(self.path, " ".join(problem.split()), place) from error

    def _malformed(self, message: str) -> tuple[str, str]:
        """msgspec says "... (byte 17)" or nothing where the input ended too early."""
        match = re.search(r" \(byte (\d+)\)$", message)
        offset = int(match[1]) if match else len(self.data)
        line = self.data.count(b"\n", 0, offset) + 1
        column = offset - self.data.rfind(b"\n", 0, offset)
        return message.partition(" (byte ")[0], f"line {line}, column {column}"


def _expanded(value: Any, memo: dict[int, int], depth: int) -> int:
    """How many nodes `value` has with every shared part counted each time it is used."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) in memo:
        return memo[id(value)]
    memo[id(value)] = MAX_EXPANDED + 1  # a structure that contains itself
    if depth > MAX_NESTING:
        return MAX_EXPANDED + 1
    children = value.values() if isinstance(value, dict) else value
    memo[id(value)] = 1 + sum(_expanded(child, memo, depth + 1) for child in children)
    return memo[id(value)]
