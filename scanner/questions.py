"""Questions beside the scan: why is this verdict so, what did that report say, what if we left for something else?"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scanner import purl
from scanner.assess.evidence import facts_of
from scanner.assess.technology import judge
from scanner.config import Config
from scanner.errors import UsageError
from scanner.identify import Identified, identify
from scanner.model import Binding, Component, Exit, Inventory, Location, Scan
from scanner.outlook.exits import Candidate, Step, exits
from scanner.pipeline import Resolved, conclude, resolve, scan
from scanner.rulebook import Rulebook, open_rulebook


def explain(subject: str, *, config: Config, rules: Sequence[Path] = (), offline: bool = False) -> Scan:
    """A scan of one package (`subject` is its purl) or of one technology (its id or name), for its evidence.

    Raises UsageError where it is neither, naming what comes near.
    """
    rulebook = open_rulebook([*config.rules, *rules], config.cache)
    if subject.startswith("pkg:"):
        inventory = Inventory(project=subject, components=(_component(subject),))
        identified = identify(inventory, rulebook)
    else:
        inventory = Inventory(project=subject)
        identified = Identified((), {}, {Location(path=""): (Binding(id=rulebook.find(subject), relation="uses"),)})
    resolved = resolve(identified, config, offline=offline)
    return conclude(inventory, identified, resolved, rulebook, config, offline=offline)


def saved_or_scanned(path: str, *, config: Config, rules: Sequence[Path] = ()) -> Scan:
    """The report saved at `path`, or else an offline scan of what is there. Raises OutlastError."""
    if path.endswith(".json") and os.path.isfile(path):
        from scanner.report.json import is_report, parse

        data = Path(path).read_bytes()
        if is_report(data):
            return parse(path, data)
    return scan([path], config=config, rules=rules, offline=True)


def exit_plan(before: Scan, *, config: Config, rules: Sequence[Path] = ()) -> tuple[Step, ...]:
    """Which technologies of a scan to leave first."""
    rulebook = open_rulebook([*config.rules, *rules], config.cache)
    wanted = {id for technology in before.technologies for id in technology.exit.to if id in rulebook}
    return exits(before.technologies, before.register, {id: _candidate(id, rulebook) for id in wanted})


def replaced(before: Scan, choices: Mapping[str, str], *, config: Config, rules: Sequence[Path] = ()) -> Scan:
    """The same project with technologies replaced: `choices` maps ids in the scan to ids of the rules.

    Raises UsageError where the scan or the rules do not know one of them.
    """
    rulebook = open_rulebook([*config.rules, *rules], config.cache)
    present = {technology.id for technology in before.technologies}
    for old in choices:
        if old not in present:
            raise UsageError(f"--choose {old}: {_absent(old, present)}")
    chosen = {old: rulebook.find(new) for old, new in choices.items()}
    files: dict[Location, list[Binding]] = {}
    for technology in before.technologies:
        for place in technology.locations:
            if place.path in technology.files:
                files.setdefault(place, []).append(Binding(id=technology.id, relation="uses"))
    identified = Identified(
        components=before.components,
        packages={item.purl: _swap(item.technologies, chosen) for item in before.components},
        files={place: _swap(bindings, chosen) for place, bindings in files.items()},
    )
    resolved = Resolved({item.purl: item.custody for item in before.components}, before.gaps)
    inventory = Inventory(project=before.project.name, path=before.project.path, sources=before.sources)
    return conclude(inventory, identified, resolved, rulebook, config, offline=before.tool.offline)


def _absent(id: str, present: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(id, present, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "`outlast scan --format csv` lists them"
    return f"the scan has no technology of that id; {hint}"


def _swap(bindings: Sequence[Binding], chosen: Mapping[str, str]) -> tuple[Binding, ...]:
    return tuple(Binding(id=chosen.get(item.id, item.id), relation=item.relation) for item in bindings)


def _candidate(id: str, rulebook: Rulebook) -> Candidate:
    entry = rulebook.technology(id)
    judgement = judge(facts_of(entry))
    return Candidate(
        name=entry.record.name,
        verdict=judgement.verdict,
        score=judgement.score_range[0],
        exit=Exit(difficulty=entry.record.exit.difficulty),
    )


def _component(text: str) -> Component:
    try:
        identity = purl.canonical(text)
    except ValueError as error:
        raise UsageError(f"{text}: is no package URL; one looks like pkg:pypi/boto3@1.40.0") from error
    return Component(purl=identity, name=purl.name_of(identity), version=purl.version_of(identity), direct=True)
