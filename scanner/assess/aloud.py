"""A rule of the policy as a sentence, to be read to somebody who did not write it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scanner.assess.policy import Exemption, Rule

EFFECTS = {"deny": "Deny", "warn": "Warn of", "allow": "Allow"}
VERDICTS = {
    "flagged": "that are flagged",
    "watch": "that are on watch or flagged",
    "unknown": "that are on watch, flagged or unknown",
}
CUSTODY = {
    "withdrawn": "withdrawn by their registry",
    "not-open": "without an open licence",
    "one-publisher": "with a single publisher",
    "no-release": "without a release for three years",
    "no-provenance": "without provenance",
    "not-looked-at": "whose custody was not looked at",
}
LICENCES = {"open": "an open licence", "not-open": "a licence that is not open", "unknown": "an unknown licence"}


def aloud(rule: Rule) -> str:
    """What the rule says, in one sentence, without its reason."""
    subject = {"component": "packages", "technology": "technologies"}
    what = subject[rule.about[0]] if len(rule.about) == 1 else "technologies and packages"
    parts = [CONDITIONS[name](rule.conditions[name]) for name in CONDITIONS if name in rule.conditions]
    return f"{EFFECTS[rule.effect]} {what if parts else f'all {what}'} {', '.join(parts)}".strip() + "."


def exempted(exemption: Exemption) -> str:
    """An exception in one sentence."""
    what = either([*exemption.technologies, *exemption.packages])
    rules = f" from {either(exemption.rules)}" if exemption.rules else ""
    until = f" until {exemption.until}" if exemption.until else ""
    return f"Except {what}{rules}{until}, says {exemption.owner or 'nobody by name'}: {exemption.reason.rstrip('.')}."


def either(words: Iterable[str]) -> str:
    """Alternatives as a list: a, b or c."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} or {last}" if most else last


CONDITIONS: Mapping[str, Callable[[Any], str]] = {
    "technology": lambda words: f"named {either(words)}",
    "package": lambda words: f"named {either(words)}",
    "kind": lambda words: f"of kind {either(words)}",
    "verdict": lambda word: VERDICTS[word],
    "severity": lambda number: f"of severity {number} or more",
    "direct": lambda wanted: "asked for by the project itself" if wanted else "asked for by other packages",
    "scope": lambda words: f"in scope {either(words)}",
    "service": lambda words: f"that {either(words)} relies on",
    "actor": lambda words: f"held by {either(words)}",
    "jurisdiction": lambda words: f"whose holder sits in {either(words)}",
    "licence": lambda words: f"under {either(LICENCES.get(word, word) for word in words)}",
    "custody": lambda words: either(CUSTODY[word] for word in words),
    "age": lambda months: f"without a release for {months} months",
}
