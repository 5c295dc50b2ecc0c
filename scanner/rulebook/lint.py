"""What the shape of a record cannot say: that records agree with each other and with the definitions."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from scanner.errors import RuleError
from scanner.rulebook import load
from scanner.rulebook.index import match_key
from scanner.rulebook.record import ActorRecord, Cited, ImplementationFacts, TechnologyRecord

R = TypeVar("R", ActorRecord, TechnologyRecord)

STALE_AFTER = datetime.timedelta(days=548)
"""Eighteen months: a review older than that is a warning."""
_SPECIFIED = ("protocol", "format")
"""Kinds whose steward is whoever writes the specification; so is every steward that is a standards body."""


class Complaint(NamedTuple):
    """What is wrong with a record."""

    path: Path
    message: str
    warning: bool = False


class Book(NamedTuple):
    """All records by id, with their files."""

    technologies: dict[str, tuple[Path, TechnologyRecord]]
    actors: dict[str, tuple[Path, ActorRecord]]


def lint(root: Path, today: datetime.date, over: Path | None = None) -> list[Complaint]:
    """Every complaint about the records below `root`, errors first. A record that does not decode is one too.

    Records that lie over others are checked together with those below `over`: they may name their ids, and replace
    them. What is wrong with those alone is not said here.
    """
    book = Book({}, {})
    complaints = _read(root, book)
    if over is not None:
        under = Book({}, {})
        _read(over, under)
        book = Book(_laid(under.technologies, book.technologies), _laid(under.actors, book.actors))
    for path, actor in book.actors.values():
        complaints += [Complaint(path, text) for text in _actor(actor, book)]
    for path, record in book.technologies.values():
        complaints += [Complaint(path, text) for text in _technology(path, record, book)]
        if today - record.reviewed > STALE_AFTER:
            complaints.append(Complaint(path, f"reviewed {record.reviewed}, over 18 months ago", warning=True))
    complaints += _matches(book)
    complaints += _same_body(book)
    complaints += _same_code(book)
    complaints += _unnamed(book)
    if over is not None:
        complaints = [complaint for complaint in complaints if complaint.path.is_relative_to(root)]
    return sorted(complaints, key=lambda complaint: (complaint.warning, complaint.path, complaint.message))


def _read(root: Path, book: Book) -> list[Complaint]:
    """The records below `root`, into `book`."""
    complaints: list[Complaint] = []
    for path in sorted((root / "actors").rglob("*.yaml")):
        complaints += _collect(path, load.actor, book.actors)
    for path in sorted((root / "technologies").rglob("*.yaml")):
        complaints += _collect(path, load.technology, book.technologies)
    return complaints


def _laid(under: dict[str, tuple[Path, R]], over: dict[str, tuple[Path, R]]) -> dict[str, tuple[Path, R]]:
    """Those on top come last, so that a contradiction is theirs."""
    return {id: found for id, found in under.items() if id not in over} | over


def _collect(path: Path, read: Callable[[Path], R], into: dict[str, tuple[Path, R]]) -> Iterator[Complaint]:
    try:
        record = read(path)
    except RuleError as error:
        yield Complaint(path, str(error).removeprefix(f"{path}: "))
        return
    if record.id != path.stem:
        yield Complaint(path, f"id is {record.id}, the file is named {path.stem}")
    if record.id in into:
        yield Complaint(path, f"id {record.id} stands also in {into[record.id][0]}")
    into[record.id] = (path, record)


def _actor(actor: ActorRecord, book: Book) -> Iterator[str]:
    if actor.parent and actor.parent not in book.actors:
        yield f"unknown parent {actor.parent}"
    if not actor.sources:
        yield "has no source"
    if actor.id in _owners(actor.parent, book):
        yield "its parents go in a circle"
    yield from _sources({"sources": actor.sources})


def _owners(id: str | None, book: Book) -> list[str]:
    """An actor and those that own it, nearest first; each once, should they go in a circle."""
    chain: list[str] = []
    while id is not None and id not in chain:
        chain.append(id)
        id = book.actors[id][1].parent if id in book.actors else None
    return chain


def _same_body(book: Book) -> Iterator[Complaint]:
    """Two ids for one body would count as two independent actors."""
    seen: dict[str, str] = {}
    for path, actor in book.actors.values():
        site = re.sub(r"^https?://(www\.)?", "", actor.homepage or "").rstrip("/").casefold()
        for sign in {actor.name.casefold(), site} - {""}:
            if sign in seen:
                yield Complaint(path, f"is the same body as actor {seen[sign]}: both are {sign}")
            seen.setdefault(sign, actor.id)


def _unnamed(book: Book) -> Iterator[Complaint]:
    """Facts that no verdict and no page rests on grow old unseen."""
    named = {record.governance.steward for _, record in book.technologies.values()}
    for _, record in book.technologies.values():
        if record.implementations != "unknown":
            named |= {entry.actor for entry in record.implementations}
    named |= {owner for id in tuple(named) for owner in _owners(id, book)}
    for id in book.actors.keys() - named:
        yield Complaint(book.actors[id][0], f"no technology names actor {id}", warning=True)


def _same_code(book: Book) -> Iterator[Complaint]:
    """What is said of a code base in one record holds in all."""
    first: dict[str, tuple[str, ImplementationFacts]] = {}
    forks: dict[tuple[str, str | None], str] = {}
    for path, record in book.technologies.values():
        for entry in record.implementations if record.implementations != "unknown" else ():
            id, other = first.setdefault(entry.name, (record.id, entry))
            for fact in ("actor", "licence", "maintained"):
                here, there = getattr(entry, fact), getattr(other, fact)
                if here != there:
                    yield Complaint(path, f"implementation {entry.name}: {fact} is {here}, and {there} in {id}")
            if entry.fork_of and (entry.fork_of, entry.name) in forks:
                where = forks[entry.fork_of, entry.name]
                yield Complaint(path, f"{entry.name} is a fork of {entry.fork_of}, and the other way round in {where}")
            forks[entry.name, entry.fork_of] = record.id


def _technology(path: Path, record: TechnologyRecord, book: Book) -> Iterator[str]:
    if path.parent.name != record.kind:
        yield f"kind is {record.kind}, the folder is {path.parent.name}"
    yield from _specification(record)
    yield from _implementations(record, book)
    if record.governance.steward not in book.actors:
        yield f"unknown steward {record.governance.steward}"
    for other in record.exit.to:
        if other not in book.technologies:
            yield f"exit goes to {other}, which is no technology"
        if other == record.id:
            yield "exit goes to itself"
        elif _falls_too(record, other, book):
            yield f"exit goes to {other}, which is the same owner's: it would be lost as well"
    yield from _stewardship(record, book)
    yield from _consequences(record)
    groups = {name: getattr(record.sources, name) for name in record.sources.__struct_fields__}
    yield from (
        f"no source for {name}" for name in ("specification", "implementations", "governance") if not groups[name]
    )
    if record.lifecycle not in ("active", "unknown") and not groups["lifecycle"]:
        yield f"lifecycle is {record.lifecycle} and has no source"
    yield from _sources(groups)


def _falls_too(record: TechnologyRecord, other: str, book: Book) -> bool:
    """Whether a way out has the same owner, a company or person, and is nothing that others can run and carry on."""
    if other not in book.technologies:
        return False
    way = book.technologies[other][1]
    here, there = (_owners(item.governance.steward, book)[-1] for item in (record, way))
    alone = here in book.actors and book.actors[here][1].kind in ("company", "person")
    return alone and here == there and (way.operation != "self" or way.governance.licence != "open")


def _stewardship(record: TechnologyRecord, book: Book) -> Iterator[str]:
    """Else the loss of a product's steward reads as if the product went on by itself."""
    steward = book.actors.get(record.governance.steward)
    specified = record.kind in _SPECIFIED or (steward and steward[1].kind == "standards-body")
    if specified or record.implementations == "unknown":
        return
    name = record.name.casefold()
    own = [entry for entry in record.implementations if f"{entry.name.casefold()} ".startswith(f"{name} ")]
    owner = _owners(record.governance.steward, book)[-1]
    if own and all(_owners(entry.actor, book)[-1] != owner for entry in own):
        yield f"steward is {record.governance.steward}, but {own[0].name} itself is {own[0].actor}'s: name one actor"


