"""The Markdown report: for pull requests and job summaries, within the size that forges take.

GitHub Flavored Markdown: https://github.github.com/gfm/. What comes from strangers is shown as text: it makes no
markup and no link, and it calls nobody ("@name", "#1").
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from scanner.model import Scan
from scanner.report.headline import headline
from scanner.report.labels import labels
from scanner.report.language import catalogue
from scanner.report.text import MARKS
from scanner.report.translate import translated
from scanner.report.visible import package, safe

TEMPLATES = Path(__file__).parent / "templates"
LIMIT = 60_000
"""Characters; a comment at GitHub holds 65,536."""
MOST = 256
"""Rows of a table, before the limit makes them fewer."""

_SPECIAL = re.compile(r"([\\`*_\[\]|~$<>&]|^[-+=#])")
_CALLING = re.compile(r"@|#|:(?=//)|www(?=\.)", re.IGNORECASE)
_UNSEEN = "&#8203;"
"""A zero-width space: with it a forge sees neither a name, nor a number, nor an address."""


def render(scan: Scan, *, lang: str = "en") -> str:
    """The report, with as many rows as fit."""
    template = _template(lang)
    words = catalogue(lang)
    scan = translated(safe(scan), words)
    rows = MOST
    while len(text := str(template.render(scan=scan, headline=headline(scan, words), most=rows))) > LIMIT and rows > 1:
        rows //= 2
    return text


def escape(text: str) -> str:
    """Text that means nothing but itself, in a paragraph and in a table's cell."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _CALLING.sub(lambda match: match[0] + _UNSEEN, plain)


def code(text: str) -> str:
    """A code span that holds in a table's cell."""
    return f"`{' '.join(text.split()).replace('`', 'ˋ').replace('|', '¦')}`" if text.strip() else ""


@cache
def _template(lang: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        finalize=lambda value: Markup(escape(value)) if type(value) is str else value,  # noqa: S704
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(catalogue(lang), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "code": lambda text: Markup(code(text)),  # noqa: S704
        "place": lambda place: f"{place.path}:{place.line}" if place.line else place.path,
        "package": package,
    }
    words = catalogue(lang)
    colon = Markup(words.said(": "))  # noqa: S704 - ours
    environment.globals |= {"marks": MARKS, "say": labels(words), "colon": colon}
    return environment.get_template("report.md")
