"""The languages of the reports: gettext catalogues under locale/, English where there is none.

Machine formats stay the same in every language.
"""

import gettext
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language; messages pass through untranslated where there is none."""
    return gettext.translation("outlast", LOCALE, [lang], fallback=True)


def number(value: int, lang: str) -> str:
    """A whole number with the thousands separator of the language, after Unicode CLDR."""
    return f"{value:,}".replace(",", "\u202f") if lang == "fr" else f"{value:,}"