def _consequences(record: TechnologyRecord) -> Iterator[str]:
    """A way out of every technology, be it that there is none, and a way to pay for what is a commons."""
    if not record.exit.how:
        yield "exit does not say how"
    commons = record.governance.licence == "open" and record.governance.control in ("neutral", "community")
    if commons and not record.funding:
        yield "a commons needs funding: where money or work goes in"


def _sources(groups: Mapping[str, Sequence[Cited]]) -> Iterator[str]:
    for name, cited in groups.items():
        for source in cited:
            if source.checked and source.retrieved is None:
                yield f"{name}: {source.url} has no retrieved date (or say checked: false)"
            if not source.checked and source.retrieved is not None:
                yield f"{name}: {source.url} is checked: false but has a retrieved date"


def _specification(record: TechnologyRecord) -> Iterator[str]:
    if record.specification.status in ("formal", "consortium") and not record.specification.standards:
        yield f"a {record.specification.status} specification needs its document under standards"


def _implementations(record: TechnologyRecord, book: Book) -> Iterator[str]:
    if record.implementations == "unknown":
        return
    names = [entry.name for entry in record.implementations]
    for entry in record.implementations:
        if entry.actor not in book.actors:
            yield f"implementation {entry.name}: unknown actor {entry.actor}"
        if names.count(entry.name) > 1:
            yield f"implementation {entry.name} stands twice"
        if entry.fork_of == entry.name:
            yield f"implementation {entry.name} is a fork of itself"
        if not _is_expression(entry.licence):
            yield f"implementation {entry.name}: {entry.licence} is no SPDX expression (LicenseRef-… for others)"
    if not names and record.lifecycle != "abandoned":
        yield "implementations is empty: a living technology has at least its own"


