"""The nouns of the program: frozen values, no I/O, no behaviour beyond their own order.

`Scan`, encoded as JSON, is the published report (docs/scan.schema.json); a saved report decodes back into it.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

SCHEMA_VERSION = "1"

Verdict = Literal["safe", "ok", "watch", "flagged", "unknown"]
Scope = Literal["runtime", "optional", "build", "test", "development"]
Relation = Literal["implements", "uses", "extends", "runs-on", "comes-from"]
Difficulty = Literal["drop-in", "port", "rewrite", "none known"]
Stage = Literal["read", "identify", "resolve", "assess", "report"]
Counts = Literal["independent", "fork", "same actor", "subset", "unmaintained"]
Criticality = Literal["vital", "important", "ordinary"]
MitigationKind = Literal["diversified", "standard", "in-house", "accepted"]
Band = Literal["low", "medium", "high", "critical"]
Level = Literal["error", "warning"]
Threshold = Literal["flagged", "watch", "unknown"]
Effect = Literal["deny", "warn", "allow"]
Concern = Literal["withdrawn", "not-open", "one-publisher", "no-release", "no-provenance", "not-looked-at"]
Kind = Literal[
    "protocol", "format", "language", "runtime", "database", "search", "cache", "broker", "storage",
    "operating-system", "hypervisor", "container", "orchestrator", "infrastructure-as-code",
    "cloud-service", "saas", "identity", "framework", "library", "build-tool", "ci", "forge",
    "registry", "cryptography", "machine-learning", "observability",
]  # fmt: skip

SCOPES: tuple[Scope, ...] = ("runtime", "optional", "build", "test", "development")


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What every noun is: immutable, compared by content, cheap to make."""


class Location(Value, frozen=True, kw_only=True):
    """Where an input declares something: the file, relative to the project, and the line from 1."""

    path: str
    line: int | None = None


def places(locations: Iterable[Location]) -> tuple[Location, ...]:
    """Distinct locations in order of path and line."""
    return tuple(sorted(set(locations), key=lambda place: (place.path, place.line or 0)))


class Gap(Value, frozen=True, kw_only=True, order=True):
    """Something that could not be looked at. A scan with gaps never reads as clean."""

    stage: Stage
    subject: str
    reason: str


class Component(Value, frozen=True, kw_only=True):
    """One package version that an input declares; the purl, in canonical form, is its identity."""

    purl: str
    name: str
    version: str | None = None
    scope: Scope = "runtime"
    direct: bool | None = None
    """Whether the project asks for it itself; None where the format does not tell."""
    locations: tuple[Location, ...] = ()
    requires: tuple[str, ...] = ()
    """purls of the components it depends on."""
    licence: str | None = None
    hashes: tuple[str, ...] = ()


class SourceFile(Value, frozen=True, kw_only=True, order=True):
    """One input file that was read, by which reader, and how many components it declared."""

    path: str
    format: str
    components: int


class FileKey(Value, frozen=True, kw_only=True, order=True):
    """A word inside a file that says what the project runs on: a resource type, an apiVersion, a provider."""

    path: str
    key: str
    line: int | None = None


class Inventory(Value, frozen=True, kw_only=True):
    """The components of one project, the files they came from, and what could not be read."""

    project: str
    path: str = ""
    sources: tuple[SourceFile, ...] = ()
    components: tuple[Component, ...] = ()
    files: tuple[str, ...] = ()
    """Other files whose presence says something."""
    keys: tuple[FileKey, ...] = ()
    """What stands in files, in words that the rules may know."""
    gaps: tuple[Gap, ...] = ()


class Binding(Value, frozen=True, kw_only=True, order=True):
    """What ties a component to a technology, by its id."""

    id: str
    relation: Relation


class Borrowed(Value, frozen=True, kw_only=True):
    """A fact that the registry does not tell, and the address of another source that does."""

    fact: str
    source: str


