"""A technology's record laid out as evidence: the facts, what each does to the verdict, and who says so."""

import re
from collections.abc import Iterator, Mapping

from scanner.assess.technology import POINTS, UNKNOWN, Judgement, RemovalFacts, points, survivors, takeover
from scanner.model import Implementation, Reason
from scanner.phrases import say
from scanner.rulebook import Entry
from scanner.rulebook.record import Cited, TechnologyRecord

CITED = {
    "independents": "implementations",
    "forks": "implementations",
    "control": "governance",
    "licence": "governance",
    "copyright": "governance",
}
"""The group of sources where a fact is cited, if it is not the fact's own name."""


def facts_of(entry: Entry) -> RemovalFacts:
    """What the removal test looks at, out of a record."""
    record, counted = entry.record, entry.implementations
    return RemovalFacts(
        specification=record.specification.status,
        independents=UNKNOWN if counted is None else len(named(counted, "independent")),
        forks=UNKNOWN if counted is None else len(named(counted, "fork")),
        control=record.governance.control,
        licence=record.governance.licence,
        operation=record.operation,
        lifecycle=record.lifecycle,
    )


def reasons(entry: Entry, facts: RemovalFacts, judgement: Judgement) -> tuple[Reason, ...]:
    """The whole sum, a line a fact, then what is computed from them."""
    lines = [_line(name, getattr(facts, name), entry) for name in POINTS]
    if facts.licence == "open":
        lines.append(_line("copyright", entry.record.governance.copyright, entry))
    return (*lines, *_computed(facts, judgement))


def named(counted: tuple[Implementation, ...], counts: str) -> tuple[str, ...]:
    """Names of the implementations that count so."""
    return tuple(item.name for item in counted if item.counts == counts)


def takeover_of(facts: RemovalFacts) -> bool | None:
    """Whether anyone may and can carry it on alone; None where an unknown fact decides that."""
    known = {name: getattr(facts, name) for name in POINTS}
    decisive = {"licence": "open", "operation": "self", "lifecycle": "active"}
    able = takeover({**known, **{name: best for name, best in decisive.items() if known[name] == UNKNOWN}})
    return None if able and any(known[name] == UNKNOWN for name in decisive) else able


def survivor_names(entry: Entry, owner_of: Mapping[str, str]) -> tuple[str, ...]:
    """What is left when the steward and all it owns are gone: implementations and forks of other actors."""
    record = entry.record
    steward = owner_of.get(record.governance.steward, record.governance.steward)
    return tuple(
        item.name
        for item in entry.implementations or ()
        if item.counts in ("independent", "fork") and owner_of.get(item.actor, item.actor) != steward
    )


def _line(name: str, value: str | int, entry: Entry) -> Reason:
    cited = _cited(name, entry.record)
    return Reason(
        fact=name,
        value=_words(name, value, entry),
        effect=_effect(name, value),
        source=cited.url if cited else "",
        checked=cited.retrieved.isoformat() if cited and cited.retrieved else None,
    )


def _words(name: str, value: str | int, entry: Entry) -> str:
    if name == "specification" and entry.record.specification.standards:
        return f"{value}: {', '.join(f'{item.body} {item.id}' for item in entry.record.specification.standards)}"
    if name in ("independents", "forks") and value != UNKNOWN and entry.implementations:
        names = named(entry.implementations, name.removesuffix("s"))
        return f"{value}: {', '.join(names)}" if names else str(value)
    return str(value)


def _effect(name: str, value: str | int) -> str:
    if name == "copyright":
        return _warning(value)
    most = max(POINTS[name].values())
    if not most:
        return {"forks": say("each is a survivor"), "lifecycle": say("abandoned allows no takeover")}[name]
    if value == UNKNOWN:
        return say("+0 to +{most}", most=most)
    return say("+{points} of {most}", points=points(name, value), most=most)


def _warning(copyright: str | int) -> str:
    """What was published stays open; with one holder, the next version need not be."""
    if copyright == UNKNOWN:
        return ""
    if copyright == "single-holder":
        return say("one party may relicense all of it")
    return say("no one party may relicense it")


def _computed(facts: RemovalFacts, judgement: Judgement) -> Iterator[Reason]:
    known = {name: getattr(facts, name) for name in POINTS}
    able = takeover_of(facts)
    if able is not None:
        effect = say("a survivor") if able else say("no survivor")
        yield Reason(fact="takeover", value="yes" if able else "no", effect=effect)
        if UNKNOWN not in (known["independents"], known["forks"]):
            left = survivors(known)
            yield Reason(fact="survivors", value=str(left), effect="" if left else say("flagged: nothing is left"))
    value = "unknown" if judgement.score is None else str(judgement.score)
    low, high = judgement.score_range
    effect = say("{low} to {high} by the unknown facts", low=low, high=high) if low != high else ""
    yield Reason(fact="score", value=value, effect=effect)


def _cited(name: str, record: TechnologyRecord) -> Cited | None:
    """The source that says it: of its group one that is about it by title, then one that was read, then the first."""
    sources = record.sources
    group = getattr(sources, CITED.get(name, name), ()) or (sources.governance if name == "operation" else ())
    return max(group, key=lambda cited: (_is_about(name, f"{cited.title} {cited.url}"), cited.checked), default=None)


def _is_about(name: str, text: str) -> bool:
    if name == "copyright":
        return bool(re.search(r"contribut|agreement|sign-?off|copyright|\b(cla|dco)\b", text, re.IGNORECASE))
    return ("licen" in text.lower()) == (name == "licence")
