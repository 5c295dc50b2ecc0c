"""The whole program on one page: read -> identify -> resolve -> assess -> report."""

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from scanner import __version__, purl
from scanner.assess import Assessment, assess
from scanner.assess.findings import findings
from scanner.assess.services import match_services, severities
from scanner.assess.summary import summarise
from scanner.config import Config
from scanner.identify import Identified, identify
from scanner.errors import UsageError
from scanner.model import SCHEMA_VERSION, Binding, Component, Custody, Gap, Inventory, Project, Scan, Service, Tool, Verdict
from scanner.outlook import outlook
from scanner.outlook.register import register
from scanner.read import read
from scanner.rulebook import Rulebook, open_rulebook

Progress = Callable[[int, int], None]


def scan(
    paths: Sequence[str] = (".",),
    *,
    config: Config | None = None,
    offline: bool = False,
    rules: Sequence[Path] = (),
    exclude: Sequence[str] = (),
    as_format: str | None = None,
    stdin: bytes = b"",
    threshold: Verdict = "watch",
    progress: Progress | None = None,
) -> Scan:
    """Scan the inputs at `paths` as one project: directories, files, or "-" for an SBOM given as `stdin`.

    `threshold` is the verdict from which something is a finding; `progress` is told packages done and in all.
    Raises OutlastError where an input named by the caller, a rule record or the configuration cannot be used.
    """
    config = config or Config()
    rulebook = open_rulebook([*config.rules, *rules], config.cache)
    inventory = read(
        paths,
        exclude=[*config.exclude, *exclude],
        as_format=as_format,
        stdin=stdin,
        tells=lambda path: bool(rulebook.file_bindings(path)),
    )
    identified = identify(inventory, rulebook)
    custody, gaps = _custody(identified, config, offline, progress)
    services = match_services(config.file.service, *identified)
    assessment = assess(*identified, custody, rulebook, severities(services))
    return _report(inventory, assessment, services, rulebook, config, gaps, threshold, paths, offline)


def explain(subject: str, *, config: Config, rules: Sequence[Path] = (), offline: bool = False) -> Scan:
    """A scan of one package (`subject` is its purl) or of one technology (its id or name), for its evidence.

    Raises UsageError where it is neither, naming what comes near.
    """
    rulebook = open_rulebook([*config.rules, *rules], config.cache)
    if subject.startswith("pkg:"):
        inventory = Inventory(project=subject, components=(_component(subject),))
        identified = identify(inventory, rulebook)
    else:
        id = rulebook.find(subject)
        inventory = Inventory(project=subject)
        identified = Identified((), {}, {"": (Binding(id=id, relation="uses"),)})
    custody, gaps = _custody(identified, config, offline, None)
    assessment = assess(*identified, custody, rulebook)
    return _report(inventory, assessment, (), rulebook, config, gaps, "watch", (subject,), offline)


def _component(text: str) -> Component:
    try:
        identity = purl.canonical(text)
    except ValueError as error:
        raise UsageError(f"{text}: {error}") from error
    return Component(purl=identity, name=purl.name_of(identity), version=purl.version_of(identity), direct=True)


def _custody(
    identified: Identified, config: Config, offline: bool, progress: Progress | None
) -> tuple[Mapping[str, Custody], Iterable[Gap]]:
    """What the registries say of every package, judged."""
    from scanner.assess.custody import judge
    from scanner.resolve import Settings, resolve

    settings = Settings(cache=config.cache, endpoints=config.file.registries, ttl_hours=config.file.cache.ttl_hours)
    purls = [component.purl for component in identified.components]
    resolution = resolve(purls, settings=settings, offline=offline, progress=progress)
    day = today()
    return {purl: judge(facts, day) for purl, facts in resolution.facts.items()}, resolution.gaps


def _report(
    inventory: Inventory,
    assessment: Assessment,
    services: tuple[Service, ...],
    rulebook: Rulebook,
    config: Config,
    gaps: Iterable[Gap],
    threshold: Verdict,
    paths: Sequence[str],
    offline: bool,
) -> Scan:
    technologies, components, actors = assessment
    exits = {id for technology in technologies for id in technology.exit.to}
    names = {id: rulebook.technology(id).record.name for id in exits if id in rulebook}
    return Scan(
        schema_version=SCHEMA_VERSION,
        tool=Tool(
            name="outlast", version=__version__, rules=len(rulebook), generated=today().isoformat(), offline=offline
        ),
        project=Project(name=inventory.project, path=" ".join(paths)),
        sources=inventory.sources,
        summary=summarise(technologies, components),
        findings=findings(technologies, components, threshold, names),
        technologies=technologies,
        actors=actors,
        components=components,
        outlook=outlook(technologies, actors, services),
        services=services,
        register=register(technologies, actors, services, config.file.mitigation, names, today()),
        gaps=tuple(sorted(Counter((*inventory.gaps, *gaps)))),
    )


def today() -> datetime.date:
    """The day that ages are counted from; SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/) sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch.isdigit() else datetime.datetime.now(datetime.UTC)
    return now.date()


def saved_or_scanned(path: str, *, config: Config, rules: Sequence[Path] = ()) -> Scan:
    """The report saved at `path`, or else an offline scan of what is there. Raises OutlastError."""
    if path.endswith(".json") and os.path.isfile(path):
        from scanner.report.json import is_report, parse

        data = Path(path).read_bytes()
        if is_report(data):
            return parse(path, data)
    return scan([path], config=config, rules=rules, offline=True)