@cache
def _is_expression(licence: str) -> bool:
    """Whether it is an expression of SPDX's identifiers and of LicenseRefs, or nothing is said."""
    from license_expression import ExpressionError, ExpressionParseError  # type: ignore[import-untyped]

    try:
        unknown = _licensing().unknown_license_keys(licence, strict=True)
    except (ExpressionError, ExpressionParseError):
        return False
    return all(name.startswith("LicenseRef-") for name in unknown)


@cache
def _licensing() -> Any:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def _matches(book: Book) -> Iterator[Complaint]:
    """A package of two technologies is fine; two rules that say the same or contradict each other are not."""
    seen: dict[tuple[str, bool], dict[str, str]] = {}
    for path, record in book.technologies.values():
        for match in record.matches:
            if (match.purl is None) == (match.file is None and match.key is None):
                yield Complaint(path, "a match has one of purl and file, or a key, alone or with a file")
            if match.purl is None or match.file or match.key:
                continue
            try:
                key = match_key(match.purl)
            except ValueError as error:
                yield Complaint(path, f"{match.purl}: {error}")
                continue
            relations = seen.setdefault(key, {})
            if record.id in relations:
                yield Complaint(path, f"{match.purl} stands twice (a Go module's major versions are one)")
            relations[record.id] = match.relation
    yield from _shadowed(book, seen)


def _shadowed(book: Book, seen: dict[tuple[str, bool], dict[str, str]]) -> Iterator[Complaint]:
    """A match is shadowed where a shorter pattern of the same record and relation already says it."""
    prefixes = {key: by for (key, is_prefix), by in seen.items() if is_prefix}
    for (key, _), by in seen.items():
        wider = next((key[:end] for end in range(len(key) - 1, 0, -1) if key[:end] in prefixes), None)
        exact_twin = prefixes.get(key) if (key, False) in seen else None
        for other in (prefixes.get(wider or "", {}), exact_twin or {}):
            if other and other == by:
                for id in by:
                    yield Complaint(book.technologies[id][0], f"{key} is already matched by {wider or key}*")
