"""What a registry's answers are boiled down to, and what of it holds for one version of the package."""

from typing import NamedTuple

import msgspec

from scanner.model import Facts

LONGEST = 300
"""Characters of what a package's author may have the registry say."""
MOST = 10
"""Funding links of one package."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The custody of a package, and which of its versions are withdrawn."""

    facts: Facts
    withdrawn: dict[str, str] = {}
    """Version to why the registry says not to use it: "yanked: broken metadata"."""

    def of_version(self, version: str | None, *, source: str, retrieved: str, stale: bool) -> Facts:
        """The facts as they hold for `version`, marked with where and when they were asked for."""
        withdrawn = self.facts.withdrawn or self.withdrawn.get(version or "")
        return msgspec.structs.replace(
            self.facts, withdrawn=withdrawn, source=self.facts.source or source, retrieved=retrieved, stale=stale
        )


class Validator(NamedTuple):
    """What lets a registry say of a document that it has not changed, RFC 9110 §13."""

    etag: str | None = None
    modified: str | None = None
    absent: bool = False
    """There was no such document."""


class Answer(NamedTuple):
    """One document as the registry gave it.

    `body` is None where there is no such document; `changed` is False where it is as the validator says.
    """

    body: bytes | None
    validator: Validator = Validator()
    changed: bool = True
    address: str = ""
    """Where it was found, if that is not under the address of the registry."""


class Entry(NamedTuple):
    """What the cache holds of one package; `record` is None where the registry has no such package."""

    validators: tuple[Validator, ...]
    fetched: float
    record: Record | None


def tidy(record: Record, source: str = "") -> Record:
    """The record with every text on one line and of sensible length; authors write what they like.

    `source` is where it was found, if that is not its address in the cache.
    """
    facts = record.facts
    texts = {name: value for name in facts.__struct_fields__ if isinstance(value := getattr(facts, name), str)}
    shortened: dict[str, object] = {name: _line(text) for name, text in texts.items()}
    shortened["funding"] = tuple(link for link in facts.funding if len(link) <= LONGEST)[:MOST]
    shortened["source"] = source
    versions = {} if facts.withdrawn else {name: _line(reason) for name, reason in record.withdrawn.items()}
    return Record(facts=msgspec.structs.replace(facts, **shortened), withdrawn=versions)


def _line(text: str) -> str:
    line = " ".join(text[: 4 * LONGEST].split())
    if not line.isprintable():
        line = "".join(char for char in line if char.isprintable())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
