"""A rule of the policy as a sentence, to be read to somebody who did not write it."""

from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations
from typing import Any

from scanner.assess.policy import Exemption, Rule
from scanner.phrases import mark

ENGLISH = NullTranslations()
SUBJECTS = {
    ("component",): (mark("packages"), mark("all packages")),
    ("technology",): (mark("technologies"), mark("all technologies")),
    ("technology", "component"): (mark("technologies and packages"), mark("all technologies and packages")),
}
"""What a rule is about, with conditions and without."""
EFFECTS = {
    "deny": mark("Deny {what}."),
    "warn": mark("Warn of {what}."),
    "allow": mark("Allow {what}."),
}
VERDICTS = {
    "flagged": mark("that are flagged"),
    "watch": mark("that are on watch or flagged"),
    "unknown": mark("that are on watch, flagged or unknown"),
}
CUSTODY = {
    "withdrawn": mark("withdrawn by their registry"),
    "not-open": mark("without an open licence"),
    "one-publisher": mark("with a single publisher"),
    "no-release": mark("without a release for three years"),
    "no-provenance": mark("without provenance"),
    "not-looked-at": mark("whose custody was not looked at"),
}
LICENCES = {
    "open": mark("an open licence"),
    "not-open": mark("a licence that is not open"),
    "unknown": mark("an unknown licence"),
}
SEATS = {"international": mark("no single country"), "unknown": mark("a country that nobody knows")}
DIRECT = {True: mark("asked for by the project itself"), False: mark("asked for by other packages")}


def aloud(rule: Rule, words: NullTranslations = ENGLISH) -> str:
    """What the rule says, in one sentence, without its reason."""
    conditions = [name for name in CONDITIONS if name in rule.conditions]
    narrow, wide = SUBJECTS[rule.about]
    parts = [CONDITIONS[name](rule.conditions[name], words) for name in conditions]
    what = " ".join(filter(None, (_said(narrow if parts else wide, words), ", ".join(parts))))
    return _said(EFFECTS[rule.effect], words, what=what)


def exempted(exemption: Exemption, words: NullTranslations = ENGLISH) -> str:
    """An exception in one sentence."""
    rules = _said(mark(" from {rules}"), words, rules=either(exemption.rules, words)) if exemption.rules else ""
    until = _said(mark(" until {date}"), words, date=exemption.until) if exemption.until else ""
    return _said(
        mark("Except {what}{rules}{until}, says {owner}: {reason}."),
        words,
        what=either([*exemption.technologies, *exemption.packages], words),
        rules=rules,
        until=until,
        owner=exemption.owner or _said(mark("nobody by name"), words),
        reason=exemption.reason.rstrip("."),
    )


def either(alternatives: Iterable[str], words: NullTranslations = ENGLISH) -> str:
    """Alternatives as a list: a, b or c."""
    *most, last = list(alternatives) or [""]
    return f"{', '.join(most)}{_said(mark(' or '), words)}{last}" if most else last


def _said(message: str, words: NullTranslations, **values: object) -> str:
    said = words.gettext(message)
    return said.format(**values) if values else said


def _listed(message: str, names: Mapping[str, str] | None = None) -> "Condition":
    """A condition that any of several words fulfils."""

    def read(alternatives: Iterable[str], words: NullTranslations) -> str:
        known = names or {}
        return _said(message, words, any=either([_said(known.get(word, word), words) for word in alternatives], words))

    return read


Condition = Callable[[Any, NullTranslations], str]
CONDITIONS: Mapping[str, Condition] = {
    "technology": _listed(mark("named {any}")),
    "package": _listed(mark("named {any}")),
    "kind": _listed(mark("of kind {any}")),
    "verdict": lambda word, words: _said(VERDICTS[word], words),
    "severity": lambda number, words: _said(mark("of severity {number} or more"), words, number=number),
    "direct": lambda wanted, words: _said(DIRECT[wanted], words),
    "scope": _listed(mark("in scope {any}")),
    "service": _listed(mark("that {any} relies on")),
    "actor": _listed(mark("held by {any}")),
    "jurisdiction": _listed(mark("whose holder sits in {any}"), SEATS),
    "licence": _listed(mark("under {any}"), LICENCES),
    "custody": lambda found, words: either([_said(CUSTODY[word], words) for word in found], words),
    "age": lambda months, words: _said(mark("without a release for {months} months"), words, months=months),
}
