"""What identifies a package in a bill of materials: its purl, or one made of what else is said; and its hashes."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from scanner import purl
from scanner.read import registry
from scanner.read.source import Source

MAX_PLACE = 120
SHOWN = 80
ORIGINS: Mapping[str | None, str] = {"vcs": "vcs_url", "distribution": "download_url"}
WEB = ("https://", "http://")


def given(source: Source, text: str, version: str | None, place: str) -> str | None:
    """The canonical form of a purl, with `version` where it has none; a gap and None where it is invalid."""
    try:
        found = purl.canonical(text.strip())
        return found if not version or "@" in found else purl.canonical(_versioned(found, version))
    except ValueError as error:
        source.gap(f"{text[:SHOWN]!r} is no valid purl: {error}", place)
        return None


def generic(
    source: Source,
    group: str | None,
    name: str | None,
    version: str | None,
    qualifiers: Mapping[str, str] | None,
    place: str,
) -> str | None:
    """A purl of type generic from a name; a gap and None where there is no name to make one of."""
    if not name or not name.strip():
        source.gap("dropped: it has neither name nor valid purl", place)
        return None
    try:
        return purl.build("generic", name, version, namespace=group or "", qualifiers=qualifiers)
    except ValueError as error:
        source.gap(f"dropped: {error}", place)
        return None


def origin(references: Iterable[tuple[str | None, str | None]]) -> dict[str, str] | None:
    """purl qualifiers that say where something without a purl comes from."""
    found: dict[str, str] = {}
    for type, url in references:
        name = ORIGINS.get(type)
        if name and url and url.removeprefix("git+").startswith(WEB):
            found.setdefault(name, registry.without_secrets(url))
    return found or None


def others(own: str, purls: Iterable[str | None]) -> tuple[str, ...]:
    """Distinct purls without the component's own: nothing requires itself. None is something without one."""
    distinct = dict.fromkeys(filter(None, purls))
    distinct.pop(own, None)
    return tuple(distinct)


def hash(algorithm: str, value: str) -> str:
    """As in "sha256:…", whatever the standard's spelling of the algorithm."""
    return f"{_algorithm(algorithm)}:{value}"


@lru_cache(maxsize=256)
def _algorithm(name: str) -> str:
    return name.strip().lower().replace("sha-", "sha").replace("_", "-")


def _versioned(found: str, version: str) -> str:
    end = min((at for sign in "?#" if (at := found.find(sign)) >= 0), default=len(found))
    return f"{found[:end]}@{quote(version, safe=':')}{found[end:]}"
