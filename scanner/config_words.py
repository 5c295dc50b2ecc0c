"""Words of the configuration that name something elsewhere: a service, a rule, a technology, an actor, a package.

A rule that names what does not exist never fits, and nobody would notice; so that is an error, with the nearest name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from scanner.config import Config, Some
from scanner.config_errors import line_of, near
from scanner.errors import ConfigError

BY_ID = "technology:"
COUNTRY = re.compile(r"[A-Z]{2}|international|unknown")


class Ids(Protocol):
    """The rule records, by their ids."""

    @property
    def ids(self) -> Sequence[str]: ...
    @property
    def actor_ids(self) -> Sequence[str]: ...


class Word(NamedTuple):
    """A word, where it stands, and what is wrong with it."""

    table: str
    number: int
    key: str
    problem: str


def check_words(config: Config, ids: Ids) -> None:
    """Raises ConfigError for the first word of the configuration that should name something and does not."""
    for word in _wrong(config, ids):
        if config.path is None:
            raise ConfigError(f"{word.table}.{word.key}: {word.problem}")
        line = line_of(config.path.read_text("utf-8"), word.table, word.number, word.key)
        raise ConfigError(f"{config.path}:{line}: {word.table}.{word.key}: {word.problem}")


def _wrong(config: Config, ids: Ids) -> Iterator[Word]:
    file = config.file
    services, names = [service.name for service in file.service], [rule.name for rule in file.policy]
    for number, service in enumerate(file.service):
        wanted = tuple(word.removeprefix(BY_ID) for word in service.uses if word.startswith(BY_ID))
        yield from _unknown("service", number, "uses", wanted, ids.ids, "no such technology")
    for number, rule in enumerate(file.policy):
        if rule.name in names[:number]:
            yield Word("policy", number, "name", f"{rule.name!r} is the name of a rule above; give it its own")
        yield from _unknown("policy", number, "service", rule.service, services, "no [[service]] of that name")
        yield from _unknown("policy", number, "technology", rule.technology, ids.ids, "no such technology")
        yield from _unknown("policy", number, "actor", rule.actor, ids.actor_ids, "no such actor")
        yield from _no_country(number, rule.jurisdiction)
        yield from _no_purl("policy", number, rule.package)
    for number, item in enumerate(file.exception):
        if not item.technology and not item.package:
            yield Word("exception", number, "reason", "for what? add the key 'technology' or 'package'")
        yield from _unknown("exception", number, "technology", item.technology, ids.ids, "no such technology")
        yield from _unknown("exception", number, "rule", item.rule, names, "no [[policy]] of that name")
        yield from _no_purl("exception", number, item.package)
    for number, mitigation in enumerate(file.mitigation):
        yield from _unknown("mitigation", number, "technology", mitigation.technology, ids.ids, "no such technology")


def _unknown(table: str, number: int, key: str, words: Some, known: Sequence[str], what: str) -> Iterator[Word]:
    for word in _each(words):
        if not any(sign in word for sign in "*?[") and word not in known:
            hint = near(word, known) or "`outlast rules list` shows them all"
            yield Word(table, number, key, f"{word!r}: {what}; {hint}")


def _no_country(number: int, words: Some) -> Iterator[Word]:
    for word in _each(words):
        if not COUNTRY.fullmatch(word):
            yield Word(
                "policy", number, "jurisdiction", f"{word!r}: wants a code such as FR, or international, or unknown"
            )


def _no_purl(table: str, number: int, words: Some) -> Iterator[Word]:
    for word in _each(words):
        if not word.startswith("pkg:"):
            yield Word(table, number, "package", f"{word!r}: wants a purl or a glob of purls, such as pkg:npm/left-*")


def _each(words: Some) -> Iterable[str]:
    return (words,) if isinstance(words, str) else words
