"""What the conditions of a policy ask of a package, of a technology's holders, or of a licence."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import translate
from functools import lru_cache
from typing import Any

from scanner.assess.custody import MONTHS_WITHOUT_RELEASE, date_of, months
from scanner.assess.licences import is_open
from scanner.model import Actor, Assessed

Fits = Callable[[str], bool]
UNKNOWN = "unknown"


@lru_cache(maxsize=256)
def globs(patterns: tuple[str, ...]) -> Fits:
    """Whether a word matches one of the globs; none of nothing."""
    regex = re.compile("|".join(map(translate, patterns)) or r"(?!)")
    return lambda text: bool(regex.match(text))


@lru_cache(maxsize=256)
def wants_package(patterns: tuple[str, ...]) -> Fits:
    """Whether a purl matches one of the globs of purls; without a version in it, a glob means any version."""
    fits = globs(patterns)
    return lambda purl: fits(purl) or fits(purl.partition("?")[0].partition("#")[0].partition("@")[0])


def held_by(actors: Iterable[Actor]) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """By an actor's id, the ids of it and of those that own it, and the jurisdictions of all these."""
    by_id = {actor.id: actor for actor in actors}
    chains = {id: tuple(_chain(id, by_id)) for id in by_id}
    seats = {id: frozenset(by_id[one].jurisdiction or UNKNOWN for one in chain) for id, chain in chains.items()}
    return {id: frozenset(chain) for id, chain in chains.items()}, seats


def _chain(id: str, actors: Mapping[str, Actor]) -> Iterable[str]:
    seen: str | None = id
    while seen is not None and seen in actors:
        yield seen
        seen = actors[seen].parent


def concerns(component: Assessed | None, today: datetime.date) -> frozenset[str]:
    """What there is to say against who holds a package, in the words of the configuration."""
    if component is None:
        return frozenset()
    facts = component.custody.facts
    if facts is None:
        return frozenset({"not-looked-at"})
    found = {
        "withdrawn": facts.withdrawn is not None,
        "not-open": facts.licence is not None and is_open(facts.licence) is False,
        "one-publisher": facts.publishers == 1 and not facts.organisation,
        "no-release": (months_since(component, today) or 0) > MONTHS_WITHOUT_RELEASE,
        "no-provenance": facts.provenance is False,
    }
    return frozenset(word for word, holds in found.items() if holds)


def months_since(component: Assessed | None, today: datetime.date) -> int | None:
    """Months begun since a package's last release; None where nobody says when that was."""
    facts = component.custody.facts if component else None
    released = date_of(facts.released) if facts else None
    return months(released, today) if released else None


def licence_fits(licence: str | None, wanted: Sequence[str], *, enough: bool) -> bool:
    """Whether a licence is one of those wanted: "open", "not-open", "unknown", or globs of SPDX identifiers.

    Of alternatives ("MIT OR GPL-2.0-only") one is `enough`, or else it takes all.
    """
    opened = is_open(licence) if licence else None
    if {None: UNKNOWN, True: "open", False: "not-open"}[opened] in wanted:
        return True
    fits = globs(tuple(wanted))
    if not licence or " " not in licence:
        return bool(licence) and fits(licence or "")
    return _expression(licence, fits, enough=enough)


def _expression(licence: str, fits: Fits, *, enough: bool) -> bool:
    from license_expression import (  # type: ignore[import-untyped]
        ExpressionError,
        ExpressionParseError,
        get_spdx_licensing,
    )

    def holds(node: Any) -> bool:
        if node.isliteral:
            return fits(node.render().partition(" WITH ")[0])
        is_choice = node.operator.strip() == "OR"
        return (any if is_choice == enough else all)(map(holds, node.args))

    try:
        parsed = get_spdx_licensing().parse(licence)
    except (ExpressionError, ExpressionParseError):
        parsed = None
    return fits(licence) if parsed is None else holds(parsed)
