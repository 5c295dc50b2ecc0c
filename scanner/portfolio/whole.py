"""The technologies of a whole portfolio, and the actors behind them, each once."""

from collections.abc import Iterable

import msgspec

from scanner.assess import assess
from scanner.assess.findings import remedy
from scanner.model import Actor, Binding, Location, Technology
from scanner.portfolio.records import ActorRow, TechnologyRow
from scanner.rulebook import Rulebook


def judged(ids: Iterable[str], rulebook: Rulebook) -> tuple[tuple[TechnologyRow, ...], tuple[ActorRow, ...]]:
    """The verdicts on technologies, which no project changes, and the actors behind them."""
    bindings = tuple(Binding(id=id, relation="uses") for id in ids)
    technologies, _, actors = assess((), {}, {Location(path=""): bindings}, {}, rulebook)
    names = {id: rulebook.name(id) for technology in technologies for id in technology.exit.to}
    return tuple(_technology(item, rulebook, names) for item in technologies), tuple(map(_actor, actors))


def _technology(technology: Technology, rulebook: Rulebook, names: dict[str, str]) -> TechnologyRow:
    record = msgspec.structs.replace(technology, files=(), locations=(), relations=())
    return TechnologyRow(
        technology=technology.id,
        name=technology.name,
        kind=technology.kind,
        verdict=technology.verdict,
        score=technology.score,
        steward=technology.steward,
        owner=rulebook.owner(technology.steward) if technology.steward else None,
        difficulty=technology.exit.difficulty,
        way_out=remedy(technology.exit, names),
        funding=technology.funding[0].url if technology.funding else None,
        record=msgspec.json.encode(record).decode(),
    )


def _actor(actor: Actor) -> ActorRow:
    return ActorRow(
        actor=actor.id,
        name=actor.name,
        kind=actor.kind,
        jurisdiction=actor.jurisdiction,
        parent=actor.parent,
        owner=actor.owner,
    )
