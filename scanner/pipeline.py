"""The whole program on one page: read -> identify -> resolve -> assess -> report."""

import datetime
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scanner import __version__
from scanner.assess import assess
from scanner.assess.findings import findings
from scanner.assess.services import match_services, severities, unmatched
from scanner.assess.summary import summarise
from scanner.collector import without_collector
from scanner.config import Config
from scanner.config_words import check_words
from scanner.identify import Identified, identify
from scanner.model import SCHEMA_VERSION, Custody, Gap, Inventory, Project, Scan, Tool, Verdict
from scanner.outlook import outlook
from scanner.outlook.register import register
from scanner.read import Visit, read
from scanner.rulebook import Rulebook, open_rulebook

Progress = Callable[[int, int], None]


class Resolved(NamedTuple):
    """What the registries say: custody by purl, and what could not be looked at."""

    custody: Mapping[str, Custody] = {}
    gaps: Iterable[Gap] = ()


def scan(
    paths: str | Path | Sequence[str | Path] = (".",),
    *,
    config: Config | None = None,
    offline: bool = False,
    rules: Sequence[Path] = (),
    exclude: Sequence[str] = (),
    as_format: str | None = None,
    stdin: bytes = b"",
    threshold: Verdict = "watch",
    progress: Progress | None = None,
    rulebook: Rulebook | None = None,
    visit: Visit | None = None,
) -> Scan:
    """Scan the inputs at `paths` as one project: directories, files, or "-" for an SBOM given as `stdin`.

    `threshold` is the verdict from which something is a finding; `progress` is told packages done and in all;
    `rulebook` saves opening it again; `visit` sees each file before it is read.
    Raises OutlastError where an input named by the caller, a rule record or the configuration cannot be used.
    """
    config = config or Config()
    rulebook = rulebook or open_rulebook([*config.rules, *rules], config.cache)
    check_words(config, rulebook)
    places = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    inventory = read(
        places,
        exclude=[*config.exclude, *exclude],
        as_format=as_format,
        stdin=stdin,
        tells=lambda path: bool(rulebook.file_bindings(path)),
        visit=visit,
    )
    identified = identify(inventory, rulebook)
    root = next((Path(place) for place in places if os.path.isdir(place)), None)
    resolved = resolve(identified, config, root=root, offline=offline, progress=progress)
    return conclude(inventory, identified, resolved, rulebook, config, threshold=threshold, offline=offline)


def resolve(
    identified: Identified,
    config: Config,
    *,
    root: Path | None = None,
    offline: bool = False,
    progress: Progress | None = None,
) -> Resolved:
    """What the registries say of every package, judged. The .npmrc in `root` tells which packages are private."""
    from scanner.assess.custody import judge
    from scanner.resolve import Settings
    from scanner.resolve import resolve as ask

    settings = Settings(
        cache=config.cache,
        endpoints=config.file.registries,
        project=root,
        ttl_hours=config.file.cache.ttl_hours,
    )
    purls = [component.purl for component in identified.components]
    resolution = ask(purls, settings=settings, offline=offline, progress=progress)
    day = today()
    return Resolved({purl: judge(facts, day) for purl, facts in resolution.facts.items()}, resolution.gaps)


@without_collector()
def conclude(
    inventory: Inventory,
    identified: Identified,
    resolved: Resolved,
    rulebook: Rulebook,
    config: Config,
    *,
    threshold: Verdict = "watch",
    offline: bool = False,
) -> Scan:
    """Assess what was found, and put together what every report shows."""
    services = match_services(config.file.service, *identified)
    technologies, components, actors = assess(*identified, resolved.custody, rulebook, severities(services))
    names = {id: rulebook.name(id) for technology in technologies for id in technology.exit.to}
    version, day = __version__, today()
    return Scan(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="outlast", version=version, rules=len(rulebook), generated=day.isoformat(), offline=offline),
        project=Project(name=inventory.project, path=inventory.path),
        sources=inventory.sources,
        summary=summarise(technologies, components),
        findings=findings(technologies, components, threshold, names),
        technologies=technologies,
        actors=actors,
        components=components,
        outlook=outlook(technologies, actors, services),
        services=services,
        register=register(technologies, actors, services, config.file.mitigation, names, day),
        gaps=tuple(sorted({*inventory.gaps, *resolved.gaps, *unmatched(config.file.service, components, services)})),
    )


def today() -> datetime.date:
    """The day that ages are counted from; SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/) sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
