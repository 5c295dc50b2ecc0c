"""The day a backhoe cuts the cable: lose actors, jurisdictions, registries, forges or technologies; what is left?

A technology without a lawful takeover is gone when all who implement it are gone. It is degraded when its steward
is gone and something goes on without it: another implementation, a fork, or whoever takes its open code over. So
losing more never leaves more standing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from scanner.errors import UsageError
from scanner.model import Actor, Scan, Technology, Value
from scanner.phrases import say

Fate = Literal["gone", "degraded", "untouched"]
KINDS = ("actor", "country", "registry", "forge", "technology")
UNINSTALLABLE = "comes-from"


class Row(Value, frozen=True, kw_only=True):
    """What happens to one technology, and why."""

    technology: str
    fate: Fate
    because: str
    survivors: tuple[str, ...] = ()


class ServiceRow(Value, frozen=True, kw_only=True):
    """What happens to one service, and by which technologies."""

    service: str
    criticality: str
    falls: bool
    by: tuple[str, ...]


class Aftermath(Value, frozen=True, kw_only=True):
    """The day after."""

    lost: tuple[str, ...]
    """The losses as they were asked for."""
    actors: tuple[str, ...]
    """Every actor that is gone with them."""
    technologies: tuple[Row, ...]
    components_stopped: tuple[str, ...]
    """purls of what uses, implements, extends or runs on something gone."""
    not_installable: tuple[str, ...]
    """purls that could no longer be fetched or updated where they come from."""
    services: tuple[ServiceRow, ...]


def backhoe(scan: Scan, losses: Sequence[str]) -> Aftermath:
    """Lose all of `losses` ("actor:ID", "country:CC", "registry:TYPE", "forge:ID", "technology:ID") at once.

    Raises UsageError for a loss that the scan does not know, naming what comes near.
    """
    actors = {actor.id: actor for actor in scan.actors}
    gone_actors: set[str] = set()
    cut: dict[str, str] = {}
    for loss in losses:
        lost_actors, lost_technologies = _parse(loss, scan, actors)
        gone_actors |= lost_actors
        cut |= dict.fromkeys(lost_technologies, loss)
    rows = tuple(_row(technology, gone_actors, cut, actors) for technology in scan.technologies)
    return _aftermath(scan, tuple(losses), gone_actors, rows)


def holders(technology: Technology) -> tuple[str, ...]:
    """The actors who would all have to go for it to be gone: who implements it, else its steward."""
    found = {item.actor for item in technology.implementations if item.counts in ("independent", "fork")}
    return tuple(sorted(found)) or ((technology.steward,) if technology.steward else ())


def _row(technology: Technology, gone: set[str], cut: Mapping[str, str], actors: Mapping[str, Actor]) -> Row:
    if technology.id in cut:
        return Row(technology=technology.id, fate="gone", because=say("{loss} is lost", loss=cut[technology.id]))
    left = [
        item.name
        for item in technology.implementations
        if item.counts in ("independent", "fork") and item.actor not in gone
    ]
    steward = technology.steward
    if set(holders(technology)) <= gone and not technology.takeover:
        names = ", ".join(sorted({actors[id].name for id in holders(technology)}))
        return Row(technology=technology.id, fate="gone", because=_alone(technology, names))
    if steward in gone or (not left and set(holders(technology)) <= gone):
        who = actors[steward].name if steward else say("who implements it")
        way = say("others carry on") if left else say("its code is open: whoever needs it has to carry it on alone")
        because = f"{say('{who} is gone', who=who)}; {way}"
        return Row(technology=technology.id, fate="degraded", because=because, survivors=tuple(left))
    because = say("its steward is still there")
    return Row(technology=technology.id, fate="untouched", because=because, survivors=tuple(left))


def _alone(technology: Technology, names: str) -> str:
    """Why it is gone: for sure, or because nothing is known that would be left."""
    if technology.verdict == "unknown":
        return say("nobody but {names} is known to provide it", names=names)
    return say("only {names} provided it", names=names)


def _aftermath(scan: Scan, losses: tuple[str, ...], gone_actors: set[str], rows: tuple[Row, ...]) -> Aftermath:
    gone = {row.technology for row in rows if row.fate == "gone"}
    # A registry or forge whose operator is gone serves nothing, whoever could run another.
    closed = gone | {
        item.id for item in scan.technologies if item.kind in ("registry", "forge") and item.steward in gone_actors
    }
    return Aftermath(
        lost=losses,
        actors=tuple(sorted(gone_actors)),
        technologies=rows,
        components_stopped=tuple(
            component.purl
            for component in scan.components
            if any(item.id in gone and item.relation != UNINSTALLABLE for item in component.technologies)
        ),
        not_installable=tuple(
            component.purl
            for component in scan.components
            if _closed([item.id for item in component.technologies if item.relation == UNINSTALLABLE], closed)
        ),
        services=tuple(
            ServiceRow(
                service=service.name,
                criticality=service.criticality,
                falls=bool(gone.intersection(service.technologies) - _sources(scan)),
                by=tuple(sorted(gone.intersection(service.technologies) - _sources(scan))),
            )
            for service in scan.services
        ),
    )


def _closed(origins: list[str], closed: set[str]) -> bool:
    return bool(origins) and all(id in closed for id in origins)


def _sources(scan: Scan) -> set[str]:
    """Registries and forges: a running service does not stop when it can no longer be updated."""
    return {item.id for item in scan.technologies if item.kind in ("registry", "forge")}


def _parse(loss: str, scan: Scan, actors: Mapping[str, Actor]) -> tuple[set[str], set[str]]:
    """The actors and technologies that a loss takes away."""
    kind, _, id = loss.partition(":")
    if kind not in KINDS or not id:
        raise UsageError(f"--lose {loss}: wants one of {', '.join(f'{kind}:…' for kind in KINDS)}")
    if kind == "actor":
        _known(id, actors, loss)
        return {actor.id for actor in scan.actors if id in _chain(actor, actors)}, set()
    if kind == "country":
        countries = {actor.jurisdiction for actor in scan.actors if actor.jurisdiction}
        _known(id.upper(), countries, loss)
        return {actor.id for actor in scan.actors if _under(actor, id.upper(), actors)}, set()
    if kind == "registry":
        return set(), _registries(id, scan, loss)
    wanted = [item.id for item in scan.technologies if kind == "technology" or item.kind == "forge"]
    _known(id, wanted, loss)
    return set(), {id}


def _registries(type: str, scan: Scan, loss: str) -> set[str]:
    """The registry technologies that packages of a purl type come from."""
    kinds = {item.id for item in scan.technologies if item.kind == "registry"}
    found = {
        binding.id
        for component in scan.components
        if component.purl.startswith(f"pkg:{type}/")
        for binding in component.technologies
        if binding.relation == UNINSTALLABLE and binding.id in kinds
    }
    if not found:
        types = {component.purl[4:].partition("/")[0] for component in scan.components}
        _known(type, kinds, f"{loss} (purl types here: {', '.join(sorted(types))})")
    return found or {type}


def _chain(actor: Actor, actors: Mapping[str, Actor]) -> list[str]:
    chain = [actor.id]
    while (parent := actors[chain[-1]].parent) is not None and parent in actors:
        chain.append(parent)
    return chain


def _under(actor: Actor, country: str, actors: Mapping[str, Actor]) -> bool:
    """Whether an actor or one of its owners sits in a jurisdiction."""
    return any(actors[id].jurisdiction == country for id in _chain(actor, actors))


def _known(id: str, known: Iterable[str], loss: str) -> None:
    from difflib import get_close_matches

    known = sorted(known)
    if id not in known:
        near = get_close_matches(id, known, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else f"known are: {', '.join(known[:20]) or 'none'}"
        raise UsageError(f"--lose {loss}: nothing of that name in this scan; {hint}")