class Facts(Value, frozen=True, kw_only=True):
    """Custody of one package as its registry tells it; None is "the registry does not say"."""

    publishers: int | None = None
    """How many accounts can publish a release."""
    organisation: str | None = None
    repository: str | None = None
    licence: str | None = None
    """An SPDX licence expression, or the registry's own words where it is none."""
    latest: str | None = None
    released: str | None = None
    """Date of the latest release, ISO 8601."""
    withdrawn: str | None = None
    """Why the registry says not to use it: deprecated, yanked, archived, with its message."""
    successor: str | None = None
    provenance: bool | None = None
    funding: tuple[str, ...] = ()
    source: str = ""
    """The address that was asked."""
    retrieved: str = ""
    """Date of the answer, ISO 8601."""
    stale: bool = False
    """The registry could not be reached and this is what the cache still had."""
    borrowed: tuple[Borrowed, ...] = ()
    """Which of the facts come from elsewhere than `source`."""


class Custody(Value, frozen=True, kw_only=True):
    """The verdict on who holds a package, and why."""

    verdict: Verdict = "unknown"
    reasons: tuple[str, ...] = ()
    bounds: tuple[Verdict, Verdict] = ("ok", "flagged")
    """The best and the worst verdict that the facts leave open; equal where they decide."""
    facts: Facts | None = None


class Assessed(Component, frozen=True, kw_only=True):
    """A component with all that the scan found out about it."""

    technologies: tuple[Binding, ...] = ()
    custody: Custody = Custody()
    verdict: Verdict = "unknown"
    score: int | None = None
    """That of the technology which decides the verdict; None where custody does, which has no score."""
    severity: int = 1


class Reason(Value, frozen=True, kw_only=True):
    """One line of a verdict's sum: the fact, its value, what it does to the verdict, who says so."""

    fact: str
    value: str
    effect: str
    source: str = ""
    """Address where the fact can be checked; empty for what is computed, and for a lifecycle that needs no source."""
    checked: str | None = None
    """Date the source was read, ISO 8601; None where the fact is general knowledge, not re-read."""


class Implementation(Value, frozen=True, kw_only=True):
    """One code base that provides a technology, and how the removal test counts it."""

    name: str
    actor: str
    licence: str = ""
    counts: Counts = "independent"


class Exit(Value, frozen=True, kw_only=True):
    """How one leaves: to which technologies (ids), how hard, and how."""

    difficulty: Difficulty = "none known"
    to: tuple[str, ...] = ()
    how: str = ""
    names: tuple[str, ...] = ()
    """What people call them, in the order of `to`."""


class Funding(Value, frozen=True, kw_only=True):
    """Where money for a commons goes in."""

    url: str
    kind: str = "donation"


class Technology(Value, frozen=True, kw_only=True):
    """A technology that the project depends on, with its verdict and all of the evidence."""

    id: str
    name: str
    kind: Kind
    verdict: Verdict
    score: int | None
    score_range: tuple[int, int]
    """Worst and best score that the unknown facts still allow; equal where all are known."""
    severity: int
    exit: Exit
    steward: str | None
    """The actor whose loss the removal test asks about."""
    actors: tuple[str, ...]
    """The steward first, then the other implementers."""
    components: tuple[str, ...]
    files: tuple[str, ...]
    """Paths whose mere presence implies it."""
    relations: tuple[Relation, ...]
    locations: tuple[Location, ...]
    why: tuple[tuple[str, ...], ...]
    """Shortest paths of purls from a direct dependency to a component that binds to it."""
    summary: str
    """The verdict in one plain sentence, computed from the facts."""
    reasons: tuple[Reason, ...]
    implementations: tuple[Implementation, ...]
    survivors: tuple[str, ...]
    """Names of what is left when the steward is gone."""
    takeover: bool | None = None
    """Whether anyone may and can carry it on alone; None where a fact is unknown."""
    settles: tuple[str, ...] = ()
    """The unknown facts that would settle an unknown verdict."""
    homepage: str = ""
    funding: tuple[Funding, ...] = ()
    reviewed: str = ""


class Actor(Value, frozen=True, kw_only=True):
    """Who controls something, and the project's technologies that hang on it."""

    id: str
    name: str
    kind: str
    jurisdiction: str | None
    """ISO 3166-1 alpha-2, "international" where there is no single seat; None where it is unknown."""
    parent: str | None
    owner: str
    """The end of the parent chain; the actor itself where it has no parent."""
    technologies: tuple[str, ...]


