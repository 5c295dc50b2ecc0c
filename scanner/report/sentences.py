"""The sentences of a scan, which are English, in another language: found again by the pattern of their message.

A message such as "last release {released}, over {months} months ago" is recognised in the finished text; its values
go into the translation, where they are themselves messages ("in nobody's hand") translated. What no message makes,
as the words of a rule record or of a registry, stays as it is.
"""

import re
from collections.abc import Iterable, Iterator

from scanner.phrases import say
from scanner.report.catalogue import Catalogue, Message

CONTEXTS = ("sentence", "outside")
"""Of messages that are recognised: those marked by scanner.phrases, and those of gaps and registries."""
LONGEST = 1_000
MOST_JOINTS = 8
"""Beyond these a text is no sentence of ours, and not worth the search."""

LISTED = (say(", "), say(" and "))
"""Between the values of a list."""

_NAME = "(?:(?!; ).)+?"
_TEXT = ".+?"
_VALUES = {"count": r"[\d,]+", "how": _TEXT, "reason": _TEXT, "message": _TEXT, "error": _TEXT}
"""What stands in a place of this name, if not a name: a number, or the text of others, which may have joints."""

_PLACE = re.compile(r"\{(\w+)\}")
_JOINT = re.compile(r"; |(?<=\.) ")
_LIST = re.compile("|".join(LISTED))


class Sentences:
    """Says English sentences in the language of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        own = [message for message in catalogue.messages if message.context in CONTEXTS]
        self._form = catalogue.form
        self._plain = {message.one: message.forms[0] for message in own if not _PLACE.search(message.one)}
        patterns = [_Pattern(text, message) for message in own for text in _texts(message)]
        self._patterns = sorted(patterns, key=lambda pattern: -pattern.weight)
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text with every sentence of ours said in the language."""
        if text not in self._known:
            fits = len(text) <= LONGEST and len(_JOINT.findall(text)) <= MOST_JOINTS
            self._known[text] = self._sequence(text) if fits else text
        return self._known[text]

    def _sequence(self, text: str) -> str:
        """Sentence after sentence, at each place the longest that is known."""
        whole = self._sentence(text)
        if whole is not None:
            return whole
        joints = list(_JOINT.finditer(text))
        for joint in reversed(joints):
            start = self._sentence(text[: joint.start()])
            if start is not None:
                return f"{start}{self._plain.get(joint[0], joint[0])}{self._sequence(text[joint.end() :])}"
        if joints:
            unknown = joints[0].end()
            return text[:unknown] + self._sequence(text[unknown:])
        return text

    def _sentence(self, text: str) -> str | None:
        """A message, which may begin with a capital and end with a full stop."""
        stopped = [(text[:-1], ".")] if text.endswith(".") else []
        for body, stop in (*stopped, (text, "")):
            inside = self._message(body[:1].lower() + body[1:]) if body[:1].isupper() else None
            found = inside[:1].upper() + inside[1:] if inside else self._message(body)
            if found is not None:
                return found + stop
        return None

    def _message(self, text: str) -> str | None:
        if text in self._plain:
            return self._plain[text]
        for pattern in self._patterns:
            values = pattern.values(text)
            if values is not None:
                number = values.get("count", "1").replace(",", "")
                form = self._form(int(number)) if len(pattern.forms) > 1 and number.isdigit() else 0
                return pattern.forms[form].format(**{name: self._value(value) for name, value in values.items()})
        return None

    def _value(self, text: str) -> str:
        """A value, or a list of values, that may be messages themselves."""
        whole = self._message(text)
        if whole is not None:
            return whole
        pieces = _LIST.split(text)
        said = [self._message(piece) for piece in pieces]
        if None in said:
            return text
        joints = (self._plain.get(joint, joint) for joint in [*_LIST.findall(text), ""])
        return "".join(f"{piece}{joint}" for piece, joint in zip(said, joints, strict=True))


class _Pattern:
    """What the finished text of a message looks like."""

    def __init__(self, text: str, message: Message) -> None:
        literals = _PLACE.split(text)
        self._literals = [literal for literal in literals[::2] if literal]
        self.weight = sum(map(len, self._literals))
        self.forms = message.forms
        self._match = re.compile("".join(_regex(literals)), re.DOTALL).fullmatch

    def values(self, text: str) -> dict[str, str] | None:
        """The values in their places; None where the text is not of this message."""
        if not all(literal in text for literal in self._literals):
            return None
        match = self._match(text)
        return match.groupdict() if match else None


def _regex(parts: list[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        yield f"(?P<{part}>{_VALUES.get(part, _NAME)})" if number % 2 else re.escape(part)


def _texts(message: Message) -> Iterable[str]:
    return (text for text in (message.one, message.many) if _PLACE.search(text))
