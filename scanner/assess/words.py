"""Verdicts in one plain sentence, made of the facts that decided them."""

from collections.abc import Sequence

from scanner.assess.technology import POINTS, UNKNOWN, Judgement, RemovalFacts, takeover
from scanner.phrases import plural, say

CONTROL = {
    "neutral": say("in nobody's hand"),
    "community": say("led by a community"),
    "dominated": say("in practice decided by one employer"),
    "single-person": say("in the hands of one person"),
    "single-vendor": say("decided by one company"),
    UNKNOWN: say("controlled by nobody knows whom"),
}
SPECIFICATION = {
    "formal": say("a formal standard"),
    "consortium": say("a consortium's specification"),
    "published": say("a published specification that one party can change"),
    "none": say("no norm: the code is the definition"),
    UNKNOWN: say("a specification of unknown standing"),
}
FACTS = {
    "specification": say("who specifies it"),
    "independents": say("how many independent implementations there are"),
    "forks": say("whether another actor maintains a fork"),
    "control": say("who controls it"),
    "licence": say("under which licence it is"),
    "operation": say("whether you can run it yourself"),
    "lifecycle": say("whether it is maintained"),
}


def sentence(judgement: Judgement, facts: RemovalFacts, steward: str) -> str:
    """Why the verdict is what it is, for someone who has one line's patience."""
    text = _unknown(judgement.settles) if judgement.verdict == "unknown" else ""
    text = _flagged(facts, steward) if judgement.verdict == "flagged" else text
    text = text or _standing(facts, safe=judgement.verdict == "safe")
    return f"{text[:1].upper()}{text[1:]}."


def _unknown(settles: Sequence[str]) -> str:
    return say("cannot be told without knowing {facts}", facts=_list([FACTS[name] for name in settles]))


def _flagged(facts: RemovalFacts, steward: str) -> str:
    if facts.operation == "service":
        return say(
            "hangs on {steward} alone: without it nothing is left to go on with, and nobody else can run the service",
            steward=steward,
        )
    if facts.licence == "proprietary":
        return say(
            "hangs on {steward} alone: without it nothing is left to go on with, "
            "and its proprietary licence lets nobody take over",
            steward=steward,
        )
    if facts.licence == "source-available":
        return say(
            "hangs on {steward} alone: without it nothing is left to go on with, "
            "and its source-available licence lets nobody take over",
            steward=steward,
        )
    return say("hangs on {steward} alone: without it nothing is left to go on with", steward=steward)


def _standing(facts: RemovalFacts, *, safe: bool) -> str:
    standing, control = SPECIFICATION[str(facts.specification)], CONTROL[str(facts.control)]
    count = _count(facts.independents)
    if safe:
        return say(
            "{standing}, {number}, {control}: it outlasts any one of them",
            standing=standing, number=count, control=control,
        )  # fmt: skip
    return "; ".join(filter(None, (standing, count, control, _way_on(facts))))


def _count(independents: str | int) -> str:
    if independents == UNKNOWN:
        return say("an unknown number of implementations")
    if independents == 0:
        return say("no maintained implementation")
    return plural("one implementation", "{count} independent implementations", int(independents))


def _way_on(facts: RemovalFacts) -> str:
    known = {name: getattr(facts, name) for name in POINTS}
    if UNKNOWN in known.values():
        return ""
    if takeover(known):
        return say("its open licence lets others carry on")
    others, forks = max(int(facts.independents) - 1, 0), int(facts.forks)
    ways = [plural("{count} other implementation", "{count} other implementations", others)] if others else []
    ways += [plural("{count} maintained fork", "{count} maintained forks", forks)] if forks else []
    return say("{ways} would be left", ways=_list(ways))


def _list(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
