"""The messages of one language, read from its gettext catalogue: locale/LANG/LC_MESSAGES/outlast.po.

Format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. It is read as it stands: the standard
library reads only the compiled form, which leaves out the plural in English that sentences are recognised by.
"""

import ast
import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

LOCALE = Path(__file__).parent.parent / "locale"
_PLURAL = re.compile(r"^Plural-Forms:.*plural=([^;\n]+)", re.MULTILINE)


class Message(NamedTuple):
    """An entry: what is said in English, of one and of many, and the same in the language, a text a form."""

    context: str
    one: str
    many: str
    forms: tuple[str, ...]


class Catalogue(NamedTuple):
    messages: tuple[Message, ...]
    form: Callable[[int], int]
    """The number of the form for a count."""


def languages() -> list[str]:
    """English, and those that there is a catalogue of."""
    return ["en", *sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/outlast.po"))]


def read(lang: str) -> Catalogue:
    """The catalogue of a language; of English an empty one."""
    path = LOCALE / lang / "LC_MESSAGES" / "outlast.po"
    if not path.is_file():
        return Catalogue((), lambda count: int(count != 1))
    found = list(_messages(path.read_text(encoding="utf-8")))
    header = next(message.forms[0] for message in found if not message.one)
    rule = _PLURAL.search(header)
    return Catalogue(
        tuple(message for message in found if message.one and all(message.forms)),
        gettext.c2py(rule[1] if rule else "n != 1"),
    )


def _messages(text: str) -> Iterator[Message]:
    for block in re.split(r"\n{2,}", text):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if not line.startswith('"'):
                name, _, line = line.partition(" ")  # noqa: PLW2901
            fields[name] = fields.get(name, "") + ast.literal_eval(line)
        if "msgid" in fields:
            forms = tuple(value for key, value in fields.items() if key.startswith("msgstr"))
            yield Message(fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""), forms)
