"""The catalogues of scanner/locale: python -m tests.locale (make locale) adds what is new and drops what is gone.

A new message has no translation yet; a test fails until it has one. Messages are found in the code (say, plural and mark of
scanner.phrases, and the methods of scanner.report.language.Words), in the templates, and in the tables of labels.
"""

import ast
import json
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jinja2 import Environment

from scanner.report import labels
from scanner.report.catalogue import LOCALE, Message, languages
from tests.program import MODULES, nodes

PACKAGE = LOCALE.parent
TEMPLATES = (PACKAGE / "report" / "templates", PACKAGE / "report" / "portfolio" / "templates")


class Found(NamedTuple):
    """A message as the program has it."""

    context: str
    one: str
    many: str


@cache
def messages() -> tuple[Found, ...]:
    """Every message, each once, sentences first."""
    found = {*_of_code(), *_of_labels(), *_of_templates()}
    return tuple(sorted(found, key=lambda item: (item.context != "sentence", item.context, item.one)))


def _of_code() -> Iterator[Found]:
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Call):
                yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[Found]:
    texts = [item.value for item in node.args if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    if isinstance(node.func, ast.Name):
        if node.func.id == "say" and texts:
            yield Found("sentence", texts[0], "")
        elif node.func.id == "mark" and texts:
            yield Found("", texts[0], "")
        elif node.func.id == "plural" and len(texts) == 2:
            yield Found("sentence", *texts)
    elif isinstance(node.func, ast.Attribute) and texts:
        if node.func.attr in ("gettext", "say"):
            yield Found("", texts[0], "")
        elif node.func.attr == "said":
            yield Found("sentence", texts[0], "")
        elif node.func.attr in ("count", "ngettext") and len(texts) == 2:
            yield Found("", *texts)
        elif node.func.attr == "pgettext" and len(texts) == 2:
            yield Found(*texts, "")


def _of_labels() -> Iterator[Found]:
    return (Found(group, text, "") for group, words in labels.ENGLISH.items() for text in words.values())


def _of_templates() -> Iterator[Found]:
    jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    jinja.policies["ext.i18n.trimmed"] = True
    for path in sorted(path for folder in TEMPLATES for path in folder.iterdir()):
        if path.suffix in (".html", ".md"):
            for _, function, found in jinja.extract_translations(path.read_text("utf-8")):
                one, *rest = found if isinstance(found, tuple) else (found,)
                yield Found("", one, rest[0] if function == "ngettext" else "")


def main() -> None:
    """Rewrite every catalogue."""
    from scanner.report import catalogue

    for lang in languages():
        path = LOCALE / lang / "LC_MESSAGES" / "outlast.po"
        if lang != "en":
            text = path.read_text("utf-8")
            known = {(item.context, item.one): item for item in catalogue._messages(text)}
            outside = [Found(item.context, item.one, item.many) for item in known.values() if item.context == "outside"]
            entries = [_entry(item, known.get((item.context, item.one))) for item in (*messages(), *outside)]
            path.write_text("\n\n".join([text.partition("\n\n")[0], *entries]) + "\n", "utf-8")


def _entry(found: Found, known: Message | None) -> str:
    forms = known.forms if known else ("",) * (2 if found.many else 1)
    lines = [f"msgctxt {_quoted(found.context)}"] if found.context else []
    lines.append(f"msgid {_quoted(found.one)}")
    if found.many:
        lines.append(f"msgid_plural {_quoted(found.many)}")
        lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
    else:
        lines.append(f"msgstr {_quoted(forms[0])}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
