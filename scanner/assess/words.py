"""Verdicts in one plain sentence, made of the facts that decided them."""

from scanner.assess.technology import POINTS, UNKNOWN, Judgement, RemovalFacts, takeover

CONTROL = {
    "neutral": "in nobody's hand",
    "community": "led by a community",
    "dominated": "in practice decided by one employer",
    "single-person": "in the hands of one person",
    "single-vendor": "decided by one company",
    UNKNOWN: "controlled by nobody knows whom",
}
SPECIFICATION = {
    "formal": "a formal standard",
    "consortium": "a consortium's specification",
    "published": "a published specification that one party can change",
    "none": "no norm: the code is the definition",
    UNKNOWN: "a specification of unknown standing",
}
FACTS = {
    "specification": "who specifies it",
    "independents": "how many independent implementations there are",
    "forks": "whether another actor maintains a fork",
    "control": "who controls it",
    "licence": "under which licence it is",
    "operation": "whether you can run it yourself",
    "lifecycle": "whether it is maintained",
}


def sentence(judgement: Judgement, facts: RemovalFacts, steward: str) -> str:
    """Why the verdict is what it is, for someone who has one line's patience."""
    if judgement.verdict == "unknown":
        return f"Cannot be told without knowing {_list([FACTS[name] for name in judgement.settles])}."
    if judgement.verdict == "flagged":
        return f"Hangs on {steward} alone: without it nothing is left to go on with{_why_no_takeover(facts)}."
    standing = _capital(SPECIFICATION[str(facts.specification)])
    count = _count(facts.independents)
    if judgement.verdict == "safe":
        return f"{standing}, {count}, {CONTROL[str(facts.control)]}: it outlasts any one of them."
    return f"{standing}; {count}; {CONTROL[str(facts.control)]}{_way_on(facts)}."


def _count(independents: str | int) -> str:
    if independents == UNKNOWN:
        return "an unknown number of implementations"
    words = {0: "no maintained implementation", 1: "one implementation"}
    return words.get(int(independents), f"{independents} independent implementations")


def _why_no_takeover(facts: RemovalFacts) -> str:
    if facts.operation == "service":
        return ", and nobody else can run the service"
    if facts.licence in ("proprietary", "source-available"):
        return f", and its {facts.licence} licence lets nobody take over"
    return ""


def _way_on(facts: RemovalFacts) -> str:
    known = {name: getattr(facts, name) for name in POINTS}
    if UNKNOWN in known.values():
        return ""
    if takeover(known):
        return "; its open licence lets others carry on"
    others = max(int(facts.independents) - 1, 0)
    ways = [f"{others} other implementation{'s' * (others != 1)}"] if others else []
    ways += [f"{facts.forks} maintained fork{'s' * (facts.forks != 1)}"] if facts.forks else []
    return f"; {' and '.join(ways)} would be left"


def _list(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
