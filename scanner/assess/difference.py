"""What is different between two scans: technologies, actors and packages that came, went, became better or worse.

A package is the same whatever its version; several versions of it count as the worst of them. What was not looked
at on either side is no change.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from scanner.assess import COUNT_ONCE, baseline
from scanner.assess.verdicts import ORDER, worst
from scanner.model import Assessed, Finding, Location, Scan, Technology, Value, Verdict, places
from scanner.phrases import say
from scanner.purl import key

Way = Literal["added", "removed", "worse", "better"]
WAYS: tuple[Way, ...] = ("added", "worse", "better", "removed")


class Change(Value, frozen=True, kw_only=True):
    """One technology, actor or package that is not as it was."""

    way: Way
    id: str
    """Of a technology or an actor its id, of a package its purl without version."""
    name: str
    before: str | None
    """A verdict; of an actor what it could stop. None where it was not there."""
    after: str | None
    message: str
    locations: tuple[Location, ...] = ()


class Difference(Value, frozen=True, kw_only=True):
    """All that is different, in order of way and id."""

    old: str
    new: str
    technologies: tuple[Change, ...]
    actors: tuple[Change, ...]
    components: tuple[Change, ...]
    findings: tuple[Finding, ...]
    """Those of the new scan that the old has not, or has less grave."""


def compare(old: Scan, new: Scan, names: tuple[str, str] = ("old", "new")) -> Difference:
    """What `new` has that `old` has not, and the other way round; `names` are what the two are called."""
    return Difference(
        old=names[0],
        new=names[1],
        technologies=_sorted(_technologies(old, new)),
        actors=_sorted(_actors(old, new)),
        components=_sorted(_components(old, new)),
        findings=tuple(finding for finding in baseline.mark(new.findings, _known(old)) if not finding.known),
    )


def _known(scan: Scan) -> dict[str, Verdict]:
    """All that a scan has, as a baseline would, whatever the threshold of its own findings was."""
    known: dict[str, Verdict] = {f"technology:{item.id}": item.verdict for item in scan.technologies}
    for component in scan.components:
        id = baseline.identity_of(component.purl)
        known[id] = worst([component.custody.verdict, known.get(id, "safe")])
    return known


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: (WAYS.index(change.way), -_grave(change), change.id)))


def _grave(change: Change) -> int:
    verdict = change.after or change.before
    return ORDER.index(verdict) if verdict in ORDER else 0


def _technologies(old: Scan, new: Scan) -> Iterable[Change]:
    before, after = ({item.id: item for item in scan.technologies} for scan in (old, new))
    for id in before.keys() | after.keys():
        was, now = before.get(id), after.get(id)
        way = _way(_rank(was) if was else None, _rank(now) if now else None)
        one = now or was
        if way and one:
            yield Change(
                way=way,
                id=id,
                name=one.name,
                before=was.verdict if was else None,
                after=now.verdict if now else None,
                message=one.summary,
                locations=now.locations if now else (),
            )


def _rank(technology: Technology) -> tuple[int, int]:
    return ORDER.index(technology.verdict), -technology.score_range[0]


def _components(old: Scan, new: Scan) -> Iterable[Change]:
    before, after = (_packages(scan.components) for scan in (old, new))
    for id in before.keys() | after.keys():
        was, now = before.get(id), after.get(id)
        ranks = [ORDER.index(worst(item.verdict for item in group)) if group else None for group in (was, now)]
        unseen = was and now and "unknown" in (_verdict(was), _verdict(now))
        way = None if unseen else _way(*ranks)
        group = now or was
        if way and group:
            yield Change(
                way=way,
                id=id,
                name=group[0].name,
                before=_verdict(was) if was else None,
                after=_verdict(now) if now else None,
                message=_reasons(group),
                locations=places(place for item in now or () for place in item.locations),
            )


def _packages(components: Iterable[Assessed]) -> Mapping[str, list[Assessed]]:
    found: dict[str, list[Assessed]] = {}
    for component in components:
        found.setdefault(f"pkg:{key(component.purl)}", []).append(component)
    return found


def _verdict(group: list[Assessed]) -> Verdict:
    return worst(item.verdict for item in group)


def _reasons(group: list[Assessed]) -> str:
    """What its verdict comes from: what there is to say of its custody, and what it binds to."""
    bad = max(group, key=lambda item: ORDER.index(item.verdict))
    of_custody = bad.custody.reasons if bad.custody.verdict in ("flagged", "watch") else ()
    bound = [f"{item.relation} {item.id}" for item in bad.technologies if item.relation not in COUNT_ONCE]
    return "; ".join([*bound, *of_custody])


def _actors(old: Scan, new: Scan) -> Iterable[Change]:
    """Those that hold a technology themselves, by what they could stop."""
    before, after = _stops(old), _stops(new)
    names = {actor.id: actor for scan in (old, new) for actor in scan.actors}
    for id in before.keys() | after.keys():
        was, now = before.get(id), after.get(id)
        way = _way(None if was is None else len(was), None if now is None else len(now))
        actor = names.get(id)
        owner = names.get(actor.owner) if actor else None
        if way and actor:
            yield Change(
                way=way,
                id=id,
                name=f"{actor.name} ({owner.name})" if owner and owner is not actor else actor.name,
                before=None if was is None else ", ".join(was),
                after=None if now is None else ", ".join(now),
                message=_can_stop(was if now is None else now),
            )


def _stops(scan: Scan) -> dict[str, list[str]]:
    """By the id of each steward, the names of what nobody else could carry on."""
    found: dict[str, list[str]] = {}
    for technology in scan.technologies:
        if technology.steward:
            alone = found.setdefault(technology.steward, [])
            if technology.verdict == "flagged":
                alone.append(technology.name)
    return found


def _can_stop(names: list[str] | None) -> str:
    return say("Can stop {names}.", names=", ".join(names)) if names else say("Can stop nothing alone.")


def _way(was: object, now: object) -> Way | None:
    """How something changed by its ranks, higher being worse; None where it is as it was."""
    if was is None:
        return None if now is None else "added"
    if now is None:
        return "removed"
    if was == now:
        return None
    return "worse" if now > was else "better"  # type: ignore[operator]
