"""Shell-like variables in deployment files: $NAME, ${NAME}, ${NAME:-default}, ${NAME:+other}, $$.

Format: https://docs.docker.com/reference/compose-file/interpolation/ (Dockerfiles know a part of it)
"""

import re
from collections.abc import Mapping

UNKNOWN = "\0"
"""Stands where a variable without a value was."""
MAX_NESTING = 8
MAX_LENGTH = 4096
"""Longer than any honest value; arguments that double each other grow without end."""
VARIABLE = re.compile(r"\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^{}]*))?\})")


def expand(text: str, values: Mapping[str, str]) -> str:
    """`text` with its variables replaced, innermost first; UNKNOWN for each that has neither value nor default."""
    text = text[:MAX_LENGTH]
    for _ in range(MAX_NESTING):
        if "$" not in text:
            break
        text = VARIABLE.sub(lambda match: _value(match, values), text)[:MAX_LENGTH]
    return text.replace("\1", "$")


def names(text: str) -> str:
    """The variables of `text`, for a message."""
    return ", ".join(dict.fromkeys(match[2] or match[3] for match in VARIABLE.finditer(text) if not match[1]))


def _value(match: re.Match[str], values: Mapping[str, str]) -> str:
    escaped, bare, braced, operator, word = match.groups()
    if escaped:
        return "\1"
    value = values.get(bare or braced)
    there = bool(value) if operator and operator[0] == ":" else value is not None
    if operator and operator.endswith("+"):
        return word if there else ""
    if operator and operator.endswith("-") and not there:
        return word
    return value if there and value is not None else UNKNOWN
