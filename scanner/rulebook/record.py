"""The shape of the rule records: facts about technologies and actors, never verdicts.

Every fact may be the word `unknown`; a field that the shape does not name is refused. The definitions of the
words are in rules/README.md.
"""

import datetime
from typing import Annotated, Literal

import msgspec

from scanner.model import Difficulty, Kind, Relation

Unknown = Literal["unknown"]
Specification = Literal["formal", "consortium", "published", "none"]
Control = Literal["neutral", "community", "dominated", "single-person", "single-vendor"]
Licence = Literal["open", "source-available", "proprietary"]
Copyright = Literal["distributed", "single-holder", "public-domain"]
Operation = Literal["self", "service"]
Phase = Literal["active", "maintenance", "abandoned"]
ActorKind = Literal["company", "foundation", "standards-body", "community", "person", "state"]

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z")]
Url = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s]+\Z")]
Text = Annotated[str, msgspec.Meta(min_length=1)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every part of a record is: immutable and strict."""


class Cited(Record, frozen=True, kw_only=True):
    """Where a fact can be checked. `retrieved` is when it was read; `checked: false` says that it was not."""

    url: Url
    title: Text
    retrieved: datetime.date | None = None
    checked: bool = True


class Standard(Record, frozen=True, kw_only=True):
    """One adopted document that specifies the technology."""

    body: Text
    id: Text
    title: str = ""
    url: Url | None = None


class SpecificationFacts(Record, frozen=True, kw_only=True):
    status: Specification | Unknown
    standards: list[Standard] = []


class ImplementationFacts(Record, frozen=True, kw_only=True):
    """One code base. `full` and `wire` compatibility count as independent, a documented `subset` does not."""

    name: Text
    actor: Id
    licence: str = ""
    purls: list[str] = []
    compatibility: Literal["full", "wire", "subset"] = "full"
    fork_of: str | None = None
    maintained: bool = True
    url: Url | None = None


class GovernanceFacts(Record, frozen=True, kw_only=True):
    control: Control | Unknown
    steward: Id
    licence: Licence | Unknown
    copyright: Copyright | Unknown = "unknown"


class ExitFacts(Record, frozen=True, kw_only=True):
    difficulty: Difficulty
    to: list[Id] = []
    how: str = ""


class FundingFacts(Record, frozen=True, kw_only=True):
    url: Url
    kind: Text = "donation"


class Match(Record, frozen=True, kw_only=True):
    """What binds to the technology: a `purl`, or a `file` (a glob), a `key` in files, or a `key` in such a file.

    In `purl` and `key` a trailing `*` is a prefix.
    """

    relation: Relation
    purl: str | None = None
    file: str | None = None
    key: str | None = None


class Sources(Record, frozen=True, kw_only=True):
    """At least one source for each group of facts."""

    specification: list[Cited]
    implementations: list[Cited]
    governance: list[Cited]
    lifecycle: list[Cited] = []
    exit: list[Cited] = []
    operation: list[Cited] = []


class TechnologyRecord(Record, frozen=True, kw_only=True):
    """rules/technologies/<kind>/<id>.yaml"""

    id: Id
    name: Text
    kind: Kind
    homepage: Url
    specification: SpecificationFacts
    implementations: list[ImplementationFacts] | Unknown
    governance: GovernanceFacts
    operation: Operation | Unknown
    lifecycle: Phase | Unknown
    exit: ExitFacts
    funding: list[FundingFacts] = []
    matches: list[Match] = []
    sources: Sources
    reviewed: datetime.date
    note: str = ""
    """What a reader of the record should know, such as why a contested fact was set so."""


class ActorRecord(Record, frozen=True, kw_only=True):
    """rules/actors/<id>.yaml"""

    id: Id
    name: Text
    kind: ActorKind
    jurisdiction: Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{2}|unknown|international)\Z")]
    parent: Id | None = None
    homepage: Url | None = None
    sources: list[Cited]
    reviewed: datetime.date
