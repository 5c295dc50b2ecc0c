"""What goes to a worker and what comes back: small values that cross process and machine as MessagePack and JSON.

The fields of `Result` and of its rows are the columns of the store's tables (schema.sql).
"""

from scanner.model import Binding, Criticality, Difficulty, Gap, Kind, Value, Verdict


class Entry(Value, frozen=True, kw_only=True):
    """One project of the plan: where its input is, and what people know of it."""

    name: str
    path: bytes
    """As the file system spells it: not every name is text."""
    owner: str = ""
    criticality: Criticality | None = None
    labels: tuple[str, ...] = ()
    key: str = ""
    """What it is called where it comes from; a report of it is called like that."""


class Job(Value, frozen=True, kw_only=True):
    """A project to read; nothing comes back of one whose digest is `known`."""

    number: int
    entry: Entry
    known: bytes = b""
    data: bytes | None = None
    """The file itself, where the worker cannot open it."""


class Reading(Value, frozen=True, kw_only=True):
    """What was read of a project, or why nothing was."""

    number: int
    digest: bytes = b""
    """Of the content and of what the plan says about the project; empty where there was no content."""
    unchanged: bool = False
    inventory: bytes = b""
    """An `Inventory` as compressed MessagePack."""
    purls: bytes = b""
    """Those of its packages, the same way."""
    failure: Gap | None = None


class Package(Value, frozen=True, kw_only=True):
    """A distinct package version of the portfolio."""

    purl: str
    custody: bytes = b""
    """A `Custody` as MessagePack; nothing where none is known."""


class Task(Value, frozen=True, kw_only=True):
    """A project to assess, with what the registries say of its packages."""

    entry: Entry
    digest: bytes
    inventory: bytes
    custody: dict[str, bytes]
    """A `Custody` by purl, as MessagePack."""
    failure: Gap | None = None


class ComponentRow(Value, frozen=True, kw_only=True):
    purl: str
    scope: str
    direct: bool | None
    verdict: str
    score: int | None
    severity: int


class UseRow(Value, frozen=True, kw_only=True):
    """How a project depends on one technology."""

    technology: str
    severity: int
    components: int
    risk: int | None
    residual: int | None
    location: str
    why: str


class FindingRow(Value, frozen=True, kw_only=True):
    kind: str
    id: str
    name: str
    verdict: str
    severity: int
    message: str
    location: str
    why: str


class Result(Value, frozen=True, kw_only=True):
    """Everything that the store keeps of one project."""

    project: str
    path: str
    owner: str
    criticality: Criticality | None
    labels: tuple[str, ...]
    digest: str
    failed: bool
    verdict: Verdict = "unknown"
    score: int | None = None
    flagged: int = 0
    custody_known: int = 0
    components: tuple[ComponentRow, ...] = ()
    uses: tuple[UseRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    gaps: tuple[Gap, ...] = ()


class PackageRow(Value, frozen=True, kw_only=True):
    purl: str
    type: str
    name: str
    version: str | None
    custody: Verdict
    reasons: tuple[str, ...]
    licence: str | None
    publishers: int | None
    organisation: str | None
    repository: str | None
    latest: str | None
    released: str | None
    withdrawn: str | None
    provenance: bool | None
    funding: tuple[str, ...]
    bindings: tuple[Binding, ...]
    """What ties it to technologies."""


class TechnologyRow(Value, frozen=True, kw_only=True):
    technology: str
    name: str
    kind: Kind
    verdict: Verdict
    score: int | None
    steward: str | None
    owner: str | None
    difficulty: Difficulty
    way_out: str
    funding: str | None
    record: str


class ActorRow(Value, frozen=True, kw_only=True):
    actor: str
    name: str
    kind: str
    jurisdiction: str | None
    parent: str | None
    owner: str