class SinglePoint(Value, frozen=True, kw_only=True):
    """An actor without which at least one technology stops, and what stops."""

    actor: str
    technologies: tuple[str, ...]
    components: int
    severity: int


class Cut(Value, frozen=True, kw_only=True):
    """A smallest set of owners whose loss together stops a vital service, and by which technologies."""

    service: str
    actors: tuple[str, ...]
    technologies: tuple[str, ...]


class Share(Value, frozen=True, kw_only=True):
    """A part of the whole: the technologies held by one actor or under one jurisdiction."""

    name: str
    technologies: int
    share: float


class Concentration(Value, frozen=True, kw_only=True):
    """How few hands hold the technologies: Herfindahl-Hirschman index, 0 to 10,000.

    Bands after the merger guidelines of the US DOJ and FTC (2023): above 1,000 moderate, above 1,800 high.
    """

    index: int
    band: Literal["low", "moderate", "high"]
    shares: tuple[Share, ...]


class Outlook(Value, frozen=True, kw_only=True):
    """The what-ifs of a scan."""

    single_points: tuple[SinglePoint, ...]
    concentration: dict[str, Concentration]
    """By `actor` and by `jurisdiction`."""
    cuts: tuple[Cut, ...] = ()


class Service(Value, frozen=True, kw_only=True):
    """A service of the business, and what it relies on."""

    name: str
    criticality: Criticality
    technologies: tuple[str, ...]
    components: tuple[str, ...]


class Mitigation(Value, frozen=True, kw_only=True):
    """What was done about a risk, by whom, and until when it counts."""

    kind: MitigationKind
    note: str = ""
    owner: str = ""
    until: str | None = None


class Risk(Value, frozen=True, kw_only=True):
    """One row of the register: a failure mode in the words of IEC 60812, treated as ISO 31000 says."""

    id: str
    """Stable: the technology and the actor."""
    failure_mode: str
    technology: str
    actor: str
    effect: str
    severity: int
    """1 to 5: how grave the loss is."""
    likelihood: int
    """1 to 5: by the score, how little stands in the way of the loss."""
    difficulty: int
    """1 to 4: how hard leaving is."""
    raw: int
    """severity x likelihood x difficulty, at most 100."""
    residual: int
    """The same with the mitigations in force; never more than raw."""
    band: Band
    """Of the residual risk."""
    services: tuple[str, ...]
    why: tuple[str, ...]
    mitigations: tuple[Mitigation, ...]
    next_step: str


class Finding(Value, frozen=True, kw_only=True):
    """A technology, or a component by its custody, at or above the threshold."""

    kind: Literal["technology", "component"]
    id: str
    name: str
    verdict: Verdict
    severity: int
    message: str
    locations: tuple[Location, ...]
    why: tuple[tuple[str, ...], ...]
    remedy: str
    rule: str = ""
    """The rule of the policy that makes it one; empty where the threshold of the scan does."""
    level: Level = "error"
    """A warning is shown, and fails nothing."""
    known: bool = False
    """Whether the baseline has it: it is shown, and fails nothing."""


class Summary(Value, frozen=True, kw_only=True):
    """The first screen in figures."""

    components: int
    technologies: int
    verdict: Verdict
    score: int | None
    by_verdict: dict[Verdict, int]
    """Technologies by verdict."""
    components_by_verdict: dict[Verdict, int]
    custody_known: int
    """Components whose custody was looked at."""
    custody_total: int


class Tool(Value, frozen=True, kw_only=True):
    """Which program, rules and method made the report."""

    name: str
    version: str
    rules: int
    generated: str
    offline: bool


class Project(Value, frozen=True, kw_only=True):
    """What was scanned."""

    name: str
    path: str


class Scan(Value, frozen=True, kw_only=True):
    """The whole report: what every output format shows."""

    schema_version: str
    tool: Tool
    project: Project
    sources: tuple[SourceFile, ...]
    summary: Summary
    findings: tuple[Finding, ...]
    technologies: tuple[Technology, ...]
    actors: tuple[Actor, ...]
    components: tuple[Assessed, ...]
    outlook: Outlook
    gaps: tuple[Gap, ...]
    services: tuple[Service, ...] = ()
    """Those that the configuration declares."""
    register: tuple[Risk, ...] = ()
    """Highest residual risk first."""
