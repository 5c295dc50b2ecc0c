"""Which implementations of a technology are independent of each other, after RFC 2026 §4.1.2 and RFC 6410.

Independent means an own code base and an own controlling actor, parents resolved. A maintained fork by another
actor survives the loss of its origin, so it counts apart.
"""

from collections.abc import Callable, Mapping

from scanner.model import Counts, Implementation
from scanner.rulebook.record import ImplementationFacts, TechnologyRecord


def count(record: TechnologyRecord, owner: Callable[[str], str]) -> tuple[Implementation, ...] | None:
    """Each implementation with how it counts; None where the record says unknown.

    `owner` gives the end of an actor's parent chain. What was forked from each other is one family, of which the
    steward's code base, else the origin, is independent and all others are forks. An origin that is not listed does
    another thing: of those made of it the first stands for the family.
    """
    if record.implementations == "unknown":
        return None
    known = {entry.name: entry for entry in record.implementations}
    steward = owner(record.governance.steward)
    seen: set[str] = set()
    led: set[str] = set()
    counted = []
    for entry in sorted(record.implementations, key=lambda entry: (owner(entry.actor) != steward, bool(entry.fork_of))):
        own, family = owner(entry.actor), _origin(entry, known)
        origin = known.get(entry.fork_of or "")
        counts = _counts(entry, own, owner(origin.actor) if origin else None, seen)
        if counts == "independent":
            leads = family not in led and (own == steward or origin is None)
            counts = "independent" if leads else "fork"
        if counts in ("independent", "fork"):
            seen.add(own)
            led.add(family)
        counted.append(Implementation(name=entry.name, actor=entry.actor, licence=entry.licence, counts=counts))
    return tuple(counted)


def _counts(entry: ImplementationFacts, own: str, origin: str | None, seen: set[str]) -> Counts:
    """Whether it counts at all, as "independent", or why it does not; `origin` owns what it was forked from."""
    if not entry.maintained:
        return "unmaintained"
    if entry.compatibility == "subset":
        return "subset"
    return "same actor" if own in seen or own == origin else "independent"


def _origin(entry: ImplementationFacts, known: Mapping[str, ImplementationFacts]) -> str:
    """The name of the code base that all of the family come from."""
    passed: list[str] = []
    while entry.fork_of and entry.fork_of in known and entry.name not in passed:
        passed.append(entry.name)
        entry = known[entry.fork_of]
    return entry.fork_of or entry.name
