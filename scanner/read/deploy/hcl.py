"""HashiCorp's configuration language, as far as plain assignments go: a whole parser (python-hcl2) takes three seconds
to start and reads 36 kB/s.

Format: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<comment>#[^\n]*|//[^\n]*|/\*[\s\S]*?\*/)"
    r"|<<-?(?P<here>[A-Za-z_][\w-]*)[^\n]*\n(?:[^\n]*\n)*?[ \t]*(?P=here)[ \t]*(?=\n|\Z)"
    r"|\"(?P<string>(?:[^\"\\$\n]|\\.|\$(?!\{)|\$\{[^{}\"\n]*(?:\"[^\"\n]*\"[^{}\"\n]*)*\})*)\""
    r"|(?P<word>[A-Za-z_][\w.-]*)"
    r"|(?P<sign>[{}=\n])"
)


class Assignment(NamedTuple):
    """`name = "value"` inside the blocks of `path`: ("terraform", "required_providers", "aws").

    A block that opens is one with neither name nor value. A value that is a bare word is kept as it is written.
    """

    path: tuple[str, ...]
    name: str
    value: str
    line: int


def read(text: str) -> Iterator[Assignment]:
    """All blocks and assignments in order; other values are passed over. Never fails."""
    path: list[tuple[str, ...]] = []
    words: list[str] = []
    name = ""
    line, last = 1, 0
    for match in TOKEN.finditer(text):
        line, last = line + text.count("\n", last, match.start()), match.start()
        kind, sign = match.lastgroup, match["sign"]
        if sign == "{":
            path.append((name,) if name else tuple(words))
            words, name = [], ""
            yield Assignment(tuple(word for step in path for word in step), "", "", line)
        elif sign == "}":
            path = path[:-1]
            words, name = [], ""
        elif sign == "=":
            words, name = [], words[-1] if words else ""
        elif sign == "\n":
            words, name = [], ""
        elif kind in ("string", "word") and name:
            yield Assignment(tuple(word for step in path for word in step), name, match[kind], line)
            name = ""
        elif kind in ("string", "word"):
            words.append(match[kind])
