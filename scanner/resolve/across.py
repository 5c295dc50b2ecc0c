"""Sources that tell of many ecosystems, asked only where the configuration names them.

They stand in for a registry that has no module or no address here, and fill in what a package's own registry does not
tell; every fact that they add says so. A registry that fails is not made up for, nor does a private package get known.
"""

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from scanner import purl
from scanner.model import Borrowed, Facts, Gap
from scanner.resolve.plan import NO_REGISTRY, counted, whereabouts
from scanner.resolve.registries import registry, types

FILLED = ("repository", "licence", "latest", "released", "provenance", "funding")
HOLDERS = ("publishers", "organisation")
"""Filled only together: who publishes is one question."""
NAMED = ("repository_url=", "vcs_url=", "download_url=", "channel=")
"""What says that a purl means another package than its name alone."""
NOT_FOUND = "not found"

Found = tuple[dict[str, Facts], list[Gap]]
Ask = Callable[[Iterable[str]], Found]


def sources(configured: Mapping[str, str]) -> list[str]:
    """Those that the configuration gives an address."""
    return [type for type in sorted(types() & configured.keys()) if hasattr(registry(type), "ACROSS")]


def fill(found: Found, purls: Iterable[str], source: str, ask: Ask) -> Found:
    """What was found, with what `source` tells about the rest."""
    facts, gaps = found
    lacking = {gap.subject for gap in gaps if gap.reason.endswith(NO_REGISTRY)}
    wanted = [text for text in dict.fromkeys(purls) if _wanted(text, facts, lacking, source)]
    asked = {text: f"pkg:{source}/{text[4:].partition('?')[0].partition('#')[0]}" for text in wanted}
    told, troubles = ask(asked.values()) if asked else ({}, [])
    added = {text: _merged(facts.get(text), told[name]) for text, name in asked.items() if name in told}
    rest = [_recounted(gap, added, purls) for gap in gaps]
    return facts | added, [*filter(None, rest), *_troubles(troubles, source)]


def _wanted(text: str, facts: Mapping[str, Facts], lacking: set[str], source: str) -> bool:
    type, known = purl.type_of(text), registry(source).ACROSS  # type: ignore[attr-defined]
    if (known and type not in known) or type in ("generic", source) or any(word in text for word in NAMED):
        return False
    if text not in facts:
        return whereabouts(text)[0] in lacking
    if type in types() and hasattr(registry(type), "ACROSS"):
        return False
    return any(getattr(facts[text], name) in (None, ()) for name in FILLED) or _held_by_nobody(facts[text])


def _merged(own: Facts | None, other: Facts) -> Facts:
    """A package's own registry comes first; what it says of a withdrawal is not added to."""
    if own is None:
        return other
    names = [*FILLED, *(HOLDERS if _held_by_nobody(own) else ())]
    new = {name: value for name in names if getattr(own, name) in (None, ()) and (value := getattr(other, name))}
    borrowed = (Borrowed(fact=name, source=other.source) for name in sorted(new))
    return replace(own, **new, borrowed=(*own.borrowed, *borrowed))


def _held_by_nobody(facts: Facts) -> bool:
    return all(getattr(facts, name) is None for name in HOLDERS)


def _recounted(gap: Gap, added: Mapping[str, Facts], purls: Iterable[str]) -> Gap | None:
    """The gap of a type that has no registry, without the packages that are known now; None where that is all."""
    reason = next((reason for reason in NO_REGISTRY if gap.reason.endswith(reason)), None)
    if reason is None:
        return gap
    left = {text.partition("?")[0].partition("@")[0] for text in purls if text not in added}
    count = sum(whereabouts(head)[0] == gap.subject for head in left)
    return replace(gap, reason=f"{counted(count)}: {reason}") if count else None


def _troubles(gaps: Iterable[Gap], source: str) -> Iterable[Gap]:
    """What failed here; that there is nothing here, or that nothing is asked offline, is said of the registries."""
    for gap in gaps:
        if gap.subject != "registries" and not gap.reason.startswith(NOT_FOUND):
            yield replace(gap, subject=gap.subject.replace(f"pkg:{source}/", "pkg:"))
