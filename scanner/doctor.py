"""What is in force: versions, rules, cache, registries, configuration. Opens no connection and tells no secret."""

import datetime
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner import __version__, config
from scanner.assess.aloud import aloud, exempted
from scanner.config import Config
from scanner.errors import OutlastError

if TYPE_CHECKING:
    from scanner.resolve.endpoints import Found

PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")


class Line(NamedTuple):
    """One thing that was looked at; `well` is False where something has to be done."""

    topic: str
    says: str
    well: bool = True


def examine(path: Path | None, rules: Sequence[Path] = ()) -> Iterator[Line]:
    """Everything, topic by topic; what cannot be read is a line that says so."""
    yield from _versions()
    settings = Config()
    try:
        settings = config.load(path)
    except OutlastError as error:
        yield Line("configuration", str(error), well=False)
    for topic, look in TOPICS.items():
        try:
            yield from look(settings, rules)
        except OutlastError as error:
            yield Line(topic, str(error), well=False)


def _versions() -> Iterator[Line]:
    yield Line("outlast", f"{__version__}, from {Path(__file__).parent}")
    yield Line("python", f"{platform.python_version()} on {platform.platform(terse=True)}, {sys.executable}")
    yield Line("libraries", ", ".join(f"{name} {version}" for name, version in _libraries()))
    git = shutil.which("git")
    if git is None:
        yield Line("git", "not found: `outlast diff` compares directories and reports, but no revisions", well=False)
    else:
        said = subprocess.run([git, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        yield Line("git", said.strip().removeprefix("git version "))


def _libraries() -> Iterator[tuple[str, str]]:
    try:
        wanted = metadata.requires("outlast") or []
    except metadata.PackageNotFoundError:  # run from a bare tree
        return
    for requirement in wanted:
        name = requirement.partition(";")[0].partition("[")[0].partition(">")[0].partition("=")[0].strip()
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            if "extra ==" not in requirement:
                yield name, "missing"


def _rules(settings: Config, overlays: Sequence[Path]) -> Iterator[Line]:
    from scanner.rulebook import open_rulebook, shipped

    roots = [*settings.rules, *overlays]
    book = open_rulebook(roots, settings.cache)
    own = "".join(f", {root}" for root in roots)
    yield Line("rules", f"{len(book)} technologies, {len(book.actor_ids)} actors, from {shipped()}{own}")


def _cache(settings: Config, _: Sequence[Path]) -> Iterator[Line]:
    from scanner.resolve.cache import Cache

    cache = Cache(settings.cache)
    info = cache.info()
    cache.close()
    ages = [_day(time) for time in (info.oldest, info.newest) if time]
    between = f", asked between {' and '.join(ages)}" if ages else ""
    yield Line("cache", f"{info.path.parent}: {info.packages:,} packages, {info.size / 2**20:.1f} MiB{between}")
    if cache.trouble:
        yield Line("cache", cache.trouble, well=False)


def _registries(settings: Config, _: Sequence[Path]) -> Iterator[Line]:
    from scanner.resolve import Settings
    from scanner.resolve.endpoints import Endpoints
    from scanner.resolve.registries import sites, types

    endpoints = Endpoints(Settings(cache=settings.cache, endpoints=settings.file.registries), os.environ)
    unknown = sorted({key.partition("/")[0] for key in settings.file.registries} - types())
    for type in unknown:
        yield Line("registries", f"{type}: no registry of this purl type can be asked", well=False)
    scopes = [key for key in settings.file.registries if "/" in key]
    for key in sorted({*sites(), *scopes}):
        type, _slash, scope = key.partition("/")
        yield _told(key, endpoints.of(type, f"{scope}/name" if scope else "name"))
    for type in sorted(types()):
        yield from (_told(f"{type} {label}", found) for label, found in endpoints.routes(type))
    if endpoints.netrc.trouble:
        yield Line("registries", str(endpoints.netrc.trouble), well=False)
    named = [name for name in PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    yield Line(
        "network", f"set in the environment: {', '.join(named)}" if named else "no proxy, no certificates of its own"
    )


def _told(what: str, found: "Found") -> Line:
    """Where packages come from, in the order in which it is asked; who keeps them to themselves has nothing to mend."""
    from scanner.resolve.client_files import MalformedError
    from scanner.resolve.endpoints import NO_ADDRESS

    if isinstance(found, str | MalformedError):
        return Line(
            "registries", f"{what}: {found}", well=found != NO_ADDRESS and not isinstance(found, MalformedError)
        )
    places = (f"{place.base}{' (with credentials)' if place.authorization else ''}" for place in found)
    return Line("registries", f"{what}: {', then '.join(places)}")


def _configuration(settings: Config, overlays: Sequence[Path]) -> Iterator[Line]:
    from scanner import gate
    from scanner.config_words import check_words
    from scanner.rulebook import open_rulebook

    file = settings.file
    yield Line("configuration", str(settings.path) if settings.path else "none here: the defaults are in force")
    for service in file.service:
        yield Line("services", f"{service.name} ({service.criticality}): {', '.join(service.uses)}")
    for rule in gate.rules(settings):
        yield Line("policy", f"{rule.name}: {aloud(rule)}{f' {rule.because}' if rule.because else ''}")
    check_words(settings, open_rulebook([*settings.rules, *overlays], settings.cache))
    for item in gate.exemptions(settings):
        yield Line("exceptions", exempted(item))
    baseline = settings.baseline
    yield Line("baseline", f"{baseline}: {len(gate.known(baseline))} findings known" if baseline else "none")


TOPICS: dict[str, Callable[[Config, Sequence[Path]], Iterator[Line]]] = {
    "rules": _rules,
    "cache": _cache,
    "registries": _registries,
    "configuration": _configuration,
}


def _day(time: float) -> str:
    return datetime.datetime.fromtimestamp(time, datetime.UTC).date().isoformat()
