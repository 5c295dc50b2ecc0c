"""The languages of the reports for people: the words of templates by gettext, and the sentences of a scan.

The catalogues are gettext's, in scanner/locale/; English is what the program itself is written in. Machine formats
stay the same in every language.
"""

import gettext
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from scanner.report.catalogue import Message, read
from scanner.report.sentences import Sentences

SEPARATORS: Mapping[str, str] = MappingProxyType({"en": ",", "fr": "\u202f"})
"""Between thousands, after Unicode CLDR."""


class Words(gettext.NullTranslations):
    """A language: what its catalogue does not have is said in English."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        found = read(lang)
        self._form = found.form
        self._messages: dict[tuple[str, str], Message] = {(item.context, item.one): item for item in found.messages}
        self.said = Sentences(found)
        """A sentence of a scan in this language."""

    def gettext(self, message: str) -> str:
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        found = self._messages.get((context, message))
        return found.forms[0] if found else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = self._messages.get(("", msgid1))
        return found.forms[self._form(n)] if found else super().ngettext(msgid1, msgid2, n)

    def say(self, message: str, /, **values: object) -> str:
        """A message with the values in their places."""
        return self.gettext(message).format(**values)

    def count(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The message for one or for many, with `count` and the other values in their places."""
        return self.ngettext(one, many, count).format(count=self.number(count), **values)

    def number(self, value: int) -> str:
        """A whole number with the thousands separator of the language."""
        return f"{value:,}".replace(",", SEPARATORS.get(self.lang, ","))


@lru_cache
def catalogue(lang: str) -> Words:
    """The language of a code such as "fr"; where there is no catalogue, English."""
    return Words(lang)


ENGLISH = catalogue("en")
