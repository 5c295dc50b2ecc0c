"""Pipfile.lock of Pipenv.

Format: https://pipenv.pypa.io/en/latest/pipfile.html and https://github.com/pypa/pipfile
"""

from collections.abc import Iterator, Mapping

import msgspec
from packaging.utils import canonicalize_name

from scanner.model import Component
from scanner.read import registry
from scanner.read.python.pyproject import group_scope
from scanner.read.source import Source

FILES = ("Pipfile.lock",)
CARRIES = frozenset({"scope", "direct", "lines", "hashes"})
LINE = r'^[ \t]*"([^"]+)"\s*:\s*\{'
DEFAULT = "default"


class Index(msgspec.Struct):
    name: str = ""
    url: str = ""


class Meta(msgspec.Struct):
    sources: list[Index] = []


class Entry(msgspec.Struct):
    version: str | None = None
    hashes: list[str] = []
    index: str | None = None
    git: str | None = None
    ref: str | None = None
    file: str | None = None
    path: str | None = None


class Pipfile(msgspec.Struct, rename="kebab"):
    packages: dict[str, object] = {}
    dev_packages: dict[str, object] = {}


def read(source: Source) -> Iterator[Component]:
    """Every locked package, once, in the first of its categories: default, then develop and others."""
    lock = source.json(dict[str, msgspec.Raw])
    if "_meta" not in lock and DEFAULT not in lock:
        source.error("has neither _meta nor default")
    meta = source.part(lock.pop("_meta", msgspec.Raw(b"{}")), Meta)
    places = {index.name: index.url for index in meta.sources}
    usual = registry.usual("pypi", [index.url for index in meta.sources[:1]])
    wanted = _wanted(source)
    seen: set[str] = set()
    for category in sorted(lock, key=lambda name: name != DEFAULT):
        for name, entry in source.part(lock[category], dict[str, Entry]).items():
            if name in seen or entry.path:
                continue
            seen.add(name)
            yield source.component(
                "pypi",
                name,
                entry.version.lstrip("=") if entry.version else None,
                line=source.lines(LINE).get(name),
                scope=group_scope(category),
                direct=canonicalize_name(name) in wanted if wanted is not None else None,
                hashes=tuple(entry.hashes),
                qualifiers=_origin(entry, places, usual),
            )


def _origin(entry: Entry, places: Mapping[str, str], usual: frozenset[str]) -> Mapping[str, str] | None:
    if entry.git:
        return registry.git(entry.git, entry.ref)
    if entry.file:
        return {"download_url": registry.without_secrets(entry.file)}
    return registry.qualifiers(places.get(entry.index or ""), usual)


def _wanted(source: Source) -> set[str] | None:
    pipfile = source.beside("Pipfile", Pipfile)
    if pipfile is None:
        return None
    return {canonicalize_name(name) for group in (pipfile.packages, pipfile.dev_packages) for name in group}
