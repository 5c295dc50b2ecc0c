"""Which implementations of a technology are independent of each other, after RFC 2026 §4.1.2 and RFC 6410.

Independent means an own code base and an own controlling actor, parents resolved. A maintained fork by another
actor survives the loss of its origin, so it counts apart.
"""

from collections.abc import Callable

from scanner.model import Counts, Implementation
from scanner.rulebook.record import ImplementationFacts, TechnologyRecord


def count(record: TechnologyRecord, owner: Callable[[str], str]) -> tuple[Implementation, ...] | None:
    """Each implementation with how it counts, in the record's order; None where the record says unknown.

    `owner` gives the end of an actor's parent chain.
    """
    if record.implementations == "unknown":
        return None
    origins = {entry.name: owner(entry.actor) for entry in record.implementations}
    steward = owner(record.governance.steward)
    seen: set[str] = set()
    counted = []
    for entry in sorted(record.implementations, key=lambda entry: entry.fork_of is not None):
        counts = _counts(entry, owner(entry.actor), origins, steward, seen)
        if counts in ("independent", "fork"):
            seen.add(owner(entry.actor))
        counted.append(
            Implementation(name=entry.name, actor=entry.actor, licence=entry.licence, counts=counts),
        )
    return tuple(counted)


def _counts(entry: ImplementationFacts, owner: str, origins: dict[str, str], steward: str, seen: set[str]) -> Counts:
    if not entry.maintained:
        return "unmaintained"
    if entry.compatibility == "subset":
        return "subset"
    if owner in seen:
        return "same actor"
    if entry.fork_of is None:
        return "independent"
    return "same actor" if owner == origins.get(entry.fork_of, steward) else "fork"
