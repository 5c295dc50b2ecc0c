"""HashiCorp's configuration language, as far as plain assignments go.

A whole parser, python-hcl2, takes three seconds to start and reads 36 kB/s.

Format: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<comment>#[^\n]*|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z))"
    r"|<<-?(?P<here>[A-Za-z_][\w-]*)"
    r"|(?P<string>\")"
    r"|(?P<word>[A-Za-z_][\w.-]*)"
    r"|(?P<sign>[{}=\n])"
)
MAX_DEPTH = 16
"""Blocks that matter are near the top; what is deeper than this is not told apart."""
IN_STRING = re.compile(r"\\.|\$\{|[{}\"\n]")


class Assignment(NamedTuple):
    """`name = "value"` inside the blocks of `path`: ("terraform", "required_providers", "aws").

    A block that opens is one with neither name nor value. A value that is a bare word is kept as it is written.
    """

    path: tuple[str, ...]
    name: str
    value: str
    line: int


class Token(NamedTuple):
    kind: str
    text: str
    line: int


def read(text: str) -> Iterator[Assignment]:
    """All blocks and assignments in order; other values are passed over. Never fails."""
    path: list[tuple[str, ...]] = []
    words: list[str] = []
    name = ""
    for kind, value, line in _tokens(text):
        if value == "{" and kind == "sign":
            path.append((name,) if name else tuple(words))
            words, name = [], ""
            yield Assignment(_flat(path), "", "", line)
        elif kind == "sign":
            path = path[:-1] if value == "}" else path
            words, name = [], words[-1] if value == "=" and words else ""
        elif name:
            yield Assignment(_flat(path), name, value, line)
            name = ""
        else:
            words.append(value)


def _flat(path: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for step in path[:MAX_DEPTH] for word in step)


def _tokens(text: str) -> Iterator[Token]:
    """Words, strings and signs; comments and here-documents are passed over. Each character is looked at once."""
    line, counted, end = 1, 0, 0
    while match := TOKEN.search(text, end):
        start, end = match.start(), match.end()
        line, counted = line + text.count("\n", counted, start), start
        if match["here"]:
            closing = re.compile(rf"^[ \t]*{re.escape(match['here'])}[ \t]*$", re.MULTILINE).search(text, end)
            end = closing.end() if closing else len(text)
        elif match["string"]:
            close = _close(text, end)
            yield Token("string", text[end:close], line)
            end = close + 1
        elif not match["comment"]:
            yield Token(match.lastgroup or "", match[0], line)


def _close(text: str, start: int) -> int:
    """Where the string that starts here ends: quotes inside ${...} do not end it, the end of the line does."""
    depth = 0
    for match in IN_STRING.finditer(text, start):
        sign = match[0]
        if sign == "\n" or (sign == '"' and not depth):
            return match.start()
        if sign == "${" or (sign == "{" and depth):
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
    return len(text)
